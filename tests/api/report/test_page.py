from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.plan import Inputs, Planned, plan_month, prepare
from api.report.page import render
from domain.language import Language
from domain.time import Month
from scheduler.problem import Limits

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def planned(folder: Path) -> Planned:
    prepared = prepare(Inputs(folder / "site.yaml", folder / "calls.csv.gz", folder / "people.csv", Month(2026, 12)))
    found = plan_month(prepared, Limits(seconds=3, threads=2), lambda _: None)
    assert found is not None
    return found


def test_the_page_speaks_one_language_and_tells_everything(planned: Planned) -> None:
    zh, en = (render(planned, language, MADE) for language in (Language.ZH, Language.EN))
    for page, words in (
        (zh, ("应急在岗底线", "在岗与需求", "公平")),
        (en, ("emergency floor", "Cover against need", "fairness")),
    ):
        assert all(word in page for word in words)
        assert page.count("<svg") == 2 + 2 + 1
        assert not re.search(r"\{\w+\}", page.split("</style>")[1])
    visible = re.sub(r"<[^>]+>", " ", en.split("</style>")[1])
    assert not re.search("[\u4e00-\u9fff]{3,}", visible.replace("员工", ""))


def test_a_name_cannot_write_markup(folder: Path) -> None:
    text = (folder / "people.csv").read_text(encoding="utf-8").replace("员工1", "<b>x</b>")
    (folder / "people.csv").write_text(text, encoding="utf-8")
    prepared = prepare(Inputs(folder / "site.yaml", folder / "calls.csv.gz", folder / "people.csv", Month(2026, 12)))
    found = plan_month(prepared, Limits(seconds=3, threads=2), lambda _: None)
    assert found is not None
    page = render(found, Language.EN, MADE)
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
