from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from domain.language import Refusal
from domain.roster import Change, Roster, diff
from domain.situation import Situation
from tests import builders as b
from tests.laws.situations import rostered

DAY = b.MONDAY


def test_history_and_plan_lie_in_one_roster() -> None:
    past, planned = b.duty("A01", DAY - timedelta(days=1)), b.duty("A01", DAY)
    roster = Roster.of(b.horizon(), [planned, past])
    assert (roster.history, roster.planned) == ((past,), (planned,))


def test_a_change_of_shift_is_one_change() -> None:
    old, new = b.duty("A01", DAY), b.duty("A01", DAY, b.LATE)
    before, after = (Roster.of(b.horizon(), [duty]) for duty in (old, new))
    assert diff(before, after) == (Change("A01", DAY, old, new),)


@given(rostered(), rostered())
def test_applying_the_difference_leads_to_the_other_roster(
    one: tuple[Situation, Roster], two: tuple[Situation, Roster]
) -> None:
    before = one[1]
    after = Roster.of(
        before.horizon, [*before.history, *(duty for duty in two[1].duties if duty.day >= before.horizon.first)]
    )
    assert before.apply(diff(before, after)) == after


def test_a_duty_that_is_not_there_cannot_be_taken_away() -> None:
    empty = Roster.of(b.horizon(), [])
    with pytest.raises(Refusal, match="A01"):
        empty.apply([Change("A01", DAY, b.duty("A01", DAY), None)])


def test_a_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Refusal):
        Change("A01", DAY, None, None)


def test_the_duties_of_a_change_belong_to_its_cell() -> None:
    with pytest.raises(Refusal):
        Change("A01", DAY, None, b.duty("A02", DAY))


def test_the_past_cannot_be_changed() -> None:
    past = b.duty("A01", DAY - timedelta(days=1))
    with pytest.raises(Refusal, match="past"):
        Roster.of(b.horizon(), [past]).apply([Change("A01", past.day, past, None)])
