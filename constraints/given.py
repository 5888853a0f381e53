"""What a situation says, looked up fast: made once, shared by all books of the situation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from constraints.timetable import Placed, Timetable, timetable
from domain.circumstances import Opening, Protection
from domain.demand import Need
from domain.people import Agent
from domain.requests import Leave, Pin, Wish
from domain.roster import Duty
from domain.situation import Situation
from domain.time import minute

Minutes = tuple[int, int]
Found = TypeVar("Found")


class Line:
    """Heads wanted along the absolute clock: first minute, end, heads, by start."""

    def __init__(self, wanted: Iterable[tuple[int, int, int]]) -> None:
        self._wanted = tuple(sorted(wanted))
        self._starts = [start for start, _, _ in self._wanted]
        self._until = list(accumulate((end for _, end, _ in self._wanted), max))

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """What is wanted between two minutes, cut to them; where nobody is wanted nothing is said."""
        for begin, stop, heads in self._wanted[bisect_right(self._until, start) : bisect_left(self._starts, end)]:
            if heads and stop > start:
                yield max(start, begin), min(end, stop), heads


class Given:
    """The people, needs, leave and requests of a situation, by what rules ask for."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.timetable: Timetable = timetable(situation.site)
        self._people = {agent.id: agent for agent in situation.agents}
        self._first = min((duty.day for duty in situation.history), default=situation.horizon.first)
        self._last = situation.horizon.last + timedelta(days=2)
        self._lasting = {
            agent.id: frozenset(one.skill for one in agent.certificates)
            for agent in situation.agents
            if all(one.holds(self._first) and one.holds(self._last) for one in agent.certificates)
        }
        self._skills: dict[tuple[str, date, date], frozenset[str]] = {}
        self._once: dict[Hashable, Any] = {}
        self._nursing = {found.agent for found in situation.protections if found.nursing}

    def person(self, agent: str) -> Agent:
        """The person of an id; an unknown one is refused."""
        return self._people.get(agent) or self.situation.agent(agent)

    def skills(self, agent: Agent, first: date, last: date) -> frozenset[str]:
        """The certificates that a person holds on both days."""
        if agent.id in self._lasting and self._first <= first and last <= self._last:
            return self._lasting[agent.id]
        key = agent.id, first, last
        found = self._skills.get(key)
        if found is None:
            held = (one.skill for one in agent.certificates)
            found = frozenset(skill for skill in held if agent.may(skill, first) and agent.may(skill, last))
            self._skills[key] = found
        return found

    def placed(self, duty: Duty) -> Placed:
        """A duty on the absolute clock; one of a person with time for nursing is available for less of it."""
        placed = self.timetable.placed(duty.shift, duty.day, duty.breaks)
        if duty.agent not in self._nursing or not self.situation.nurses(duty.agent, duty.day):
            return placed
        return self.once(("nursing", duty.shift, duty.day, duty.breaks), lambda: self._cut(placed, duty))

    def _cut(self, placed: Placed, duty: Duty) -> Placed:
        spans = self.situation.available(duty)
        return replace(placed, available=tuple((minute(span.start), minute(span.end)) for span in spans))

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What a rule works out from the situation alone, made at the first question."""
        if key not in self._once:
            self._once[key] = make()
        found: Found = self._once[key]
        return found

    @cached_property
    def away(self) -> dict[str, tuple[Minutes, ...]]:
        """Approved leave of each person, as minutes of the absolute clock."""
        return _grouped((leave.agent, self._away(leave)) for leave in self.situation.leaves)

    def _away(self, leave: Leave) -> Minutes:
        """From when to when somebody is on leave."""
        span = leave.span(self.situation.site.zone)
        return minute(span.start), minute(span.end)

    @cached_property
    def leaves(self) -> dict[str, tuple[Leave, ...]]:
        """The approved leave of each person."""
        return _grouped((leave.agent, leave) for leave in self.situation.leaves)

    @cached_property
    def unavailable(self) -> dict[str, tuple[Minutes, ...]]:
        """The minutes at which each person cannot work."""
        spans = self.situation.unavailabilities
        return _grouped((found.agent, (minute(found.span.start), minute(found.span.end))) for found in spans)

    @cached_property
    def protections(self) -> dict[str, tuple[Protection, ...]]:
        """The protection of each person by law."""
        return _grouped((found.agent, found) for found in self.situation.protections)

    def opening(self, agent: str) -> Opening:
        """What a person brings from the months before; nothing where nothing is told."""
        return self._openings.get(agent) or Opening(agent)

    @cached_property
    def _openings(self) -> dict[str, Opening]:
        return {found.agent: found for found in self.situation.openings}

    def exempt(self, agent: str, day: date) -> bool:
        """Whether the overtime of a person's duty is not limited on a day."""
        return any(found.holds(agent, day) for found in self.situation.exemptions)

    @cached_property
    def published(self) -> dict[tuple[str, date], Duty]:
        """The published duty of each cell."""
        return {(duty.agent, duty.day): duty for duty in self.situation.published}

    @cached_property
    def pins(self) -> dict[str, tuple[Pin, ...]]:
        """The fixed cells of each person."""
        return _grouped((pin.agent, pin) for pin in self.situation.pins)

    @cached_property
    def wishes(self) -> dict[str, tuple[Wish, ...]]:
        """The wishes of each person."""
        return _grouped((wish.agent, wish) for wish in self.situation.wishes)

    @cached_property
    def valued(self) -> dict[str, tuple[Need, ...]]:
        """The needs of each work that tell what every head is worth, if all that ask for heads do."""
        found = _grouped((need.work, need) for need in self.situation.requirement.needs if need.heads)
        return {work: needs for work, needs in found.items() if all(len(n.worth) >= n.heads for n in needs)}

    @cached_property
    def needs(self) -> dict[str, Line]:
        """The needs of each work."""
        found = _grouped(
            (need.work, (minute(need.span.start), minute(need.span.end), need.heads))
            for need in self.situation.requirement.needs
        )
        return {work: Line(needs) for work, needs in found.items()}


def _grouped(pairs: Iterable[tuple[str, Found]]) -> dict[str, tuple[Found, ...]]:
    groups: defaultdict[str, list[Found]] = defaultdict(list)
    for key, found in pairs:
        groups[key].append(found)
    return {key: tuple(group) for key, group in groups.items()}
