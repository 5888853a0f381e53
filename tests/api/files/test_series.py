from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from api.files.series import read_forecast, write_forecast
from domain.faults import BadInput
from tests.forecasting.test_adjustments import foreseen


def test_handle_times_come_back_as_they_were_written(tmp_path: Path) -> None:
    forecast = foreseen()
    forecast.frame["handle_s"] = np.where(forecast.frame["queue"] == "service", 210.5, np.nan)
    write_forecast(tmp_path / "f.csv", forecast)
    again = read_forecast(tmp_path / "f.csv")
    service = again.handle_s("service")
    assert service is not None
    assert set(service) == {210.5}
    assert again.handle_s("emergency") is None


def test_a_forecast_without_handle_times_has_no_column_of_them(tmp_path: Path) -> None:
    write_forecast(tmp_path / "f.csv", foreseen())
    assert "handle_s" not in (tmp_path / "f.csv").read_text().splitlines()[0]
    assert read_forecast(tmp_path / "f.csv").handle_s("service") is None


@pytest.mark.parametrize(("cell", "words"), [("0", "more than zero"), ("soon", "not a number")])
def test_a_handle_time_that_is_none_is_refused_with_its_row(tmp_path: Path, cell: str, words: str) -> None:
    rows = [f"2026-12-07T0{hour}:00:00+08:00,5,{120 if hour else cell}" for hour in range(3)]
    (tmp_path / "f.csv").write_text("\n".join(["start,mean,handle_s", *rows]))
    with pytest.raises(BadInput, match=words) as fault:
        read_forecast(tmp_path / "f.csv")
    assert fault.value.column == "handle_s"
