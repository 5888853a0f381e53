"""Small moves are judged exactly, and lead to legal months alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from constraints.check import check
from constraints.policy import HOUSE_POLICY
from domain.roster import Roster
from domain.situation import Situation
from scheduler.columns.answer import Answer
from scheduler.columns.cells import Cells
from scheduler.columns.descent import first_answer
from scheduler.problem import Limits, Problem
from tests.laws.situations import rostered
from tests.scheduler.columns.test_campaign import compiled_for, month


def standing(cells: Cells) -> Answer:
    """The answer that stands on the board now, by columns of its own."""
    compiled = cells.compiled
    columns = [person.column(cells.chosen(person.number)) for person in compiled.people]
    assert all(column is not None for column in columns)
    return Answer(compiled, [column for column in columns if column is not None])


@pytest.mark.parametrize("degree", [0.001, 100.0, 1e9])
def test_what_the_moves_say_the_answer_costs_is_what_it_costs(degree: float) -> None:
    compiled = compiled_for(month(), Limits())
    begun = first_answer(compiled, range(len(compiled.people)))
    assert begun is not None
    cells = Cells(compiled)
    cells.begin(begun)
    chance = np.random.default_rng(3)
    for _ in range(3):
        cells.anneal(degree, chance)
        assert standing(cells).felt == pytest.approx(begun.felt + cells.now, abs=1e-3)
        assert np.array_equal(standing(cells).heads, cells.heads)


def test_the_best_answer_met_is_better_and_as_good_as_the_evaluator_says() -> None:
    problem = month()
    compiled = compiled_for(problem, Limits())
    begun = first_answer(compiled, range(len(compiled.people)))
    assert begun is not None
    cells = Cells(compiled)
    cells.begin(begun)
    chance = np.random.default_rng(3)
    for degree in (200.0, 50.0, 5.0):
        cells.anneal(degree, chance)
    best = cells.best()
    assert best is not None
    assert best.felt < begun.felt
    report = check(compiled.roster(best.columns), problem.situation, problem.policy)
    assert report.clean == best.clean
    assert not report.clean or report.score == round(best.price)


def test_the_same_chance_makes_the_same_moves() -> None:
    compiled = compiled_for(month(), Limits())
    begun = first_answer(compiled, range(len(compiled.people)))
    assert begun is not None
    found = []
    for _ in range(2):
        cells = Cells(compiled)
        cells.begin(begun)
        cells.anneal(100.0, np.random.default_rng(5))
        found.append((cells.now, standing(cells).felt))
    assert found[0] == found[1]


@settings(max_examples=30, deadline=None)
@given(drawn=rostered())
def test_moves_never_leave_the_law(drawn: tuple[Situation, Roster]) -> None:
    compiled = compiled_for(Problem(drawn[0], HOUSE_POLICY), Limits())
    begun = first_answer(compiled, range(len(compiled.people)))
    if begun is None:
        return
    cells = Cells(compiled)
    cells.begin(begun)
    cells.anneal(300.0, np.random.default_rng(1))
    stands = standing(cells)
    if all(person.reading.exact for person in compiled.people):
        assert stands.felt == pytest.approx(begun.felt + cells.now, abs=1e-3)
