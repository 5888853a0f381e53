from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from constraints.check import check
from constraints.policy import HOUSE_POLICY, Policy
from constraints.rules.cells import Certified, FixedCells, OnLeave
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.rest import DailyRest, OneDutyADay
from domain.language import Language
from domain.requests import Leave, Pin
from domain.situation import Situation
from domain.time import Days
from scheduler.explain import explain
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Progress, Status
from scheduler.solve import solve
from tests import builders as b

DAY = b.MONDAY
QUICK = Limits(seconds=20, threads=1, seed=1)
SMALL = Policy(
    rules=(EmergencyFloor(people=1), Requirement(), OneDutyADay(), DailyRest(), Certified(), OnLeave(), FixedCells())
)


def week(people: int = 8) -> Situation:
    at = b.site()
    needs = [b.need(at, day, hour, hour + 1, 2) for day in b.horizon(3) for hour in range(9, 20)]
    return b.situation(people, days=3, at=at, needs=needs)


def without_breaks() -> Situation:
    shifts = tuple(replace(shift, breaks=()) for shift in b.SHIFTS)
    return b.situation(6, days=3, at=b.site(*shifts))


def test_a_small_month_is_solved_to_the_proof_and_judged_clean() -> None:
    problem = Problem(without_breaks(), SMALL)
    result = solve(problem, QUICK)
    assert result.status is Status.OPTIMAL
    assert result.report is not None
    assert result.report.clean
    assert result.report.score == result.bound == 0


def test_the_score_is_the_judges_and_never_below_the_bound() -> None:
    problem = Problem(week(), SMALL.model_copy(update={"rules": (Requirement(), OneDutyADay(), DailyRest())}))
    result = solve(problem, QUICK)
    assert result.roster is not None
    assert result.report == check(result.roster, problem.situation, problem.policy)
    assert result.report is not None
    assert result.bound <= result.report.score


def test_pins_and_leave_are_kept() -> None:
    given = without_breaks()
    pinned = Situation(
        given.site,
        given.horizon,
        given.agents,
        leaves=(Leave("A01", Days(DAY, DAY)),),
        pins=(Pin("A02", DAY, "夜"), Pin("A03", DAY)),
    )
    result = solve(Problem(pinned, SMALL), QUICK)
    assert result.roster is not None
    cells = {(duty.agent, duty.day): duty.shift for duty in result.roster.planned}
    assert (cells.get(("A01", DAY)), cells.get(("A02", DAY)), cells.get(("A03", DAY))) == (None, "夜", None)


def test_options_leave_out_what_a_hard_rule_forbids_in_the_cell() -> None:
    people = [b.agent("A01", "service"), b.agent("A02", "emergency")]
    given = b.situation(people, days=1, leaves=[Leave("A02", Days(DAY, DAY))])
    book = option_book(Problem(given, Policy(rules=(Certified(), OnLeave()))))
    assert {(entry.duty.agent, entry.duty.shift, entry.duty.work) for entry in book.entries} == {
        ("A01", "早", "service"),
        ("A01", "中", "service"),
    }


def test_one_thread_and_one_seed_give_one_roster() -> None:
    problem = Problem(week(), HOUSE_POLICY.model_copy(update={"rules": SMALL.rules[1:]}))
    limits = Limits(seconds=60, threads=1, seed=7, work=2.0)
    assert solve(problem, limits).roster == solve(problem, limits).roster


def test_incumbents_come_on_the_way_and_get_no_worse() -> None:
    seen: list[Progress] = []
    solve(Problem(week(), Policy(rules=SMALL.rules[1:])), QUICK, report=seen.append)
    objectives = [moment.objective for moment in seen if moment.objective is not None]
    assert objectives
    assert objectives == sorted(objectives, reverse=True)
    assert all(moment.roster is not None for moment in seen if moment.objective is not None)


def test_a_request_to_stop_is_obeyed_at_once() -> None:
    began = time.monotonic()
    solve(
        Problem(week(40), Policy(rules=SMALL.rules[1:])),
        Limits(seconds=60, threads=1),
        stop=lambda: time.monotonic() > began + 1,
    )
    assert time.monotonic() - began < 30


def test_a_month_without_enough_people_says_where_how_many_are_missing() -> None:
    given = b.situation([b.agent("A01"), b.agent("A02", "service")], days=1, at=without_breaks().site)
    problem = Problem(given, SMALL)
    assert solve(problem, QUICK).status is Status.IMPOSSIBLE
    found = explain(problem, QUICK)
    assert found.least
    assert sum(breach.measure.gap * (breach.span.minutes if breach.span else 0) for breach in found.breaches) == 2 * 480
    assert all("at least 1 emergency people" in breach.said(Language.EN) for breach in found.breaches)
    assert all(
        "2026" not in breach.said(Language.ZH) and "缺1人" in breach.said(Language.ZH) for breach in found.breaches
    )


def test_people_whose_own_limits_clash_are_named() -> None:
    given = b.situation(2, days=2, pins=[Pin("A01", DAY, "中"), Pin("A01", DAY + timedelta(days=1), "早")])
    found = explain(Problem(given, Policy(rules=(OneDutyADay(), DailyRest(), FixedCells()))), QUICK)
    assert [breach.about.agent.id for breach in found.breaches if breach.about.agent] == ["A01"]


@pytest.mark.parametrize(("seconds", "threads"), [(0, 1), (1, 0)])
def test_limits_without_time_or_threads_are_refused(seconds: float, threads: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        Limits(seconds=seconds, threads=threads)


def test_a_fault_of_the_listener_ends_the_search_and_is_told() -> None:
    def listen(_: Progress) -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        solve(Problem(week(), Policy(rules=SMALL.rules[1:])), QUICK, report=listen)


def test_contradicting_pins_are_named_though_cover_is_short_as_well() -> None:
    given = b.situation(2, days=2, pins=[Pin("A01", DAY, "中"), Pin("A01", DAY + timedelta(days=1), "早")])
    rules = (OneDutyADay(), DailyRest(), FixedCells(), EmergencyFloor(people=1))
    found = explain(Problem(given, Policy(rules=rules)), QUICK)
    personal = [breach for breach in found.breaches if breach.about.agent]
    assert [breach.about.agent.id for breach in personal if breach.about.agent] == ["A01"]


def test_a_clean_start_is_never_lost() -> None:
    problem = Problem(without_breaks(), SMALL)
    start = solve(problem, QUICK).roster
    again = solve(replace(problem, start=start), Limits(seconds=0.5, threads=1), stop=lambda: True)
    assert again.report is not None
    assert again.report.clean


def test_a_start_is_bettered_or_kept_however_little_time_there_is() -> None:
    problem = Problem(week(), Policy(rules=SMALL.rules[1:]))
    start = solve(problem, Limits(seconds=5, threads=2))
    assert start.report is not None
    again = solve(replace(problem, start=start.roster), Limits(seconds=1, threads=1, seed=9))
    assert again.report is not None
    assert again.report.score <= start.report.score


def test_days_without_a_limit_of_duties_are_left_to_the_constraint_programme() -> None:
    problem = Problem(week(30), Policy(rules=(Requirement(), DailyRest(), Certified())))
    result = solve(problem, Limits(seconds=4, threads=1))
    assert result.report is not None
    assert result.report.clean
    assert result.seconds > 1 or result.status is Status.OPTIMAL
