from __future__ import annotations

import time

import pytest

from constraints.book import Book
from constraints.shapes import About, Sum, Term
from scheduler.moving import MovingBound
from scheduler.problem import Limits
from scheduler.result import Status
from scheduler.search import Search
from tests import builders as b


@pytest.mark.parametrize(("missing", "status"), [(0, Status.IMPOSSIBLE), (1, Status.OPTIMAL), (2, Status.OPTIMAL)])
def test_a_bound_moves_between_two_runs_of_one_model(missing: int, status: Status) -> None:
    given = b.situation(1, days=2)
    book = Book(given, [b.duty("A01", day) for day in given.horizon])
    about = About(b.MONDAY, given.agents[0])
    only_one = Sum(about, tuple(Term((entry,)) for entry in book.entries), high=1)
    search = Search(book, [only_one], began=time.monotonic())
    bound = MovingBound(search.variables, Sum(about, only_one.terms, low=2))
    for allowed in (2, missing):
        bound.allow(allowed)
        found = search.prove(Limits(seconds=5, threads=1))
    assert found is status
