from __future__ import annotations

import time
from dataclasses import replace

import pytest

from constraints.check import check
from domain.shifts import Break
from scheduler.columns.answer import Answer
from scheduler.columns.closing import Closing
from scheduler.columns.descent import first_answer
from scheduler.columns.generate import Generation
from scheduler.columns.master import Master
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search
from tests import builders as b
from tests.scheduler.columns.test_campaign import compiled_for, month


def closing_of(problem: Problem) -> tuple[Closing, Answer]:
    """At the value of the linear programme, and a first answer."""
    compiled = compiled_for(problem, Limits())
    answer = first_answer(compiled, range(len(compiled.people)))
    assert answer is not None
    master = Master(compiled, range(len(compiled.people)))
    for column in answer.columns:
        master.add(column)
    generation = Generation(compiled, master)
    assert generation.run(lambda: False)
    return Closing(generation), answer


def optimum(problem: Problem) -> float:
    search = Search.over(problem, began=time.monotonic())
    assert search.run(Limits(seconds=60)) is Status.OPTIMAL
    return search.bound


@pytest.mark.parametrize("people", [5, 6])
def test_closing_finds_the_best_roster_and_proves_it(people: int) -> None:
    problem = month(people, days=5)
    closing, answer = closing_of(problem)
    closed = closing.close(answer, 2_000_000, 60, lambda: False)
    assert closed is not None
    best = closed.answer or answer
    report = check(best.compiled.roster(best.columns), problem.situation, problem.policy)
    assert report.clean
    assert report.score == pytest.approx(closed.bound) == pytest.approx(optimum(problem))


def test_the_best_answer_known_is_proved_and_no_other_told() -> None:
    problem = month(5, days=5)
    closing, answer = closing_of(problem)
    first = closing.close(answer, 2_000_000, 60, lambda: False)
    assert first is not None
    best = first.answer or answer
    again = closing.close(best, 2_000_000, 60, lambda: False)
    assert again is not None
    assert again.answer is None
    assert again.bound == pytest.approx(best.price)


def test_too_many_months_are_left_alone() -> None:
    closing, answer = closing_of(month(5, days=5))
    assert closing.close(answer, 2, 60, lambda: False, few=2) is None


def test_the_nearer_half_says_nothing_of_the_bound() -> None:
    problem = month(5, days=5)
    closing, answer = closing_of(problem)
    closed = closing.close(answer, 2, 60, lambda: False)
    assert closed is not None
    assert closed.bound <= optimum(problem) + 1e-6
    assert closed.answer is None or closed.answer.price < answer.price


def test_a_request_ends_it_and_its_bound_still_holds() -> None:
    problem = month(5, days=5)
    closing, answer = closing_of(problem)
    closed = closing.close(answer, 2_000_000, 60, lambda: True)
    assert closed is None or closed.bound <= optimum(problem) + 1e-6


def test_where_a_duty_lies_in_several_ways_nothing_is_written_down() -> None:
    movable = replace(b.EARLY, breaks=(Break(180, 30, until=300),))
    problem = replace(month(5, days=5), situation=b.situation(3, days=5, at=b.site(movable, b.NIGHT)))
    closing, answer = closing_of(problem)
    assert closing.close(answer, 2_000_000, 10, lambda: False) is None
