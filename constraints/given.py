"""What a situation says, looked up fast: made once, shared by all books of the situation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from constraints.timetable import Timetable, timetable
from domain.people import Agent
from domain.requests import Leave, Pin, Wish
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
        self._lasting = {
            agent.id: frozenset(one.skill for one in agent.certificates)
            for agent in situation.agents
            if all(one.valid_from is None and one.valid_until is None for one in agent.certificates)
        }
        self._skills: dict[tuple[str, date, date], frozenset[str]] = {}
        self._once: dict[Hashable, Any] = {}

    def person(self, agent: str) -> Agent:
        """The person of an id; an unknown one is refused."""
        return self._people.get(agent) or self.situation.agent(agent)

    def skills(self, agent: Agent, first: date, last: date) -> frozenset[str]:
        """The certificates that a person holds on both days."""
        if agent.id in self._lasting:
            return self._lasting[agent.id]
        key = agent.id, first, last
        found = self._skills.get(key)
        if found is None:
            held = (one.skill for one in agent.certificates)
            found = frozenset(skill for skill in held if agent.may(skill, first) and agent.may(skill, last))
            self._skills[key] = found
        return found

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What a rule works out from the situation alone, made at the first question."""
        if key not in self._once:
            self._once[key] = make()
        found: Found = self._once[key]
        return found

    @cached_property
    def away(self) -> dict[str, tuple[Minutes, ...]]:
        """Approved leave of each person, as minutes of the absolute clock."""
        day = self.timetable.day
        return _grouped(
            (leave.agent, (day(leave.days.first)[0], day(leave.days.last)[1])) for leave in self.situation.leaves
        )

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
    def pins(self) -> dict[str, tuple[Pin, ...]]:
        """The fixed cells of each person."""
        return _grouped((pin.agent, pin) for pin in self.situation.pins)

    @cached_property
    def wishes(self) -> dict[str, tuple[Wish, ...]]:
        """The wishes of each person."""
        return _grouped((wish.agent, wish) for wish in self.situation.wishes)

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
