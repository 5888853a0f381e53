"""What every rule of the catalogue must obey."""

from __future__ import annotations

import json
from inspect import isabstract
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings
from pydantic import TypeAdapter

from constraints.book import Book
from constraints.catalogue import RULES, AnyRule
from constraints.check import breaches, check
from constraints.labels import LABELS
from constraints.policy import HOUSE_POLICY, Policy
from constraints.rule import Rule, Scope
from constraints.rules.rest import OneDutyADay
from constraints.shapes import Shape
from domain.language import Language, day_text
from domain.roster import Roster
from domain.situation import Situation
from scheduler.options import all_duties, option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search
from tests import builders as b
from tests.laws.samples import SAMPLES
from tests.laws.situations import rostered

Rostered = tuple[Situation, Roster]
every_rule = pytest.mark.parametrize(
    "rule", SAMPLES, ids=lambda rule: f"{rule.kind}-{'hard' if rule.price is None else 'priced'}"
)
LIMITS = Limits(seconds=20, threads=1)


def full_book(situation: Situation, roster: Roster) -> Book:
    return Book(situation, {*all_duties(Problem(situation, Policy(rules=(SAMPLES[0],)))), *roster.planned})


def judged_in(book: Book, rule: Rule, roster: Roster) -> tuple[bool, int]:
    duties = set(roster.duties) | set(book.situation.history)
    chosen = frozenset(entry for entry in book.entries if entry.duty in duties)
    found = list(breaches(rule, book, chosen))
    return not found, sum(breach.cost for breach in found)


def fixed_in_model(book: Book, rule: Rule, roster: Roster) -> tuple[Status, float]:
    shapes: list[Shape] = list(rule.over(book))
    search = Search(book, shapes, began=0)
    search.fix(roster)
    return search.run(LIMITS), round(search.bound, 6)  # the solver tells it as a float


@every_rule
@settings(max_examples=25, deadline=None)
@given(drawn=rostered())
def test_the_worked_book_and_the_full_book_agree(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn
    worked = judged_in(Book(situation, roster.planned), rule, roster)
    assert judged_in(full_book(situation, roster), rule, roster) == worked


@every_rule
@settings(max_examples=12, deadline=None)
@given(drawn=rostered())
def test_a_roster_fits_the_model_exactly_when_it_is_clean_and_costs_its_score(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn
    policy = Policy(rules=(rule,))
    report = check(roster, situation, policy)
    status, cost = fixed_in_model(full_book(situation, roster), rule, roster)
    if rule.price is None:
        assert (status is Status.OPTIMAL) == report.clean
    else:
        assert (status, cost) == (Status.OPTIMAL, report.score)


@settings(max_examples=60, deadline=None)
@given(drawn=rostered())
def test_the_whole_house_policy_fits_together_in_the_model(drawn: Rostered) -> None:
    situation, roster = drawn
    problem = Problem(situation, HOUSE_POLICY)
    report = check(roster, situation, HOUSE_POLICY)
    book = option_book(problem)
    search = Search(book, [shape for rule in HOUSE_POLICY.rules for shape in rule.over(book)], began=0)
    search.fix(roster)
    known = set(roster.planned) <= {entry.duty for entry in book.entries}
    fits = known and search.run(LIMITS) is Status.OPTIMAL
    assert fits == report.clean
    assert not fits or search.bound == report.score


@settings(max_examples=60, deadline=None)
@given(drawn=rostered())
def test_personal_rules_fit_together_whatever_excludes_what(drawn: Rostered) -> None:
    situation, roster = drawn
    policy = Policy(rules=(OneDutyADay(), *(rule for rule in SAMPLES if rule.scope is Scope.AGENT and rule.price)))
    report = check(roster, situation, policy)
    book = full_book(situation, roster)
    search = Search(book, [shape for rule in policy.rules for shape in rule.over(book)], began=0)
    search.fix(roster)
    assert (search.run(LIMITS) is Status.OPTIMAL) == report.clean
    assert not report.clean or search.bound == report.score


@every_rule
def test_the_law_has_something_to_judge(rule: Rule) -> None:
    """A law is worth what its draws are: each rule is both kept and broken by them."""
    policy = Policy(rules=(rule,))
    search = settings(max_examples=3000, database=None, phases=[Phase.generate], derandomize=True)
    find(rostered(), lambda drawn: not check(drawn[1], drawn[0], policy).breaches, settings=search)
    find(rostered(), lambda drawn: bool(check(drawn[1], drawn[0], policy).breaches), settings=search)


@every_rule
@settings(max_examples=25, deadline=None)
@given(drawn=rostered())
def test_a_breach_names_person_day_number_and_bound(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn
    for breach in check(roster, situation, Policy(rules=(rule,))).breaches:
        facts = breach.facts()
        for language in Language:
            said = breach.said(language)
            assert (breach.about.agent is None) or breach.about.agent.name in said
            assert day_text(breach.about.day).said(language) in said
            bounds = [facts[name].said(language) for name in ("bound", "bound_hours")] + [
                str(getattr(rule, number, None)) for number in ("hours", "days", "tolerance")
            ]
            values = [facts[name].said(language) for name in ("value", "value_hours", "duties")]
            assert any(bound in said for bound in bounds)
            assert any(value in said for value in values)
            assert "{" not in said


@every_rule
@settings(max_examples=25, deadline=None)
@given(drawn=rostered())
def test_history_alone_is_never_a_new_breach(rule: Rule, drawn: Rostered) -> None:
    situation, roster = drawn
    policy = Policy(rules=(rule,))
    empty = b.roster(situation)
    forgotten = Situation(
        situation.site,
        situation.horizon,
        situation.agents,
        situation.requirement,
        situation.calendar,
        (),
        situation.leaves,
        situation.unavailabilities,
        situation.wishes,
        situation.pins,
        situation.published,
        situation.protections,
        situation.exemptions,
        situation.openings,
    )
    with_past, without = check(empty, situation, policy), check(Roster.of(roster.horizon, ()), forgotten, policy)
    assert sum(breach.measure.gap * weight(breach.about.span) for breach in with_past.breaches) <= sum(
        breach.measure.gap * weight(breach.about.span) for breach in without.breaches
    )


def weight(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 1


def test_every_rule_class_is_in_the_catalogue_with_samples_of_it() -> None:
    assert concrete(Rule) == set(RULES)
    assert {type(sample) for sample in SAMPLES} == set(RULES)


def concrete(kind: type) -> set[type]:
    children: list[type] = type.__subclasses__(kind)
    found = set[type]().union(*(concrete(child) for child in children))
    return found if isabstract(kind) else {kind, *found}


def test_every_rule_is_in_the_schema_and_in_the_docs() -> None:
    schema = json.dumps(TypeAdapter(AnyRule).json_schema())
    docs = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    for rule in RULES:
        kind = rule.model_fields["kind"].default
        assert f'"{kind}"' in schema
        assert f"`{kind}`" in docs


@every_rule
def test_a_rule_survives_json(rule: Rule) -> None:
    policy = Policy(rules=(rule,))
    assert Policy.model_validate_json(policy.model_dump_json()) == policy


@every_rule
def test_a_price_never_falls_with_the_gap(rule: Rule) -> None:
    if rule.price is not None:
        costs = [rule.price.of(gap) for gap in range(8)]
        rises = [after - before for before, after in pairwise(costs)]
        assert rises == sorted(rises)


def test_every_field_of_every_rule_has_a_name_in_both_languages() -> None:
    fields = {name for rule in RULES for name in rule.model_fields} - {"kind"}
    assert fields == set(LABELS)
    assert all(label.zh and label.en for label in LABELS.values())
