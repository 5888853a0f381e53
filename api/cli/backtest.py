"""`paiban backtest`: how good forecasts of past months would have been, beside the yardsticks and beside chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from api.cli.console import (
    AsJson,
    AsOf,
    CallsOption,
    Country,
    DaysOption,
    IntervalOption,
    Missing,
    TimeZone,
    finite,
    out,
    print_json,
)
from api.files.calls import Reading, read_history
from api.files.days import special_days
from api.files.tables import naming
from api.files.whole import one_file_whole
from api.report.accuracy import accuracy
from api.speech import language, say
from domain.faults import BadInput
from domain.language import Text
from domain.time import Zone
from forecasting.backtest import YARDSTICK, Score, backtest
from forecasting.history import How
from forecasting.models import ENSEMBLE


def backtest_command(
    calls: CallsOption,
    timezone: TimeZone,
    months: Annotated[int, typer.Option(min=1, max=36, help=say("回测月数", "months that are judged"))] = 6,
    as_of: AsOf = None,
    interval: IntervalOption = None,
    country: Country = None,
    days: DaysOption = None,
    missing: Missing = None,
    picture: Annotated[Path | None, typer.Option(help=say("图输出为 SVG", "where a picture goes, svg"))] = None,
    as_json: AsJson = False,
) -> None:
    """Forecast each past month as if it were the 25th before, and compare with what came."""
    how = How(interval, missing, as_of.date() if as_of else None)
    history = read_history(calls, Reading(Zone(timezone), country, how, days=days))
    years = range(history.calls.index[0].year, history.last_day.year + 2)
    special = special_days(country, years, days)
    with naming(calls):
        scores = backtest(history, special, months)
        if not scores:
            words = Text(
                "记录太短: 回测至少需要一个整月, 之前另有六周",
                "the records are too short: one whole month with six weeks before it is the least",
            )
            raise BadInput(words)
    if picture is not None:
        with one_file_whole(picture) as scratch:
            scratch.write_text(accuracy(scores, language()), encoding="utf-8")
    if as_json:
        print_json({"scores": [_facts(score) for score in scores], "sums": [_facts(score) for score in _sums(scores)]})
        return
    for queue in history.queues:
        out.print(_table(queue, [score for score in _sums(scores) if score.queue == queue]))


def _sums(scores: Sequence[Score]) -> list[Score]:
    """All months of a queue and model as one."""
    groups: defaultdict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        groups[score.queue, score.model].append(score)
    return [sum(group[1:], start=group[0]) for group in groups.values()]


def _facts(score: Score) -> dict[str, object]:
    held = score.inside / score.intervals
    return {
        "queue": score.queue,
        "month": f"{score.month:%Y-%m}",
        "model": score.model,
        "calls": score.calls,
        "wape": _share(score.error, score.calls),
        "day_wape": _share(score.day_error, score.calls),
        "bias": _share(score.bias, score.calls),
        "band_holds": finite(held),
        "floor": _share(score.floor, score.calls),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _table(queue: str, scores: Sequence[Score]) -> Table:
    yardstick = next(score for score in scores if score.model == YARDSTICK)
    heads = (
        ("方法", "model"),
        ("时段误差", "intervals"),
        ("日误差", "days"),
        ("偏差", "bias"),
        ("区间命中", "in band"),
        ("随机", "chance"),
    )
    caption = say(
        "误差为绝对误差之和占来电数的比例(WAPE), 括号内为与八周均值之比; 区间命中应为 80 %; 随机为无法避免的误差",
        "sums of absolute errors over calls (WAPE), in brackets beside those of the mean of eight weeks; the band "
        "should hold 80 %; chance is what no forecast can avoid",
    )
    table = Table(title=queue or None, caption=caption, box=SIMPLE)
    for words in heads:
        table.add_column(say(*words), no_wrap=True)
    for score in scores:
        facts = _facts(score)
        table.add_row(
            score.model,
            f"{_percent(facts['wape'])} ({_ratio(score.error, yardstick.error)})",
            f"{_percent(facts['day_wape'])} ({_ratio(score.day_error, yardstick.day_error)})",
            _percent(facts["bias"]),
            _percent(facts["band_holds"]),
            _percent(facts["floor"]),
            style="bold" if score.model == ENSEMBLE else None,
        )
    return table


def _percent(share: object) -> str:
    return f"{100 * share:.1f} %" if isinstance(share, float) else "-"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else "-"
