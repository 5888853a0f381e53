from __future__ import annotations

from datetime import timedelta

from constraints.breach import Breach
from constraints.check import check
from constraints.policy import Policy
from constraints.rules.cells import Certified, FixedCells, OnLeave
from constraints.rules.cover import EmergencyFloor
from constraints.rules.rest import DailyRest, OneDutyADay
from constraints.rules.runs import LongestWorkRun
from domain.language import Language
from domain.requests import Leave, Pin
from domain.situation import Situation
from domain.time import Days
from scheduler.clash import Clash, Found, clash
from scheduler.explain import explain
from scheduler.problem import Limits, Problem
from scheduler.remedies import possible, remedies
from tests import builders as b
from tests.scheduler.test_repair import SHIFTS

DAY = b.MONDAY
LIMITS = Limits(seconds=20, threads=1)
POLICY = Policy(
    rules=(EmergencyFloor(people=1), OneDutyADay(), DailyRest(), LongestWorkRun(), Certified(), OnLeave(), FixedCells())
)


def away(*agents: str, people: int = 4) -> Problem:
    at, first = b.site(*SHIFTS), Days(DAY, DAY)
    return Problem(b.situation(people, days=3, at=at, leaves=[Leave(agent, first) for agent in agents]), POLICY)


def kinds(found: Clash) -> set[str]:
    return {rule.kind for rule in found.rules}


def missing(problem: Problem) -> tuple[Breach, ...]:
    return explain(problem, LIMITS).breaches


def test_a_month_that_can_be_is_not_called_a_clash() -> None:
    assert clash(away("A01"), LIMITS).state is Found.SOLVABLE


def test_the_smallest_clash_names_rules_people_and_days_and_nothing_else() -> None:
    found = clash(away("A01", "A02"), LIMITS)
    assert found.state is Found.CLASH
    assert found.irreducible
    assert "emergency-floor" in kinds(found)
    assert "leave" in kinds(found)
    leave = next(rule for rule in found.rules if rule.kind == "leave")
    assert {demand.agent for demand in found.of(leave)} <= {"A01", "A02"}
    floor = next(rule for rule in found.rules if rule.kind == "emergency-floor")
    assert {demand.day for demand in found.of(floor)} <= {DAY, DAY + timedelta(days=1)}


def test_without_any_one_of_its_rules_there_is_a_roster_for_the_clash() -> None:
    problem = away("A01", "A02")
    found = clash(problem, LIMITS)
    for rule in found.rules:
        others = tuple(each for each in found.rules if each != rule)
        assert possible(Problem(problem.situation, Policy(rules=(*others, OneDutyADay()))), LIMITS)


def test_too_little_time_is_said_and_not_guessed() -> None:
    assert clash(away("A01", "A02"), Limits(seconds=1e-9, threads=1)).state is Found.UNDECIDED


def test_each_remedy_lets_a_roster_be_and_lifts_no_more_than_needed() -> None:
    problem = away("A01", "A02")
    found = remedies(problem, clash(problem, LIMITS), missing(problem), LIMITS)
    assert found
    assert all(possible(remedy.problem, LIMITS) for remedy in found)
    lifted = next(remedy for remedy in found if "leave" in remedy.words.en)
    assert len(lifted.problem.situation.leaves) == 1


def test_law_certificates_and_the_floor_are_never_given_up() -> None:
    problem = away("A01", "A02")
    for remedy in remedies(problem, clash(problem, LIMITS), missing(problem), LIMITS):
        assert [rule for rule in remedy.problem.policy.rules if rule.binding] == [
            rule for rule in POLICY.rules if rule.binding
        ]


def test_more_people_with_the_missing_certificate_are_a_remedy() -> None:
    given: Situation = b.situation([b.agent("A01", "emergency")], days=1, at=b.site(*SHIFTS))
    problem = Problem(given, Policy(rules=(EmergencyFloor(people=1), OneDutyADay(), DailyRest(), Certified())))
    found = remedies(problem, clash(problem, LIMITS), missing(problem), LIMITS)
    assert [len(remedy.problem.situation.agents) for remedy in found] == [3]
    for language, word in ((Language.EN, "2 more with emergency"), (Language.ZH, "增加2人")):
        assert word in found[0].words.said(language)


def test_a_fixed_cell_in_the_way_is_the_first_to_be_lifted() -> None:
    pins = [Pin(agent, DAY) for agent in ("A01", "A02")]
    problem = Problem(b.situation(4, days=1, at=b.site(*SHIFTS), pins=pins), POLICY)
    assert not check(b.roster(problem.situation), problem.situation, POLICY).clean
    found = remedies(problem, clash(problem, LIMITS), missing(problem), LIMITS)
    assert "fixed cells" in found[0].words.en
    assert len(found[0].problem.situation.pins) == 1
