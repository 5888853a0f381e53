"""Random small situations and rosters, clean or not, in zones with and without clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.calendar import Calendar, DayKind
from domain.circumstances import Exemption, Opening, Protection
from domain.people import Certificate
from domain.requests import Leave, Pin, Unavailability, Wish, WishKind
from domain.roster import Duty, Roster
from domain.shifts import ShiftType
from domain.situation import Situation
from domain.time import Days, Span
from tests import builders as b

STARTS = {
    "Asia/Shanghai": (date(2026, 11, 30), date(2026, 12, 29)),
    "Europe/Berlin": (date(2026, 10, 23), date(2027, 3, 27)),
    "America/New_York": (date(2026, 10, 31), date(2028, 2, 27)),
}
"""First days: a week's start, a year's end, both clock changes, a leap day."""
WITH_BREAKS = (*b.SHIFTS, b.STANDBY)
WITHOUT_BREAKS = (*(replace(shift, breaks=()) for shift in b.SHIFTS), b.STANDBY)
MOVABLE_BREAKS = (*(replace(shift, breaks=(replace(shift.breaks[0], until=300),)) for shift in b.SHIFTS), b.STANDBY)
SKILLS = st.sampled_from([("service",), ("service", "emergency"), ("emergency", "leader"), ("emergency", "leader")])


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    zone = draw(st.sampled_from(sorted(STARTS)))
    first = draw(st.sampled_from(STARTS[zone]))
    days = Days(first, first + timedelta(days=draw(st.integers(2, 4))))
    at = b.site(*draw(st.sampled_from([WITH_BREAKS, WITHOUT_BREAKS, MOVABLE_BREAKS])), zone=zone)
    ids = ("A1", "A2", "A3")[: draw(st.integers(2, 3))]
    day, who, code = (
        st.sampled_from(tuple(days)),
        st.sampled_from(ids),
        st.sampled_from([shift.code for shift in b.SHIFTS]),
    )
    agents = [
        b.agent(agent_id, *draw(SKILLS), certificates=(Certificate("service", days.first, draw(day)),))
        for agent_id in ids
    ]
    history = draw(st.lists(_duties(ids, Days(first - timedelta(days=3), first - timedelta(days=1))), max_size=6))
    away = at.zone.at(draw(day), draw(st.sampled_from((0, 9, 17))) * 60)
    return b.situation(
        agents,
        at=at,
        days=days,
        needs=[
            b.need(at, draw(day), 9, 12, draw(st.integers(1, 2)), worth=(5.0, 1.5)),
            b.need(at, draw(day), draw(st.sampled_from((7, 22))), 23, 1),
            b.need(at, draw(day), 0, 3, draw(st.integers(0, 2)), "emergency"),
        ],
        history={(duty.agent, duty.day): duty for duty in history}.values(),
        leaves=[Leave(draw(who), Days(leave, leave)) for leave in draw(st.lists(day, max_size=2))],
        unavailabilities=[Unavailability(draw(who), Span(away, away + timedelta(hours=6)))],
        wishes=[
            Wish(draw(who), draw(day), WishKind.OFF, weight=2),
            Wish(draw(who), draw(day), WishKind.ON, draw(code)),
            Wish(draw(who), draw(day), WishKind.AVOID, draw(code), weight=3),
        ],
        pins=[Pin(draw(who), draw(day), draw(st.none() | code)) for _ in range(draw(st.integers(0, 2)))],
        calendar=Calendar({draw(day): DayKind.STATUTORY}),
        published=draw(st.lists(_duties(ids, days), max_size=3, unique_by=lambda duty: (duty.agent, duty.day))),
        protections=draw(st.sampled_from([[], [Protection(draw(who), days, nursing=draw(st.booleans()))]])),
        exemptions=draw(st.sampled_from([[], [Exemption(Days(first, first), "leak")]])),
        openings=[Opening(draw(who), {"nights": 1, "late": -1}, 600, 480)],
    )


@st.composite
def rostered(draw: st.DrawFn) -> tuple[Situation, Roster]:
    """A few duties anywhere, or somebody on every shift of every day."""
    given = draw(situations())
    ids = tuple(agent.id for agent in given.agents)
    some = st.lists(_duties(ids, given.horizon, given.site.shifts), max_size=9)
    return given, b.roster(given, *draw(some | _everywhere(ids, given)))


@st.composite
def _everywhere(draw: st.DrawFn, ids: tuple[str, ...], given: Situation) -> list[Duty]:
    shifts = [(day, shift) for day in given.horizon for shift in given.site.shifts]
    work = draw(st.sampled_from(("service", "emergency")))
    return [
        Duty(
            day,
            draw(st.sampled_from(ids)),
            shift.code,
            work if work in shift.works else shift.works[0],
            draw(st.sampled_from(shift.layouts)),
        )
        for day, shift in shifts
    ]


@st.composite
def _duties(draw: st.DrawFn, ids: tuple[str, ...], days: Days, shifts: tuple[ShiftType, ...] = b.SHIFTS) -> Duty:
    shift = draw(st.sampled_from(shifts))
    return Duty(
        draw(st.sampled_from(tuple(days))),
        draw(st.sampled_from(ids)),
        shift.code,
        draw(st.sampled_from(shift.works)),
        draw(st.sampled_from(shift.layouts)),
    )
