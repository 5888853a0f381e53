"""The seventh law: what column generation says of a month, the evaluator says too."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from constraints.book import Book
from constraints.check import check
from constraints.policy import HOUSE_POLICY, Policy
from constraints.rule import Rule, Scope
from constraints.rules.rest import OneDutyADay
from domain.roster import Roster
from domain.situation import Situation
from scheduler.columns.answer import Answer
from scheduler.columns.clock import Clock
from scheduler.columns.compile import Compiled
from scheduler.options import all_duties
from scheduler.problem import Limits, Problem
from tests import builders as b
from tests.laws.samples import SAMPLES
from tests.laws.situations import rostered

Rostered = tuple[Situation, Roster]
every_rule = pytest.mark.parametrize(
    "rule",
    [rule for rule in SAMPLES if not isinstance(rule, OneDutyADay)],
    ids=lambda rule: f"{rule.kind}-{'hard' if rule.price is None else 'priced'}",
)


def compiled_for(situation: Situation, policy: Policy, roster: Roster) -> Compiled:
    book = Book(situation, {*all_duties(Problem(situation, policy)), *roster.planned})
    shapes = [shape for rule in policy.rules for shape in rule.over(book)]
    return Compiled(book, shapes, Clock(Limits(), time.monotonic()))


def single(roster: Roster) -> Roster:
    """One duty a person and day."""
    return Roster.of(roster.horizon, {(duty.agent, duty.day): duty for duty in roster.duties}.values())


@every_rule
@settings(max_examples=15, deadline=None)
@given(drawn=rostered())
def test_columns_price_a_roster_as_the_evaluator_does(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn[0], single(drawn[1])
    policy = Policy(rules=(OneDutyADay(), rule))
    report = check(roster, situation, policy)
    compiled = compiled_for(situation, policy, roster)
    columns = compiled.columns(roster)
    answer = Answer(compiled, columns) if columns else None
    assert (answer is not None and answer.clean) == report.clean
    if answer is not None and report.clean:
        assert round(answer.price) == report.score


@settings(max_examples=40, deadline=None)
@given(drawn=rostered())
def test_columns_price_the_whole_house_policy_as_the_evaluator_does(drawn: Rostered) -> None:
    situation, roster = drawn[0], single(drawn[1])
    report = check(roster, situation, HOUSE_POLICY)
    compiled = compiled_for(situation, HOUSE_POLICY, roster)
    columns = compiled.columns(roster)
    answer = Answer(compiled, columns) if columns else None
    assert (answer is not None and answer.clean) == report.clean
    if answer is not None and report.clean:
        assert round(answer.price) == report.score


@every_rule
@settings(max_examples=8, deadline=None)
@given(drawn=rostered())
def test_the_cheapest_month_costs_no_more_than_any_other(rule: Rule, drawn: Rostered) -> None:
    """The pricer's promise is a bound from below, whatever the months are worth."""
    if rule.scope is Scope.SITE:
        return
    situation, roster = drawn[0], single(drawn[1])
    compiled = compiled_for(situation, Policy(rules=(OneDutyADay(), rule)), roster)
    chance = np.random.default_rng(7)
    for person in compiled.people:
        teams = np.zeros(len(compiled.coupling.team_ends))
        cost, marks = person.cost_at(teams, np.zeros(len(person.sums)))
        worth = chance.integers(0, 9, cost.shape).astype(float)
        price, _ = person.month(cost - worth, marks, compiled.clock)
        for _ in range(20):
            chosen = np.array([chance.integers(0, len(cell)) for cell in person.reading.choices.cells])
            column = person.column(chosen)
            if column is not None:
                assert price <= column.price - worth[np.arange(len(chosen)), chosen].sum() + 1e-6


@every_rule
@settings(max_examples=8, deadline=None)
@given(drawn=rostered())
def test_no_month_within_a_limit_is_missing_among_those_near_the_cheapest(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn[0], single(drawn[1])
    compiled = compiled_for(situation, Policy(rules=(OneDutyADay(), rule)), roster)
    chance = np.random.default_rng(7)
    for person in compiled.people:
        cost, marks = person.cost_at(np.zeros(len(compiled.coupling.team_ends)), np.zeros(len(person.sums)))
        worth = chance.integers(0, 3, cost.shape).astype(float)
        least, _ = person.month(cost - worth, marks, compiled.clock)
        limit = least + 2
        near = person.near(cost - worth, marks, 2, 3000)
        if near is None:
            continue
        keys = {month.key for month in near}
        assert len(keys) == len(near)
        assert bool(near) == (least < np.inf)
        for _ in range(50):
            month = person.column(np.array([chance.integers(0, len(cell)) for cell in person.reading.choices.cells]))
            if month and month.price - worth[np.arange(len(month.chosen)), month.chosen].sum() <= limit:
                assert month.key in keys


def test_more_months_than_asked_for_are_none_at_all() -> None:
    situation = b.situation(2, days=6, at=b.site(replace(b.EARLY, breaks=()), replace(b.NIGHT, breaks=())))
    compiled = compiled_for(situation, Policy(rules=(OneDutyADay(),)), Roster.of(situation.horizon, ()))
    person = compiled.people[0]
    cost, marks = person.cost_at(np.zeros(len(compiled.coupling.team_ends)), np.zeros(len(person.sums)))
    months = math.prod(map(len, person.reading.choices.cells))
    assert person.near(cost, marks, 0.0, months - 1) is None
    assert len(person.near(cost, marks, 0.0, months) or ()) == months
