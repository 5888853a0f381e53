from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from api.report.accuracy import accuracy
from domain.language import Language
from forecasting.backtest import YARDSTICK, Score
from forecasting.models import ENSEMBLE

NOTHING = float("nan")


def score(model: str, month: int, error: float, queue: str = "客服 & <b>") -> Score:
    return Score(queue, date(2026, month, 1), model, 1000.0, error, error / 2, 0.0, NOTHING, 48, 150.0)


def test_the_picture_is_well_formed_and_has_a_bar_a_month_and_model() -> None:
    scores = [score(model, month, 200.0 + month) for model in (ENSEMBLE, YARDSTICK) for month in (9, 10, 11)]
    root = ET.fromstring(accuracy(scores, Language.ZH))  # noqa: S314 - our own
    titles = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles.count("2026-10: 21.0 %") == 2
    assert len(titles) == 6
    assert "客服 & <b>" in "".join(root.itertext())


def test_a_month_without_calls_breaks_nothing() -> None:
    empty = Score("", date(2026, 9, 1), ENSEMBLE, 0.0, 0.0, 0.0, 0.0, 0.0, 48, 0.0)
    assert "2026-09" in accuracy([empty], Language.EN)
