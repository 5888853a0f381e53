"""The proof of 24-hour emergency cover, by a way of its own: it reads the duties and knows no rule and no shape."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from domain.roster import Duty, Roster
from domain.shifts import Layout
from domain.situation import Situation
from domain.time import Span, minute


@dataclass(frozen=True, slots=True)
class Certificate:
    """The fewest emergency people available at any minute of the horizon, and where."""

    skill: str
    floor: int
    minimum: int
    where: datetime
    """First minute at which the minimum occurs."""
    minutes_below: int
    minutes: int
    roster_hash: str
    law: str = ""
    """The law pack and its day, under which the roster was made."""

    @property
    def holds(self) -> bool:
        """Whether every minute keeps the floor."""
        return self.minimum >= self.floor


def certify(roster: Roster, situation: Situation, skill: str, floor: int) -> Certificate:
    """Count distinct qualified people, minute by minute, over the whole horizon."""
    zone = situation.site.zone
    first = minute(zone.day(roster.horizon.first).start)
    last = minute(zone.day(roster.horizon.last).end)
    duties = touching({*situation.history, *roster.planned}, situation)
    heads = _heads(_presence(duties, situation, skill), first, last)
    fewest = min(heads)
    return Certificate(
        skill,
        floor,
        fewest,
        zone.from_minute(first + heads.index(fewest)),
        sum(count < floor for count in heads),
        len(heads),
        roster_hash(duties),
    )


def _presence(duties: Iterable[Duty], situation: Situation, skill: str) -> Iterator[tuple[int, int]]:
    """When each qualified person is available: whoever has two duties at once is still one person."""
    clock, people = _Clock(situation), {agent.id: agent for agent in situation.agents}
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for duty in duties:
        agent = people.get(duty.agent) or situation.agent(duty.agent)
        if agent.may(skill, duty.day) and agent.may(skill, clock.last_day(duty)):
            spans[duty.agent] += clock.available(duty)
    for own in spans.values():
        until = 0
        for start, end in sorted(own):
            yield min(max(start, until), end), end
            until = max(until, end)


class _Clock:
    """When duties are on the absolute clock; what many share is looked up once."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._last_days: dict[tuple[str, date], date] = {}
        self._available: dict[tuple[str, date, Layout], list[tuple[int, int]]] = {}

    def last_day(self, duty: Duty) -> date:
        """The day of its last minute."""
        key = duty.shift, duty.day
        if key not in self._last_days:
            end = minute(_span(duty, self._situation).end)
            self._last_days[key] = self._situation.site.zone.from_minute(end - 1).date()
        return self._last_days[key]

    def available(self, duty: Duty) -> list[tuple[int, int]]:
        """When its person can take calls; time for nursing is somebody's own."""
        if self._situation.nurses(duty.agent, duty.day):
            return self._minutes(duty)
        key = duty.shift, duty.day, duty.breaks
        if key not in self._available:
            self._available[key] = self._minutes(duty)
        return self._available[key]

    def _minutes(self, duty: Duty) -> list[tuple[int, int]]:
        return [(minute(span.start), minute(span.end)) for span in self._situation.available(duty)]


def _heads(presence: Iterable[tuple[int, int]], first: int, last: int) -> list[int]:
    """How many people there are at each minute."""
    steps = [0] * (last - first + 1)
    for start, end in presence:
        steps[min(max(start, first), last) - first] += 1
        steps[min(max(end, first), last) - first] -= 1
    return list(accumulate(steps[:-1]))


def touching(duties: Iterable[Duty], situation: Situation) -> list[Duty]:
    """The duties that reach into the horizon, in order: the night that began on its eve is among them."""
    begin = minute(situation.site.zone.day(situation.horizon.first).start)
    return [duty for duty in sorted(duties) if minute(_span(duty, situation).end) > begin]


def roster_hash(duties: Iterable[Duty]) -> str:
    """SHA-256 over the duties in order, a line each: day, agent, shift, work, and where breaks were moved to."""
    return hashlib.sha256("".join(map(_line, sorted(duties))).encode()).hexdigest()


def _line(duty: Duty) -> str:
    moved = "".join(f"\t{begin}" for begin in duty.breaks)
    return f"{duty.day.isoformat()}\t{duty.agent}\t{duty.shift}\t{duty.work}{moved}\n"


def _span(duty: Duty, situation: Situation) -> Span:
    return situation.site.shift(duty.shift).span(situation.site.zone, duty.day)
