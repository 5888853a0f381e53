"""N-1: who could stand in for each duty without which the emergency floor falls, and where nobody could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from constraints.policy import Policy
from constraints.rules.cover import EmergencyFloor
from constraints.verdict import Standing
from domain.people import Agent
from domain.roster import Change, Duty, Roster
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who may take a duty, and what the roster would cost more or less then."""

    agent: str
    cost: int
    gives_up: Duty | None
    """The duty of the same day that the person would leave for it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A duty whose absence breaks the emergency floor, with those who could stand in, the cheapest first."""

    duty: Duty
    stand_ins: tuple[StandIn, ...]

    @property
    def survives(self) -> bool:
        """Whether somebody could take it."""
        return bool(self.stand_ins)


def slots(roster: Roster, situation: Situation, policy: Policy) -> tuple[Slot, ...]:
    """Every duty that the floor cannot do without, with its legal stand-ins; what nobody survives is in plain sight."""
    search = _Search(roster, situation, policy)
    return tuple(Slot(duty, tuple(search.stand_ins(duty))) for duty in roster.planned if search.needed(duty))


def stand_ins(roster: Roster, situation: Situation, policy: Policy, duty: Duty) -> tuple[StandIn, ...]:
    """Who could take one duty, the cheapest first."""
    return tuple(_Search(roster, situation, policy).stand_ins(duty))


def floor_needs(roster: Roster, situation: Situation, policy: Policy, duty: Duty) -> bool:
    """Whether the emergency floor falls without one duty."""
    return _falls(_floor(roster, situation, policy), duty)


def _floor(roster: Roster, situation: Situation, policy: Policy) -> Standing | None:
    """The roster, to be asked about its floor alone; None: it has none."""
    floors = tuple(rule for rule in policy.rules if isinstance(rule, EmergencyFloor))
    return Standing(roster, situation, Policy(rules=floors)) if floors else None


def _falls(floor: Standing | None, duty: Duty) -> bool:
    gone = [Change(duty.agent, duty.day, duty, None)]
    return floor is not None and not floor.verdict(gone).allowed


class _Search:
    """A roster, asked for each of its duties."""

    def __init__(self, roster: Roster, situation: Situation, policy: Policy) -> None:
        self.skills = {rule.skill for rule in policy.rules if isinstance(rule, EmergencyFloor)}
        self.situation = situation
        self.floor = _floor(roster, situation, policy)
        self.whole = Standing(roster, situation, policy)
        self._by_cell: defaultdict[tuple[str, date], list[Duty]] = defaultdict(list)
        self._suits: dict[Change, bool] = {}
        for duty in roster.planned:
            self._by_cell[duty.agent, duty.day].append(duty)

    def needed(self, duty: Duty) -> bool:
        """Whether the floor falls without the duty."""
        return _falls(self.floor, duty)

    def stand_ins(self, duty: Duty) -> list[StandIn]:
        """Those whose taking it breaks no hard rule, the cheapest first."""
        found = [one for agent in self.situation.agents if agent.id != duty.agent for one in self._offers(duty, agent)]
        return sorted(found, key=lambda one: (one.cost, one.agent))

    def _offers(self, duty: Duty, agent: Agent) -> Iterator[StandIn]:
        """A person on rest, or one on a duty that can be left."""
        if not any(agent.may(skill, duty.day) for skill in self.skills) or not agent.may(duty.work, duty.day):
            return
        here = self._by_cell.get((agent.id, duty.day), [])
        if len(here) > 1:
            return
        own = here[0] if here else None
        taken = replace(duty, agent=agent.id)
        if own == taken or (own is not None and own.shift == duty.shift):
            return
        take = Change(agent.id, duty.day, own, taken)
        if take not in self._suits:
            self._suits[take] = self.whole.hindrance([take]) is None
        verdict = self.whole.verdict([Change(duty.agent, duty.day, duty, None), take]) if self._suits[take] else None
        if verdict and verdict.allowed:
            yield StandIn(agent.id, verdict.cost, own)
