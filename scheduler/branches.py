"""A problem with something changed: its demand, its people, its rules."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from constraints.catalogue import AnyRule
from constraints.policy import Policy
from domain.demand import Need, Requirement
from domain.people import Agent
from scheduler.problem import Problem


class _Of(Protocol):
    """Something that belongs to a person."""

    @property
    def agent(self) -> str:
        """Whose it is."""


Thing = TypeVar("Thing", bound=_Of)


def with_demand(problem: Problem, factor: float) -> Problem:
    """The problem with its needs scaled; whole heads follow from the exact ones, minimum heads stay."""
    needs = tuple(_scaled(need, factor) for need in problem.situation.requirement.needs)
    return replace(problem, situation=replace(problem.situation, requirement=Requirement(needs)))


def _scaled(need: Need, factor: float) -> Need:
    minimum = need.heads if need.heads > math.ceil(need.fractional - 1e-9) else 0
    exact = need.fractional * factor
    worth = tuple(each * factor for each in need.worth)
    return replace(need, heads=max(minimum, math.ceil(exact - 1e-9)), fractional=exact, worth=worth)


def with_people(problem: Problem, *agents: Agent) -> Problem:
    """The problem with more people."""
    situation = problem.situation
    return replace(problem, situation=replace(situation, agents=(*situation.agents, *agents)))


def without_person(problem: Problem, agent_id: str) -> Problem:
    """The problem without a person, what they asked for and what they did."""
    given = problem.situation
    person = given.agent(agent_id)

    def others(things: Iterable[Thing]) -> tuple[Thing, ...]:
        return tuple(thing for thing in things if thing.agent != person.id)

    situation = replace(
        given,
        agents=tuple(agent for agent in given.agents if agent != person),
        history=others(given.history),
        leaves=others(given.leaves),
        unavailabilities=others(given.unavailabilities),
        wishes=others(given.wishes),
        pins=others(given.pins),
        published=others(given.published),
        protections=others(given.protections),
        openings=others(given.openings),
    )
    return replace(problem, situation=situation)


def with_rule(problem: Problem, rule: AnyRule) -> Problem:
    """The problem with a rule in place of the first of its kind, or added."""
    rules = list(problem.policy.rules)
    place = next((place for place, each in enumerate(rules) if each.kind == rule.kind), len(rules))
    return replace(problem, policy=Policy(rules=(*rules[:place], rule, *rules[place + 1 :]), law=problem.policy.law))


def without_rule(problem: Problem, kind: str) -> Problem:
    """The problem without the rules of a kind, unless they bind everybody."""
    rules = tuple(rule for rule in problem.policy.rules if rule.kind != kind or rule.binding)
    return replace(problem, policy=Policy(rules=rules, law=problem.policy.law))
