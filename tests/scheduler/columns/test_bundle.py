"""Many rows: the bundle's bound, from coarse pricers to exact ones, and groups freed and plunged anew."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from constraints.policy import HOUSE_POLICY
from domain.roster import Roster
from domain.situation import Situation
from scheduler.columns.bundle import raise_bound
from scheduler.columns.coarse import coarsened
from scheduler.columns.compile import Compiled
from scheduler.columns.descent import first_answer
from scheduler.columns.generate import Generation
from scheduler.columns.groups import Groups
from scheduler.columns.master import Master
from scheduler.columns.mixture import ROOM, Mixture
from scheduler.columns.remix import again
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search
from tests.laws.situations import rostered
from tests.scheduler.columns.test_campaign import compiled_for, month


def begun(compiled: Compiled, coarse: Compiled | None = None) -> Mixture:
    answer = first_answer(compiled, range(len(compiled.people)))
    assert answer is not None
    over = coarse or compiled
    columns = [over.people[column.person].column(column.chosen) for column in answer.columns]
    return Mixture(over, [column for column in columns if column is not None])


def after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def patient(seconds: float = 20) -> tuple[Compiled, float]:
    return compiled_for(month(), Limits(seconds=60)), time.monotonic() + seconds


@settings(max_examples=20, deadline=None)
@given(drawn=rostered())
def test_the_bundles_bound_never_passes_the_best_roster_there_is(drawn: tuple[Situation, Roster]) -> None:
    problem = Problem(drawn[0], HOUSE_POLICY)
    book = option_book(problem)
    search = Search(book, [shape for rule in HOUSE_POLICY.rules for shape in rule.over(book)], began=0)
    if search.run(Limits(seconds=20, threads=1)) is not Status.OPTIMAL:
        return
    compiled = compiled_for(problem, Limits())
    if first_answer(compiled, range(len(compiled.people))) is None:
        return
    for over in (compiled, coarsened(compiled)):
        mixture = begun(compiled, over)
        raise_bound(mixture, np.random.default_rng(1), after(0.5))
        assert mixture.bound <= search.bound + 1e-3


def test_bundle_and_simplex_meet_at_the_value_of_the_same_programme() -> None:
    compiled, until = patient()
    mixture = begun(compiled)
    met = raise_bound(mixture, np.random.default_rng(1), lambda: time.monotonic() > until)
    master = Master(compiled, range(len(compiled.people)))
    answer = first_answer(compiled, range(len(compiled.people)))
    assert answer is not None
    for column in answer.columns:
        master.add(column)
    Generation(compiled, master).run(lambda: False)
    assert met
    assert mixture.bound == pytest.approx(master.value, rel=1e-4)
    assert mixture.value >= master.value - 1e-3


def test_coarse_people_never_ask_more_than_exact_ones() -> None:
    compiled, _ = patient()
    coarse, chance = coarsened(compiled), np.random.default_rng(5)
    for fine, rough in zip(compiled.people, coarse.people, strict=True):
        worth = chance.integers(0, 300, fine.reading.cost.shape).astype(float)
        marks = np.zeros(len(fine.reading.marks))
        exact, _ = fine.month(fine.reading.cost - worth, marks, compiled.clock)
        below, _ = rough.month(rough.reading.cost - worth, marks, compiled.clock)
        assert below <= exact + 1e-6


def test_a_mixture_keeps_one_share_a_person_and_so_many_months_at_most() -> None:
    compiled, until = patient(3)
    mixture = begun(compiled)
    raise_bound(mixture, np.random.default_rng(2), lambda: time.monotonic() > until)
    assert np.allclose(mixture.months.share.sum(axis=1), 1.0)
    assert all(len(known) <= ROOM for known in mixture.known)
    for number in range(len(mixture.people)):
        assert sum(share for _, share in mixture.shares(number)) == pytest.approx(1.0)


def test_a_mixture_begun_again_with_exact_pricers_keeps_its_months_and_shares() -> None:
    compiled, until = patient()
    mixture = begun(compiled, coarsened(compiled))
    raise_bound(mixture, np.random.default_rng(1), lambda: time.monotonic() > until)
    exact = again(compiled, mixture)
    assert exact is not None
    assert np.array_equal(exact.centre, mixture.centre)
    for number in range(len(compiled.people)):
        before, after = mixture.shares(number), exact.shares(number)
        assert {column.key for column, _ in after} <= {column.key for column, _ in before}
        assert sum(share for _, share in after) == pytest.approx(1.0)


def test_a_group_changes_its_own_months_alone_and_only_for_the_better() -> None:
    compiled, _ = patient()
    first = first_answer(compiled, range(len(compiled.people)))
    assert first is not None
    groups = Groups(compiled, first, begun(compiled).centre, np.random.default_rng(1))
    before = first.felt
    for _ in range(6):
        groups.step(lambda: False)
        assert groups.answer.felt <= before
        before = groups.answer.felt
    assert groups.answer.felt < first.felt
