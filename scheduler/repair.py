"""Repair after a sick call, a new leave or a changed forecast: the least change to what is published, with reasons.

Changed duties are counted; breaks may move inside duties that stay, where that helps.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from constraints.breach import Breach
from constraints.check import Report, check
from constraints.price import Price, flat
from constraints.rules.stability import published_cells
from constraints.shapes import About, Shape, Sum, Term
from constraints.verdict import Standing
from domain.language import Refusal, Text
from domain.roster import Change, Roster, diff
from domain.time import Days
from scheduler.explain import relaxed
from scheduler.moving import MovingBound
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search, Stop

WINDOW = 9
"""Days from the first hole on in which duties may change."""
LIGHT = 50
"""What a changed duty, or a missing minute, weighs beside a moved break where no rule is weighed."""
STEPS = 6
"""So many more changes than duties lost are tried one by one."""
PARTS = 3
"""So much of the time that is left may go into the score at one number of changes."""
CHANGE = 480
"""What a changed cell costs where changes are weighed against the score: a head missing for two hours."""


@dataclass(frozen=True, slots=True)
class Leeway:
    """Which days may change, and what a changed cell costs beside the score."""

    window: Days | None = None
    """None: from the first hole on."""
    change: int = CHANGE


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A change, and what would be broken or dearer without it."""

    change: Change
    because: tuple[Breach, ...]
    saves: int
    """What the roster would cost more without this change alone."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A roster after its repair."""

    roster: Roster
    changes: tuple[Reasoned, ...]
    report: Report
    left: tuple[Breach, ...]
    """Hard breaches that no change within the window mends."""
    proved: bool
    """Whether fewer changed duties are proven impossible."""

    @property
    def changed(self) -> int:
        """How many cells have another duty than before."""
        return _changed_duties(reasoned.change for reasoned in self.changes)

    @property
    def moved(self) -> int:
        """How many duties stay with their breaks elsewhere."""
        return len(self.changes) - self.changed


@dataclass(frozen=True, slots=True)
class Repair:
    """The ways to mend a roster: the least change first, then what each change more would save."""

    window: Days
    ways: tuple[Repaired, ...]
    fewest_seconds: float
    """Until the fewest changes were known."""
    seconds: float

    @property
    def least(self) -> Repaired | None:
        """The least change; None where nothing was found in time."""
        return self.ways[0] if self.ways else None


def repair(
    problem: Problem,
    published: Roster,
    limits: Limits,
    leeway: Leeway = Leeway(),
    stop: Stop = lambda: False,
) -> Repair:
    """Mend a published roster for what is given now, with the fewest changed cells; each change more must be worth it.

    Only cells of the window change; pinned cells and the days around it stay. The fewest changes are found under the
    hard rules alone; the score decides among them.
    """
    began = time.monotonic()
    days = leeway.window or window_of(problem, published)
    if days.first not in published.horizon or days.last not in published.horizon:
        raise Refusal(Text("修复的日期应在排班月内", "the days to be repaired lie in the month of the roster"))
    mending = _Mending(problem, published, days, stop)
    fewest = mending.fewest(limits)
    known = time.monotonic() - began
    rest = replace(limits, seconds=max(0.5, (limits.seconds - known) / PARTS))
    ways = tuple(mending.ways(fewest, rest, leeway.change, lambda: time.monotonic() - began > limits.seconds))
    return Repair(days, ways, known, time.monotonic() - began)


def window_of(problem: Problem, published: Roster) -> Days:
    """Nine days from the first that has a hole once the duties that cannot be are gone, longer if holes lie behind."""
    given, horizon = problem.situation, published.horizon
    possible = {entry.duty for entry in option_book(problem, only=published.planned).entries}
    gone = [duty for duty in published.planned if duty not in possible]
    report = check(Roster.of(horizon, set(published.duties) - set(gone)), given, problem.policy)
    holes = [breach.about.day for breach in report.hard if (breach.about.until or breach.about.day) == breach.about.day]
    days = sorted({*(duty.day for duty in gone), *(day for day in holes if day in horizon)}) or [horizon.first]
    last = min(horizon.last, max(days[0] + timedelta(days=WINDOW - 1), days[-1]))
    return Days(days[0], last)


@dataclass(frozen=True, slots=True)
class _Fewest:
    """How many changes are needed at least, and a roster with so many; none where the hard rules cannot be kept."""

    changes: int
    roster: Roster | None
    proved: bool


class _Mending:
    """One repair: the book of its window, the shapes over it, and the searches."""

    def __init__(self, problem: Problem, published: Roster, window: Days, stop: Stop) -> None:
        self.problem, self.published, self.window = problem, published, window
        self.stop = stop
        self.inside = {duty for duty in published.planned if duty.day in window}
        outside = set(published.planned) - self.inside
        self.book = option_book(problem, days=window, only=published.planned)
        possible = {entry.duty for entry in self.book.entries}
        self.gone = self.inside - possible
        self.frozen = frozenset(entry for entry in self.book.entries if entry.duty in outside)
        self.shapes = [shape for rule in problem.policy.rules for shape in rule.over(self.book) if self._open(shape)]
        self.hard = [shape for shape in self.shapes if shape.price is None]

    def _open(self, shape: Shape) -> bool:
        """Whether a cell of the window has a say in it; the rest is as it is."""
        return any(not entry.fixed and entry not in self.frozen for entry in shape.entries())

    def ways(self, fewest: _Fewest, limits: Limits, change: int, over: Stop) -> Iterator[Repaired]:
        """The cheapest roster with the fewest changes, then with one more at a time, while each saves its price."""
        if fewest.roster is None:
            broken = self._broken(limits)
            yield from [broken] if broken else []
            return
        search = self._search([*self.shapes, self._moved_breaks()], fewest.roster)
        bound = MovingBound(search.variables, self._changed(None))
        before: Repaired | None = None
        for most in range(fewest.changes, fewest.changes + STEPS):
            bound.allow(most)
            status = search.prove(limits, self.stop)
            way = self._told(search.best or fewest.roster, proved=fewest.proved)
            more = way.changed - before.changed if before else 0
            if before and more and before.report.score - way.report.score < change * more:
                return
            if before is None or more > 0:
                before = way
                yield way
            if status is not Status.OPTIMAL or over():
                return

    def fewest(self, limits: Limits) -> _Fewest:
        """The fewest changes under the hard rules.

        One more is allowed until there is a roster: so small a room is searched at once, and what was not found in
        it is proven not to be. Where many are needed a search for the fewest takes over.
        """
        search = self._search(self.hard)
        bound = MovingBound(search.variables, self._changed(None))
        for most in range(len(self.gone), len(self.gone) + STEPS):
            bound.allow(most)
            status = search.prove(limits, self.stop)
            if search.best is not None:
                return _Fewest(most, search.best, proved=True)
            if status is not Status.IMPOSSIBLE:
                break
        search = self._search([*self.hard, self._changed(flat(1))])
        proved = search.prove(limits, self.stop) is Status.OPTIMAL
        changes = diff(self.published, search.best) if search.best else ()
        return _Fewest(_changed_duties(changes), search.best, proved=proved)

    def _broken(self, limits: Limits) -> Repaired | None:
        """Where the hard rules cannot all be kept, the roster that breaks the least, then changes the least."""
        hard = [_heavier(relaxed(shape)) for shape in self.hard]
        search = self._search([*hard, self._changed(flat(LIGHT)), self._moved_breaks()])
        proved = search.prove(limits, self.stop) is Status.OPTIMAL
        return None if search.best is None else self._told(search.best, proved=proved)

    def _search(self, shapes: list[Shape], start: Roster | None = None) -> Search:
        search = Search(self.book, shapes, began=time.monotonic())
        for entry in self.frozen:
            search.variables.model.add(search.variables.literals[entry] == 1)
        search.hint(start or self.published)
        return search

    def _changed(self, price: Price | None, most: int = 0) -> Sum:
        """At most so many changed cells of the window, or each at a price: duties kept less those on rest."""
        published = {(duty.agent, duty.day): duty for duty in self.inside}
        cells = published_cells(self.book, self.window, published)
        terms = tuple(Term(cell.entries, 1 if cell.kept else -1) for cell in cells if cell.entries)
        about = About(self.window.first, None, self.window.last)
        return Sum(about, terms, low=len(published) - most, price=price)

    def _moved_breaks(self) -> Sum:
        """Each duty of the window whose breaks are not where they were: as good as free, but not for nothing."""
        terms = tuple(Term((entry,)) for entry in self.book.entries if entry.duty in self.inside)
        about = About(self.window.first, None, self.window.last)
        return Sum(about, terms, low=len(self.inside), price=flat(1))

    def _told(self, roster: Roster, *, proved: bool) -> Repaired:
        """The roster with its changes, their reasons, and what is still broken in the window or anew."""
        situation, policy = self.problem.situation, self.problem.policy
        report = check(roster, situation, policy)
        known = check(self.published, situation, policy).hard if report.hard else ()
        left = tuple(breach for breach in report.hard if _near(breach, self.window) or breach not in known)
        changes = diff(self.published, roster)
        return Repaired(roster, tuple(_reasoned(self.problem, roster, changes)), report, left, proved)


def _heavier(shape: Shape) -> Shape:
    return replace(shape, weight=shape.weight * LIGHT)


def _changed_duties(changes: Iterable[Change]) -> int:
    return sum(not change.of_breaks for change in changes)


def _near(breach: Breach, window: Days) -> bool:
    """Whether a breach lies in the window."""
    return breach.about.day <= window.last and (breach.about.until or breach.about.day) >= window.first


def _reasoned(problem: Problem, roster: Roster, changes: Iterable[Change]) -> Iterable[Reasoned]:
    """Each change with what its undoing alone would break, or cost most."""
    standing = Standing(roster, problem.situation, problem.policy)
    for change in changes:
        verdict = standing.verdict([Change(change.agent, change.day, change.new, change.old)])
        hard = tuple(breach for breach in verdict.broken if breach.hard)
        dear = tuple(sorted(verdict.broken, key=lambda breach: -breach.cost)[:1])
        yield Reasoned(change, hard or dear, verdict.cost)
