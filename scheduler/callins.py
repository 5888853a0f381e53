"""Who could be called in for a duty at short notice, the fittest first, and what it would mean for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from constraints.policy import Policy
from constraints.rules.hours import slack_minutes
from constraints.rules.pay import pay_class
from constraints.verdict import Standing
from domain.people import Agent
from domain.roster import Change, Duty, Roster, replaced
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class CallIn:
    """Somebody who is free and may take a duty."""

    agent: str
    called: int
    """Call-ins that he has had already."""
    cost: int
    """What the roster would cost more, or less."""
    slack: int
    """Minutes that his month lies below his contract before it."""
    pay: int
    """Per cent of plain pay that the duty earns him (Labour Law of China art. 44)."""


def call_ins(
    roster: Roster, situation: Situation, policy: Policy, duty: Duty, called: Mapping[str, int]
) -> tuple[CallIn, ...]:
    """Everybody who is free on the day and breaks no hard rule by it: least called in first, then least dear."""
    standing = Standing(roster, situation, policy)
    found = (_call_in(standing, agent, duty, called) for agent in _free(situation, roster, duty))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.called, one.cost, -one.slack, one.agent)))


def _free(situation: Situation, roster: Roster, duty: Duty) -> Iterator[Agent]:
    busy = {other.agent for other in roster.planned if other.day == duty.day}
    return (agent for agent in situation.agents if agent.id not in busy)


def _call_in(standing: Standing, agent: Agent, duty: Duty, called: Mapping[str, int]) -> CallIn | None:
    taken = replace(duty, agent=agent.id)
    if standing.hindrance([Change(agent.id, duty.day, None, taken)]) is not None:
        return None
    verdict = standing.verdict(replaced([duty], [taken]))
    if not verdict.allowed:
        return None
    slack = slack_minutes(standing.book, agent)
    pay = pay_class(standing.policy.rules, standing.book.situation.calendar.kind(duty.day), over=slack <= 0)
    return CallIn(agent.id, called.get(agent.id, 0), verdict.cost, slack, pay)
