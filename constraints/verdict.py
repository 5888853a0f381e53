"""What a change would break, heal and cost, seen from the roster as it stands: fast, for it is asked at every edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Final

from constraints.book import Book, Entry, entered
from constraints.breach import Breach
from constraints.check import breaches, worked_book
from constraints.compare import beyond
from constraints.given import Given, Minutes
from constraints.policy import Policy
from constraints.rule import Rule, Scope
from domain.roster import Change, Duty, Roster, diff
from domain.situation import Situation

IN_ORDER: Final = attrgetter("duty.day", "duty.agent", "duty.shift", "duty.work", "duty.breaks")
"""As duties compare, but many times quicker."""


NEAR: Final = 2
"""Duties that begin more than so many days from another share no minute with it."""
REMEMBERED: Final = 4096
"""So many answers about a person, or about minutes of the site, are kept for the verdicts to come."""
Found = Mapping[int, tuple[Breach, ...]]
"""Breaches by the place of their rule in the policy."""


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


class Standing:
    """A roster as it stands, ready to judge changes: read once, asked often."""

    def __init__(self, roster: Roster, situation: Situation, policy: Policy, *, book: Book | None = None) -> None:
        """`book`: of the roster's duties, where there is one already, or of those that will be asked about."""
        self.policy = policy
        self.book = book or worked_book(roster, situation)
        hard = [rule for rule in policy.rules if rule.scope is not Scope.SITE and rule.price is None]
        self._personal = sorted(hard, key=lambda rule: rule.scope is not Scope.CELL)
        self._personal_found: dict[tuple[str, tuple[Change, ...]], Found] = {}
        self._site_found: dict[tuple[Minutes, ...], Found] = {}
        self._by_day: defaultdict[date, list[Entry]] = defaultdict(list)
        for entry in self.book.entries:
            self._by_day[entry.day].append(entry)

    def verdict(self, changes: Iterable[Change]) -> Verdict:
        """Judge changes: personal rules for the people they touch, rules of the site for the minutes they touch."""
        changes = tuple(changes)
        gone = {change.old for change in changes if change.old}
        come = [entered(self.book.given, change.new) for change in changes if change.new]
        touched = [agent.id for agent in self.book.agents if any(change.agent == agent.id for change in changes)]
        left = [entry for entry in self._near(set(touched), changes) if entry.duty in gone]
        windows = _joined((entry.start, entry.end) for entry in (*left, *come))
        mine = {who: tuple(change for change in changes if change.agent == who) for who in touched}
        old = self._in_order([self._of(who, ()) for who in touched], self._before(windows))
        new = self._in_order([self._of(who, mine[who]) for who in touched], self._of_site(windows, gone, come))
        cost = sum(breach.cost for breach in new) - sum(breach.cost for breach in old)
        return Verdict(beyond(new, old), beyond(old, new), cost)

    def hindrance(self, changes: Sequence[Change]) -> Breach | None:
        """The first of one person's own hard rules that changes of his days would break; the site is not asked."""
        gone = {change.old for change in changes if change.old}
        come = [entered(self.book.given, change.new) for change in changes if change.new]
        touched = {change.agent for change in changes}
        new = self._own(touched, gone, come)
        for rule in self._personal:
            book = _around(new, changes, rule.near)
            found = tuple(breaches(rule, book, frozenset(book.entries)))
            fresh = beyond(found, self._known(rule, touched)) if found else ()
            if fresh:
                return fresh[0]
        return None

    def _known(self, rule: Rule, touched: set[str]) -> Iterator[Breach]:
        """The breaches of a personal rule that people have as it is."""
        old = self._own(touched, frozenset(), None)
        return breaches(rule, old, frozenset(old.entries))

    def _own(self, touched: set[str], gone: Set[Duty | None], fresh: list[Entry] | None) -> Book:
        """The book of the people touched, before a change (no fresh entries) or after it."""
        people = [agent for agent in self.book.agents if agent.id in touched]
        entries = _changed((entry for agent in people for entry in self.book.of(agent)), gone, fresh)
        return self.book.holding(entries).watching(touched)

    def _of(self, who: str, changes: tuple[Change, ...]) -> Found:
        """The breaches of one person's own rules with changes of his days; asked once for many verdicts."""
        if len(self._personal_found) > REMEMBERED:
            self._personal_found.clear()
        if (who, changes) not in self._personal_found:
            gone = {change.old for change in changes if change.old}
            come = [entered(self.book.given, change.new) for change in changes if change.new]
            own = self._own({who}, gone, come if changes else None)
            self._personal_found[who, changes] = self._found(own, site=False)
        return self._personal_found[who, changes]

    def _before(self, windows: tuple[Minutes, ...]) -> Found:
        """The breaches of the site's rules near some minutes as they are; asked once for many verdicts."""
        if len(self._site_found) > REMEMBERED:
            self._site_found.clear()
        if windows not in self._site_found:
            self._site_found[windows] = self._of_site(windows, frozenset(), None)
        return self._site_found[windows]

    def _of_site(self, windows: tuple[Minutes, ...], gone: Set[Duty], fresh: list[Entry] | None) -> Found:
        """The breaches of the site's rules near a change, before it (no fresh entries) or after it."""
        near = self.book.holding(_changed(self._within(windows), gone, fresh)).within(windows)
        return self._found(near, site=True)

    def _found(self, book: Book, *, site: bool) -> Found:
        """The breaches of the site's rules in a book, or of the personal ones, by the place of the rule."""
        worked = frozenset(book.entries)
        rules = ((place, rule) for place, rule in enumerate(self.policy.rules) if (rule.scope is Scope.SITE) is site)
        found = {place: tuple(breaches(rule, book, worked)) for place, rule in rules}
        return {place: broken for place, broken in found.items() if broken}

    def _in_order(self, people: Sequence[Found], site: Found) -> list[Breach]:
        """All breaches in the order of the policy, people in theirs."""
        parts = (*people, site)
        places = sorted({place for part in parts for place in part})
        return [breach for place in places for part in parts for breach in part.get(place, ())]

    def _near(self, touched: set[str], changes: tuple[Change, ...]) -> list[Entry]:
        days = {change.day for change in changes}
        return [entry for day in days for entry in self._by_day[day] if entry.duty.agent in touched]

    def _within(self, windows: tuple[Minutes, ...]) -> list[Entry]:
        """The entries that share a minute with the windows."""
        days = {
            day
            for start, end in windows
            for day in _days(self.book.timetable.day_of(start), self.book.timetable.day_of(end))
        }
        entries = (entry for day in sorted(days) for entry in self._by_day.get(day, ()))
        return [entry for entry in entries if any(entry.overlaps(*window) for window in windows)]


def _around(book: Book, changes: Iterable[Change], near: int | None) -> Book:
    """The entries within some days of changes; None: all of them."""
    if near is None:
        return book
    days = [change.day for change in changes]
    first, last = min(days) - timedelta(days=near), max(days) + timedelta(days=near)
    return book.holding(entry for entry in book.entries if first <= entry.day <= last)


def _changed(entries: Iterable[Entry], gone: Set[Duty | None], fresh: list[Entry] | None) -> list[Entry]:
    """The entries as they are, or without those gone and with the fresh ones."""
    if fresh is None:
        return list(entries)
    return sorted((*(entry for entry in entries if entry.duty not in gone), *fresh), key=IN_ORDER)


def verdict(before: Roster, after: Roster, situation: Situation, policy: Policy) -> Verdict:
    """Compare two rosters, looking only where they differ."""
    return Standing(before, situation, policy).verdict(diff(before, after))


def verdict_at_once(roster: Roster, given: Given, policy: Policy, changes: Sequence[Change]) -> Verdict:
    """One verdict and no other: only what these changes can touch is entered into the book.

    Personal rules look at the duties of the people touched, rules of the site at those near the minutes touched.
    """
    touched = {change.agent for change in changes}
    days = {change.day + timedelta(days=off) for change in changes for off in range(-NEAR, NEAR + 1)}

    def counts(duty: Duty) -> bool:
        return duty.agent in touched or duty.day in days

    situation = replace(given.situation, history=tuple(filter(counts, given.situation.history)))
    book = Book(situation, filter(counts, roster.planned), given)
    return Standing(roster, situation, policy, book=book).verdict(changes)


def _joined(spans: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """Spans that meet, as one."""
    joined: list[Minutes] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _days(first: date, last: date) -> Iterator[date]:
    """The days on which a duty can start that is there between two days: one before the first, to the last."""
    day = first - timedelta(days=1)
    while day <= last:
        yield day
        day += timedelta(days=1)
