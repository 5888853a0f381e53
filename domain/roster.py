"""The roster: who works which shift on which day, and the changes between two rosters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from operator import attrgetter
from typing import Self

from domain.language import Refusal, Text, day_text, plain
from domain.shifts import Layout
from domain.time import Days


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One person, one day, one shift, serving one kind of work; it belongs to the day on which it starts."""

    day: date
    agent: str
    shift: str
    work: str
    breaks: Layout = ()
    """Where its breaks lie; empty: each as early as the shift lets it."""

    def alike(self, other: Duty) -> bool:
        """Whether they differ at most in where the breaks lie."""
        return (self.day, self.agent, self.shift, self.work) == (other.day, other.agent, other.shift, other.work)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one cell: a duty appears, disappears or gives way to another."""

    agent: str
    day: date
    old: Duty | None
    new: Duty | None

    def __post_init__(self) -> None:
        if self.old == self.new:
            raise Refusal(Text("变更前后相同", "a change must change something"))
        if any((duty.agent, duty.day) != (self.agent, self.day) for duty in (self.old, self.new) if duty):
            raise Refusal(Text("变更的班次不属于该人该日", "the duties of a change belong to its person and day"))

    @property
    def of_breaks(self) -> bool:
        """Whether only breaks move: the lightest change there is."""
        return self.old is not None and self.new is not None and self.old.alike(self.new)


@dataclass(frozen=True, slots=True)
class Roster:
    """All duties of a site: the horizon that is planned, and the history before it, in one."""

    horizon: Days
    duties: tuple[Duty, ...]

    @classmethod
    def of(cls, horizon: Days, duties: Iterable[Duty]) -> Self:
        """A roster of these duties, each once, in order."""
        return cls(horizon, tuple(in_order(set(duties))))

    @property
    def planned(self) -> tuple[Duty, ...]:
        """The duties inside the horizon."""
        first, last = self.horizon.first, self.horizon.last
        return tuple(duty for duty in self.duties if first <= duty.day <= last)

    @property
    def history(self) -> tuple[Duty, ...]:
        """The duties before the horizon; they are facts."""
        return tuple(duty for duty in self.duties if duty.day < self.horizon.first)

    def apply(self, changes: Iterable[Change]) -> Self:
        """The roster after all changes; an old duty that is not there is refused."""
        duties = set(self.duties)
        changes = tuple(changes)
        for change in changes:
            if change.day < self.horizon.first:
                raise Refusal(Text("过去的班次不能更改", "the past cannot be changed"))
            if change.old and change.old not in duties:
                raise Refusal(_not_there(change.old))
            duties -= {change.old} if change.old else set()
        duties |= {change.new for change in changes if change.new}
        return type(self).of(self.horizon, duties)


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Duties sorted as they compare; by their fields at once, which is many times quicker."""
    return sorted(duties, key=attrgetter("day", "agent", "shift", "work", "breaks"))


def diff(previous: Roster, new: Roster) -> tuple[Change, ...]:
    """The changes that lead from one roster to the other, by day and person."""
    return replaced(set(previous.duties) - set(new.duties), set(new.duties) - set(previous.duties))


def replaced(old: Iterable[Duty], new: Iterable[Duty]) -> tuple[Change, ...]:
    """Duties that give way to others, cell by cell, by day and person."""
    gone, come = _by_cell(old), _by_cell(new)
    return tuple(
        Change(agent, day, before, after)
        for day, agent in sorted(gone.keys() | come.keys())
        for before, after in zip_longest(gone[day, agent], come[day, agent])
    )


def _by_cell(duties: Iterable[Duty]) -> defaultdict[tuple[date, str], list[Duty]]:
    cells: defaultdict[tuple[date, str], list[Duty]] = defaultdict(list)
    for duty in sorted(duties):
        cells[duty.day, duty.agent].append(duty)
    return cells


def _not_there(duty: Duty) -> Text:
    return Text("{agent} 在{day}没有“{shift}”班", "{agent} has no duty “{shift}” on {day}").filled(
        agent=plain(duty.agent), day=day_text(duty.day), shift=plain(duty.shift)
    )
