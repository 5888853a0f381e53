"""The evaluator: exact, and the judge of every roster whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from constraints.book import Book, Entry
from constraints.breach import Breach
from constraints.policy import Policy
from constraints.rule import Rule
from constraints.shapes import Fault
from domain.roster import Roster
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Report:
    """All breaches of a roster, in the order of the policy."""

    breaches: tuple[Breach, ...]

    @property
    def hard(self) -> tuple[Breach, ...]:
        """The breaches that must not be."""
        return tuple(breach for breach in self.breaches if breach.hard)

    @property
    def priced(self) -> tuple[Breach, ...]:
        """The breaches that cost."""
        return tuple(breach for breach in self.breaches if not breach.hard)

    @property
    def clean(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.hard

    @property
    def score(self) -> int:
        """The price of all priced breaches: what the solver minimises."""
        return sum(breach.cost for breach in self.breaches)


def check(roster: Roster, situation: Situation, policy: Policy) -> Report:
    """Judge a roster by every rule of a policy."""
    book = worked_book(roster, situation)
    chosen = frozenset(book.entries)
    return Report(tuple(breach for rule in policy.rules for breach in breaches(rule, book, chosen)))


def score(roster: Roster, situation: Situation, policy: Policy) -> int:
    """The price of a roster: the sum over its priced breaches."""
    return check(roster, situation, policy).score


def worked_book(roster: Roster, situation: Situation) -> Book:
    """Enter the worked duties; the situation brings its history."""
    return Book(situation, roster.planned)


def breaches(rule: Rule, book: Book, chosen: Set[Entry]) -> Iterator[Breach]:
    """The places where the chosen entries do not keep a rule; the price of a shape is shared out in order."""
    history = frozenset(entry for entry in chosen if entry.fixed)
    for shape in rule.over(book):
        gap = paid = 0
        for fault in shape.faults(chosen, history):
            gap += fault.measure.gap
            yield _breach(rule, book, fault, shape.cost(gap) - paid)
            paid = shape.cost(gap)


def _breach(rule: Rule, book: Book, fault: Fault, cost: int) -> Breach:
    about = fault.about
    return Breach(
        rule,
        about,
        fault.measure,
        cost,
        tuple(sorted({entry.duty for entry in fault.culprits})),
        book.timetable.span(*about.span) if about.span else None,
        book.situation.site.work(about.work).label if about.work else None,
    )
