from __future__ import annotations

from datetime import timedelta

from constraints.book import Book
from constraints.price import flat
from constraints.rule import Rule
from constraints.rules.rest import OneDutyADay
from constraints.rules.wishes import Wishes
from constraints.shapes import About, AnyOf, Shape
from domain.requests import Wish, WishKind
from domain.roster import Roster
from domain.situation import Situation
from scheduler.problem import Limits
from scheduler.result import Status
from scheduler.search import Search
from tests import builders as b

DAY = b.MONDAY
LIMITS = Limits(seconds=10, threads=1)


def fixed(book: Book, shapes: list[Shape], roster: Roster) -> tuple[Status, float]:
    search = Search(book, shapes, began=0)
    search.fix(roster)
    return search.run(LIMITS), search.bound


def shapes(book: Book, *rules: Rule) -> list[Shape]:
    return [shape for rule in rules for shape in rule.shapes(book)]


def full(given: Situation) -> Book:
    codes = [(shift, work) for shift in b.SHIFTS for work in shift.works]
    return Book(
        given,
        [
            b.duty(agent.id, day, shift, work)
            for agent in given.agents
            for day in given.horizon
            for shift, work in codes
        ],
    )


def test_a_night_and_the_next_day_do_not_exclude_each_other_because_one_wish_names_both() -> None:
    tuesday = DAY + timedelta(days=1)
    given = b.situation(1, days=2, wishes=[Wish("A01", tuesday, WishKind.OFF, weight=2)])
    roster = b.roster(given, b.duty("A01", DAY, b.NIGHT), b.duty("A01", tuesday, b.LATE))
    book = full(given)
    assert fixed(book, shapes(book, OneDutyADay(), Wishes()), roster) == (Status.OPTIMAL, 480)


def test_a_priced_choice_of_free_bundles_costs_once_when_none_is_free() -> None:
    given = b.situation(1, days=2)
    book = full(given)
    (who,) = given.agents
    bundles = tuple(book.cell(who, day) for day in given.horizon)
    choice: list[Shape] = [AnyOf(About(DAY, who), bundles, price=flat(70))]
    busy = b.roster(given, *(b.duty("A01", day) for day in given.horizon))
    assert fixed(book, choice, busy) == (Status.OPTIMAL, 70)
    assert fixed(book, choice, b.roster(given, b.duty("A01", DAY))) == (Status.OPTIMAL, 0)
