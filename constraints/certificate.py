"""The proof of 24-hour emergency cover, by a way of its own: it reads the duties and knows no rule and no shape."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from domain.roster import Duty, Roster
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
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for duty in duties:
        if _qualified(duty, situation, skill):
            spans[duty.agent] += ((minute(span.start), minute(span.end)) for span in situation.available(duty))
    for own in spans.values():
        until = 0
        for start, end in sorted(own):
            yield min(max(start, until), end), end
            until = max(until, end)


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


def _qualified(duty: Duty, situation: Situation, skill: str) -> bool:
    span = _span(duty, situation)
    last_day = situation.site.zone.from_minute(minute(span.end) - 1).date()
    agent = situation.agent(duty.agent)
    return agent.may(skill, duty.day) and agent.may(skill, last_day)


def _span(duty: Duty, situation: Situation) -> Span:
    return situation.site.shift(duty.shift).span(situation.site.zone, duty.day)
