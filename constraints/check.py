"""The evaluator: exact, and the judge of every roster whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from constraints.book import Book, Entry
from constraints.breach import Breach
from constraints.policy import Policy
from constraints.rule import Rule, Scope
from constraints.shapes import Measure, Shape
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change of the roster would break, what it would heal, and what it would cost."""

    broken: tuple[Breach, ...]
    healed: tuple[Breach, ...]
    cost: int

    @property
    def allowed(self) -> bool:
        """Whether it breaks no hard rule that held before."""
        return not any(breach.hard for breach in self.broken)


def check(roster: Roster, situation: Situation, policy: Policy) -> Report:
    """Judge a roster by every rule of a policy."""
    book = worked_book(roster, situation)
    chosen = frozenset(book.entries)
    return Report(tuple(breach for rule in policy.rules for breach in breaches(rule, book, chosen)))


def score(roster: Roster, situation: Situation, policy: Policy) -> int:
    """The price of a roster: the sum over its priced breaches."""
    return check(roster, situation, policy).score


def verdict(before: Roster, after: Roster, situation: Situation, policy: Policy) -> Verdict:
    """Compare two rosters: personal rules only for people whose duties differ, site rules for all."""
    touched = {duty.agent for duty in set(before.duties) ^ set(after.duties)}
    old, new = (_touched_breaches(roster, situation, policy, touched) for roster in (before, after))
    return Verdict(
        tuple(breach for breach in new if not any(_contains(was, breach) for was in old)),
        tuple(breach for breach in old if not any(_contains(now, breach) for now in new)),
        sum(breach.cost for breach in new) - sum(breach.cost for breach in old),
    )


def worked_book(roster: Roster, situation: Situation) -> Book:
    """Enter the worked duties; the situation brings its history."""
    return Book(situation, roster.planned)


def breaches(rule: Rule, book: Book, chosen: Set[Entry]) -> Iterator[Breach]:
    """The shapes of one rule that the chosen entries do not keep, history's own faults left out."""
    history = frozenset(entry for entry in chosen if entry.fixed)
    for shape in rule.shapes(book):
        found = shape.measure(chosen)
        gap = found.gap - shape.inherited(history) if found.gap else 0
        if gap > 0:
            yield _breach(rule, book, shape, Measure(found.value, found.bound, gap), chosen)


def _breach(rule: Rule, book: Book, shape: Shape, found: Measure, chosen: Set[Entry]) -> Breach:
    about = shape.about
    return Breach(
        rule,
        about,
        found,
        shape.cost(found.gap),
        tuple(sorted({entry.duty for entry in shape.culprits(chosen)})),
        book.timetable.span(*about.span) if about.span else None,
        book.situation.site.work(about.work).label if about.work else None,
    )


def _touched_breaches(roster: Roster, situation: Situation, policy: Policy, touched: Set[str]) -> list[Breach]:
    book = Book(situation, roster.planned)
    narrow = Book(situation, roster.planned, agents=touched)
    chosen, few = frozenset(book.entries), frozenset(narrow.entries)
    found: list[Breach] = []
    for rule in policy.rules:
        found += breaches(rule, book, chosen) if rule.scope is Scope.SITE else breaches(rule, narrow, few)
    return found


def _contains(large: Breach, small: Breach) -> bool:
    """Whether one breach is the same as another or worse: same rule and person, the same minutes or more, as large."""
    if (large.rule, large.about.agent, large.about.work) != (small.rule, small.about.agent, small.about.work):
        return False
    if large.about.span and small.about.span:
        within = large.about.span[0] <= small.about.span[0] and small.about.span[1] <= large.about.span[1]
    else:
        within = (large.about.day, large.about.until) == (small.about.day, small.about.until)
    return within and large.measure.gap >= small.measure.gap
