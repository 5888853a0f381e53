from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from api.files.layers import read_layers
from domain.faults import BadInput
from domain.time import Span
from forecasting.adjustments import DayTotal, Uplift
from tests.forecasting.series import SHANGHAI

HEAD = "name,from,to,factor,queue,day,calls\n"


def written(tmp_path: Path, *rows: str) -> Path:
    table = tmp_path / "layers.csv"
    table.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return table


def test_spans_and_days_are_read_in_order_by_the_sites_clock(tmp_path: Path) -> None:
    rows = "寒潮,2026-12-07 08:00,2026-12-09T20:00+08:00,1.4,,,", "催费,,,,service,2026-12-15,1500"
    start, end = datetime(2026, 12, 7, 8, tzinfo=SHANGHAI.info), datetime(2026, 12, 9, 20, tzinfo=SHANGHAI.info)
    assert read_layers(written(tmp_path, *rows), SHANGHAI) == (
        Uplift("寒潮", Span(start, end), 1.4),
        DayTotal("催费", date(2026, 12, 15), 1500.0, "service"),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,2026-12-07 08:00,2026-12-07 09:00,much,,,", "row 2, “factor”"),
        ("x,tomorrow,2026-12-07 09:00,2,,,", "row 2, “from”"),
        ("x,2026-12-07 09:00,2026-12-07 08:00,2,,,", "row 2"),
        ("x,,,,,2026-12-07,-1", "row 2"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        read_layers(written(tmp_path, row), SHANGHAI)
    assert said in fault.value.full.en
