"""What is asked quickly and of little is what is asked of everything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from constraints.policy import Policy
from constraints.rule import Scope
from constraints.rules.cells import Certified, FixedCells, OnLeave
from constraints.rules.cover import EmergencyFloor
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.rules.successions import ForbiddenSuccession
from constraints.verdict import Standing, verdict_at_once
from domain.requests import Leave, Pin
from domain.roster import Change, Roster, replaced
from domain.shifts import ShiftType
from domain.time import Days
from tests import builders as b

POLICY = Policy(
    rules=(
        EmergencyFloor(people=1),
        OneDutyADay(),
        DailyRest(hours=12),
        RestAfterNights(hours=48),
        ForbiddenSuccession(after=("中",), never=("早",), days=2),
        WeeklyRest(),
        LongestWorkRun(days=4),
        LongestNightRun(days=2),
        Certified(),
        OnLeave(),
        FixedCells(),
    )
)
PEOPLE = ("A01", "A02", "A03")
DAYS = b.horizon(14)
cells = st.tuples(st.sampled_from(PEOPLE), st.integers(-5, 13), st.sampled_from([b.EARLY, b.LATE, b.NIGHT]))


def on(place: int) -> date:
    return DAYS.first + timedelta(days=place)


def standing(drawn_cells: list[tuple[str, int, ShiftType]]) -> tuple[Standing, Roster]:
    duties = [b.duty(who, on(place), shift) for who, place, shift in drawn_cells]
    history = [duty for duty in duties if duty.day < DAYS.first]
    situation = b.situation(
        [b.agent("A01"), b.agent("A02", "service"), b.agent("A03")],
        days=DAYS,
        history=history,
        leaves=[Leave("A01", Days(on(3), on(4)))],
        pins=[Pin("A03", on(6), "早"), Pin("A01", on(9))],
    )
    roster = b.roster(situation, *(duty for duty in duties if duty.day >= DAYS.first))
    return Standing(roster, situation, POLICY), roster


def change_of(roster: Roster, who: str, day: date, to: ShiftType | None) -> list[Change]:
    """Somebody's day, with another duty or none; nothing where it is so already."""
    old = [duty for duty in roster.planned if (duty.agent, duty.day) == (who, day)]
    new = [b.duty(who, day, to)] if to is not None else []
    return list(replaced(old, new)) if old != new else []


@drawn(
    st.lists(cells, max_size=30, unique_by=lambda cell: cell[:2]),
    st.sampled_from(PEOPLE),
    st.integers(0, 13),
    st.sampled_from([b.EARLY, b.LATE, b.NIGHT]),
)
def test_a_person_is_hindered_where_one_of_his_own_hard_rules_is_broken_and_nowhere_else(
    found: list[tuple[str, int, ShiftType]], who: str, place: int, shift: ShiftType
) -> None:
    asked, roster = standing(found)
    changes = change_of(roster, who, on(place), shift)
    broken = [breach for breach in asked.verdict(changes).broken if breach.rule.scope is not Scope.SITE]
    hindrance = asked.hindrance(changes) if changes else None
    assert (hindrance is None) == (broken == [])
    if hindrance is not None:
        assert hindrance.rule in {breach.rule for breach in broken}


@drawn(
    st.lists(cells, max_size=30, unique_by=lambda cell: cell[:2]),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 13)), min_size=1, max_size=6, unique=True),
)
def test_what_was_asked_before_changes_no_answer(
    found: list[tuple[str, int, ShiftType]], asked_cells: list[tuple[str, int]]
) -> None:
    kept, roster = standing(found)
    for who, place in asked_cells:
        for to in (b.NIGHT, None, b.EARLY):
            changes = change_of(roster, who, on(place), to)
            fresh = Standing(roster, kept.book.situation, POLICY)
            assert kept.verdict(changes) == fresh.verdict(changes)


@drawn(
    st.lists(cells, max_size=30, unique_by=lambda cell: cell[:2]),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 13)), min_size=1, max_size=3, unique=True),
    st.sampled_from([b.EARLY, b.LATE, b.NIGHT, None]),
)
def test_a_verdict_at_once_is_the_verdict_of_the_whole_roster(
    found: list[tuple[str, int, ShiftType]], at: list[tuple[str, int]], shift: ShiftType | None
) -> None:
    asked, roster = standing(found)
    changes = [change for who, place in at for change in change_of(roster, who, on(place), shift)]
    assert verdict_at_once(roster, asked.book.given, POLICY, changes) == asked.verdict(changes)
