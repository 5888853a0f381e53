from __future__ import annotations

from dataclasses import replace

import pytest

from constraints.policy import Policy
from constraints.rules.cells import Certified, OnLeave
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import ContractHours
from constraints.rules.rest import OneDutyADay
from constraints.rules.wishes import Wishes
from domain.language import Refusal, plain
from domain.requests import Wish, WishKind
from scheduler.branches import with_demand, with_people, with_rule, without_person, without_rule
from scheduler.candidates import DIFFERENT, candidates, distance, leaning
from scheduler.problem import Limits, Problem
from scheduler.whatif import Branch, compare
from tests import builders as b
from tests.scheduler.test_repair import SHIFTS

LIMITS = Limits(seconds=3, threads=1)
POLICY = Policy(
    rules=(
        EmergencyFloor(people=1),
        Requirement(),
        OneDutyADay(),
        ContractHours(),
        Certified(),
        OnLeave(),
        Wishes(),
        FairShare(of=Burden.NIGHTS),
    )
)


def problem(people: int = 6) -> Problem:
    at = b.site(*SHIFTS)
    needs = [b.need(at, day, hour, hour + 1, 2) for day in b.horizon(4) for hour in range(9, 20)]
    wishes = [Wish("A01", b.MONDAY, WishKind.OFF, weight=3)]
    return Problem(b.situation(people, days=4, at=at, needs=needs, wishes=wishes), POLICY)


def test_cases_are_solved_alike_and_compared_in_figures() -> None:
    base = problem(3)
    more = with_people(base, *(b.agent(name, "service", "emergency") for name in ("B01", "B02", "B03")))
    found = compare([Branch(plain("now"), base), Branch(plain("more"), more)], LIMITS)
    now, then = (outcome.figures for outcome in found)
    assert now is not None
    assert then is not None
    assert then.covered > now.covered
    assert then.costs.get("requirement", 0) < now.costs["requirement"]
    assert now.wishes == 1


def test_demand_is_scaled_from_the_exact_need_and_minimum_heads_stay() -> None:
    base = problem()
    need = replace(base.situation.requirement.needs[0], heads=3, fractional=2.1, worth=(4.0, 2.0, 1.0))
    least = replace(need, heads=2, fractional=0.2, worth=())
    given = replace(base.situation, requirement=replace(base.situation.requirement, needs=(need, least)))
    more = with_demand(replace(base, situation=given), 1.5).situation.requirement.needs
    assert [(one.heads, round(one.fractional, 3)) for one in more] == [(4, 3.15), (2, 0.3)]
    assert more[0].worth == (6.0, 3.0, 1.5)


def test_a_person_leaves_with_all_that_is_theirs() -> None:
    left = without_person(problem(), "A01")
    assert "A01" not in {agent.id for agent in left.situation.agents}
    assert left.situation.wishes == ()
    with pytest.raises(Refusal):
        without_person(problem(), "nobody")


def test_a_rule_is_put_in_place_of_its_kind_or_added_and_binding_ones_stay() -> None:
    dear = with_rule(problem(), Wishes(price=None))
    assert [rule.kind for rule in dear.policy.rules] == [rule.kind for rule in POLICY.rules]
    assert next(rule for rule in dear.policy.rules if rule.kind == "wishes").price is None
    assert "wishes" not in {rule.kind for rule in without_rule(problem(), "wishes").policy.rules}
    assert without_rule(problem(), "emergency-floor").policy == POLICY


def test_candidates_differ_clearly_and_lean_where_they_say() -> None:
    found = candidates(problem(8), Limits(seconds=8, threads=1), 3)
    assert found[0].name.en == "balanced"
    assert len(found) >= 2
    for place, one in enumerate(found):
        assert one.figures.hard == 0
        assert all(distance(one.roster, other.roster) >= DIFFERENT for other in found[:place])


def test_a_moved_break_makes_no_other_roster() -> None:
    situation = b.situation(2, at=b.site(*SHIFTS))
    duties = [b.duty("A01", b.MONDAY), b.duty("A02", b.MONDAY, b.LATE)]
    one, moved = b.roster(situation, *duties), b.roster(situation, replace(duties[0], breaks=(240,)), duties[1])
    assert distance(one, moved) == 0.0
    assert distance(one, b.roster(situation, duties[0])) == pytest.approx(1 / 3)


def test_leaning_multiplies_the_price_of_its_rules_alone() -> None:
    dear = leaning(POLICY, {"wishes"})
    prices = {
        rule.kind: (rule.price, plain_rule.price) for rule, plain_rule in zip(dear.rules, POLICY.rules, strict=True)
    }
    wishes, others = prices.pop("wishes"), prices
    assert wishes[0] is not None
    assert wishes[1] is not None
    assert wishes[0].of(1) == 5 * wishes[1].of(1)
    assert all(one == other for one, other in others.values())
