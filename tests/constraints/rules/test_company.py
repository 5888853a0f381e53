"""Rules of who is there together, by example."""

from __future__ import annotations

from datetime import timedelta

from constraints.rule import Only, Rule
from constraints.rules.company import Apart, Mentored, RestInTurns, Seats, SkillMix, Together
from constraints.rules.cover import Surplus
from constraints.rules.runs import LongestWorkRun
from domain.roster import Duty
from domain.situation import Situation
from tests import builders as b
from tests.constraints.rules.test_rules import gaps, words

DAY = b.MONDAY
NEXT = DAY + timedelta(days=1)


def given(days: int = 1) -> Situation:
    people = [b.agent("L", "leader"), b.agent("N", "service"), b.agent("M", "service"), b.agent("O", "service")]
    return b.situation(people, days=days)


def early(*agents: str) -> list[Duty]:
    return [b.duty(agent, DAY) for agent in agents]


def broken(rule: Rule, *duties: Duty) -> bool:
    return bool(gaps(rule, given(), *duties))


def test_one_experienced_person_stands_by_two_others_and_no_more() -> None:
    assert not broken(SkillMix(others=2), *early("L", "N", "M"))
    assert gaps(SkillMix(others=2), given(), *early("L", "N", "M", "O")) == [1]
    assert gaps(SkillMix(others=2), given(), *early("N")) == [1]


def test_a_trainee_comes_only_beside_a_mentor() -> None:
    rule = Mentored(trainee="service", mentor="leader")
    assert not broken(rule, *early("L", "N"))
    assert broken(rule, *early("L", "N", "M"))
    assert not broken(rule, *early("L"))


def test_a_seat_is_for_one() -> None:
    assert not broken(Seats(seats=2), *early("L", "N"))
    assert gaps(Seats(seats=2), given(), *early("L", "N", "M")) == [1]


def test_two_who_must_be_apart_may_not_even_meet_at_the_hand_over() -> None:
    rule = Apart(people=("N", "M"))
    assert not broken(rule, b.duty("N", DAY), b.duty("M", DAY, b.NIGHT))
    found = words(rule, given(), b.duty("N", DAY), b.duty("M", DAY, b.LATE))
    assert found == ["Mon 30 Nov 15:45–16:00: N、M must not be there together; 2 are, at most 1"]


def test_two_who_come_together_have_the_same_shift_or_none() -> None:
    rule = Together(people=("N", "M"))
    assert not broken(rule, *early("N", "M"))
    assert not broken(rule)
    assert gaps(rule, given(), b.duty("N", DAY), b.duty("M", DAY, b.LATE)) == [1, 1]


def test_somebody_comes_on_every_day() -> None:
    assert gaps(RestInTurns(), given(days=2), b.duty("N", DAY)) == [1]
    assert gaps(RestInTurns(), given(days=2), b.duty("N", DAY), b.duty("M", NEXT)) == []


def test_more_people_than_needed_cost_where_they_are_too_many() -> None:
    at = b.site()
    needed = b.situation(3, days=1, at=at, needs=[b.need(at, DAY, 9, 10, 1)])
    assert gaps(Surplus(), needed, b.duty("A01", DAY)) == []
    assert gaps(Surplus(), needed, b.duty("A01", DAY), b.duty("A02", DAY)) == [1]


def test_a_rule_can_hold_for_some_people_only() -> None:
    rule = LongestWorkRun(days=1, only=Only(agents=("N",)))
    both = [b.duty(agent, day) for agent in ("N", "M") for day in (DAY, NEXT)]
    assert gaps(rule, given(days=2), *both) == [1]
    assert gaps(LongestWorkRun(days=1, only=Only(contracts=("part",))), given(days=2), *both) == []
