"""What the commands that simulate read: a forecast, and who answers it by a roster or by the requirement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.inputs import read_standing
from api.files.series import read_forecast, read_requirement
from api.files.site import SitePlan, read_site
from api.speech import say
from api.staffed import Window, groups_of, groups_wanted
from domain.faults import BadInput
from domain.language import Text, plain
from domain.time import Span, later
from forecasting.forecast import Forecast
from forecasting.require import Goal
from forecasting.simulate import Callers, Centre, Group

ForecastFile = Annotated[Path, typer.Option(help=say("预测文件", "a forecast: start,mean[,p10,p90]"))]
RosterOption = Annotated[Path | None, typer.Option(help=say("排班表", "the roster whose people answer"))]
PeopleOption = Annotated[Path | None, typer.Option(help=say("人员表, 随排班表", "the people, with a roster"))]
NeedOption = Annotated[
    Path | None, typer.Option(help=say("无排班表时按需求配人", "without a roster: the heads wanted answer"))
]
LinesOption = Annotated[int | None, typer.Option(min=1, help=say("线路总数", "calls that the lines hold at once"))]
Behaviour = Callable[[Goal], Callers]


@dataclass(frozen=True, slots=True)
class Staff:
    """Where those who answer are told: a roster with its people, or a requirement."""

    roster: Path | None
    people: Path | None
    requirement: Path | None
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Manned:
    """A site, the calls foreseen, and the centre that answers them."""

    plan: SitePlan
    forecast: Forecast
    at: Centre


def usual(goal: Goal) -> Callers:
    """Callers who behave as the site says, and do not call again."""
    return Callers(goal.demand.handle_s, goal.demand.patience_s, concurrent=goal.demand.concurrent)


def manned(site: Path, forecast: Path, staff: Staff, lines: int | None, behaviour: Behaviour = usual) -> Manned:
    """Read all of it; a queue of the forecast that is no work of the site is refused."""
    plan = read_site(site)
    foreseen = read_forecast(forecast, plan.queue)
    starts: list[datetime] = [moment for moment in foreseen.frame["start"] if isinstance(moment, datetime)]
    span = Span(min(starts), later(max(starts), foreseen.interval))
    for queue in foreseen.queues:
        if queue not in plan.goals:
            words = Text(
                "预测中的队列“{queue}”不是站点的工作", "the queue “{queue}” of the forecast is no work of the site"
            )
            raise BadInput(words.filled(queue=plain(queue)), file=forecast.name, column="queue")
    callers = {work: behaviour(goal.on(foreseen, work)) for work, goal in plan.goals.items() if work in foreseen.queues}
    groups = _groups(site, plan, staff, Window.of(span))
    return Manned(plan, foreseen, Centre(span.start, callers, groups, lines))


def _groups(site: Path, plan: SitePlan, staff: Staff, window: Window) -> list[Group]:
    if staff.roster is not None and staff.people is not None:
        standing = read_standing(staff.roster, site, staff.people, None, None)
        return groups_of(standing.roster, standing.situation, window, pooled=staff.pooled)
    if staff.requirement is not None:
        return groups_wanted(read_requirement(staff.requirement, plan.site), window)
    words = Text("需要 --roster 与 --people, 或 --requirement", "give --roster and --people, or --requirement")
    raise BadInput(words, column="--roster")
