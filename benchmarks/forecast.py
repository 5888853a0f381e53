"""Month-ahead backtest: made on the 25th, judged on every interval of the next month, beside the yardsticks.

Series: the example (always), and every call file in --folder (default: data beside the project, skipped when absent).
WAPE is the sum of absolute errors over the sum of calls; `relative` is to the mean of the last eight same weekdays and
times as they came; `floor` is what chance alone would leave if the forecast were the true mean (Poisson). Prophet and
statsforecast run beside it where they are installed (benchmarks/forecasters.txt).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.call_series import Known, Series, came, example, known, made, real
from benchmarks.peer_forecasters import PEERS
from benchmarks.table import arguments, show
from benchmarks.tally import HOUR, Tally, tally
from domain.calendar import Calendar
from domain.time import Month
from forecasting.calendar import calendar
from forecasting.forecast import forecast
from forecasting.history import History
from forecasting.models import ENSEMBLE, ENSEMBLES, EXTRAS, MODELS
from forecasting.models.boosted import AVAILABLE
from forecasting.models.yardsticks import mean_of_eight_weeks
from forecasting.records import understand

BOOSTED = (*(name for name in ENSEMBLES if name != ENSEMBLE), *EXTRAS) if AVAILABLE else ()
YARDSTICK = "last eight, as they came"
Row = dict[str, object]


def main() -> None:
    """Backtest every series with every model."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / "shared" / "data" / "calls")
    parser.add_argument("--zone", default="UTC", help="of files that are not known")
    parser.add_argument("--country", default="US", help="whose public holidays, for files that are not known")
    parser.add_argument(
        "--missing", type=float, help="calls of an interval without a row, for files that are not known"
    )
    options = parser.parse_args()
    public = [
        _judge(series) for series in real(options.folder, Known(options.zone, options.country, None, options.missing))
    ]
    rows = [row for table in [*(_judge(series) for series in example()), *public] for row in table]
    show("Month-ahead forecast", [*rows, *_means(public)], options)


def _judge(series: Series) -> list[Row]:
    return list(_rows(series))


def _rows(series: Series) -> Iterator[Row]:
    records = understand(series.raw, series.zone)
    special = calendar(series.country, range(2000, 2028))
    whole = came(records, series)
    sums = {name: Tally() for name in (YARDSTICK, ENSEMBLE, *MODELS, *BOOSTED, *PEERS)}
    for month in series.months:
        history = known(records, series, special, month)
        for name in sums:
            began = time.perf_counter()
            frame = _plain(whole, month) if name == YARDSTICK else _foreseen(history, month, special, name)
            seconds = time.perf_counter() - began
            staffed = name == ENSEMBLE and history.interval <= HOUR
            sums[name] += tally(frame, whole.reindex(frame.index), seconds, staffed=staffed)
    for name, found in sums.items():
        seconds = found.seconds / len(series.months)
        yield {"series": series.name, "model": name, **found.row(sums[YARDSTICK]), "s a month": seconds}


def _means(tables: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """Geometric means over the public series."""
    for model in dict.fromkeys(str(row["model"]) for table in tables for row in table):
        rows = [row for table in tables for row in table if row["model"] == model]
        means = {
            name: float(np.exp(np.log(np.array([row[name] for row in rows], dtype=float)).mean()))
            for name in ("relative", "day relative")
        }
        yield {"series": f"geometric mean of {len(rows)}", "model": model, **means}


def _foreseen(history: History, month: Month, special: Calendar, name: str) -> pd.DataFrame:
    if name in PEERS:
        return PEERS[name](history, month.days, special)
    frame = forecast(history, month.days, special, model=name).frame
    return frame.set_index("start")


def _plain(whole: pd.Series[float], month: Month) -> pd.DataFrame:
    """The mean of the last eight same weekdays and times, nothing cleaned: what a spreadsheet would say."""
    index = pd.DatetimeIndex(whole.index)
    first, last = (pd.Timestamp(day, tz=index.tz) for day in (month.days.first, month.days.last))
    day = pd.Timedelta(days=1)
    past = whole[index < pd.Timestamp(made(month), tz=index.tz) + day]
    ahead = index[(index >= first) & (index < last + day)]
    mean = mean_of_eight_weeks(past, ahead, Calendar(), 0)
    return pd.DataFrame({"mean": mean, "p10": mean, "p90": mean}, index=ahead)


if __name__ == "__main__":
    main()
