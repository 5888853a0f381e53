"""Cover and emergency floor day by day, as strips under the grid; of some days quickly, for every edit asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Final

from api.board.forms import DayCover, DayFloor, Strips
from api.plan import certified
from api.rosters.given import Given
from constraints.figures import Covered, cover
from domain.demand import Requirement
from domain.roster import Change, Duty, Roster
from domain.time import Days

ONE: Final = timedelta(days=1)


def strips(roster: Roster, given: Given, days: Iterable[date]) -> Strips:
    """The strips of some days of the month, in order."""
    wanted = sorted(day for day in set(days) if day in given.situation.horizon)
    near = _by_day(roster, {*wanted, *(day - ONE for day in wanted)})
    return Strips(
        cover=list(_cover(near, given, set(wanted))),
        floor=[_floor(near[day - ONE], near[day], given, day) for day in wanted],
    )


def moved_by(changes: Iterable[Change]) -> set[date]:
    """The days whose strips changes may move: a night reaches into the next."""
    return set(chain.from_iterable((change.day, change.day + ONE) for change in changes))


def _by_day(roster: Roster, days: set[date]) -> dict[date, tuple[Duty, ...]]:
    found: dict[date, list[Duty]] = {day: [] for day in days}
    for duty in roster.duties:
        if duty.day in days:
            found[duty.day].append(duty)
    return {day: tuple(duties) for day, duties in found.items()}


def _cover(near: dict[date, tuple[Duty, ...]], given: Given, days: set[date]) -> Iterator[DayCover]:
    """Need and people of each day and work."""
    situation = given.situation
    zone, horizon = situation.site.zone, situation.horizon
    needs = tuple(need for need in situation.requirement.needs if zone.day_of(need.span.start) in days)
    history = tuple(chain.from_iterable(near[day] for day in sorted(near) if day < horizon.first))
    part = Roster(horizon, tuple(chain.from_iterable(near[day] for day in sorted(near))))
    found: defaultdict[tuple[date, str], list[Covered]] = defaultdict(list)
    for each in cover(part, replace(situation, requirement=Requirement(needs), history=history)):
        found[zone.day_of(each.need.span.start), each.need.work].append(each)
    for (day, work), line in sorted(found.items()):
        heads = [each.need.heads for each in line]
        step = line[0].need.span.minutes
        yield DayCover(day=day, work=work, step=step, need=heads, have=[each.heads for each in line])


def _floor(eve: tuple[Duty, ...], there: tuple[Duty, ...], given: Given, day: date) -> DayFloor:
    """The certificate of one day, with the duties that reach into it."""
    only = Days(day, day)
    proof = certified(given.plan, Roster(only, there), replace(given.situation, horizon=only, history=eve))
    return DayFloor(
        day=day,
        floor=proof.floor,
        fewest=proof.minimum,
        at=f"{proof.where:%H:%M}",
        minutes_below=proof.minutes_below,
    )
