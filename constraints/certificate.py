"""The proof of 24-hour emergency cover, by a way of its own: it reads the duties and knows no rule and no shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
    people: list[set[str]] = [set() for _ in range(last - first)]
    duties = touching({*situation.history, *roster.planned}, situation)
    for duty in duties:
        if _qualified(duty, situation, skill):
            for span in situation.available(duty):
                for moment in range(max(minute(span.start), first), min(minute(span.end), last)):
                    people[moment - first].add(duty.agent)
    heads = [len(there) for there in people]
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
