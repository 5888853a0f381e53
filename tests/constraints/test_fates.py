from __future__ import annotations

from datetime import timedelta

from constraints.fates import fates
from constraints.policy import Policy
from constraints.rules.cells import Certified
from constraints.rules.cover import EmergencyFloor
from constraints.rules.wishes import Wishes
from domain.requests import Wish, WishKind
from domain.roster import Duty
from domain.situation import Situation
from tests import builders as b

DAY = b.MONDAY + timedelta(days=1)
POLICY = Policy(rules=(EmergencyFloor(people=1), Certified(), Wishes()))


def fate(given: Situation, *duties: Duty) -> tuple[bool, str | None]:
    (found,) = fates(b.roster(given, *duties), given, POLICY)
    return found.granted, found.breach.rule.kind if found.breach else None


def wished(kind: WishKind, shift: str | None = None, *skills: str) -> Situation:
    agents = [b.agent("A01", *skills), b.agent("A02")]
    return b.situation(agents, wishes=[Wish("A01", DAY, kind, shift, 2)])


def test_a_wish_that_the_roster_meets_is_granted() -> None:
    assert fate(wished(WishKind.OFF)) == (True, None)
    assert fate(wished(WishKind.ON, "早"), b.duty("A01", DAY)) == (True, None)
    assert fate(wished(WishKind.AVOID, "夜"), b.duty("A01", DAY)) == (True, None)


def test_the_floor_that_needs_somebody_stands_against_his_day_off() -> None:
    alone = b.duty("A01", DAY, b.EARLY, "emergency")
    assert fate(wished(WishKind.OFF), alone) == (False, "emergency-floor")


def test_where_no_rule_stands_against_a_wish_none_is_named() -> None:
    assert fate(wished(WishKind.OFF), b.duty("A01", DAY), b.duty("A02", DAY)) == (False, None)


def test_a_shift_that_a_later_plan_has_dropped_is_no_fault() -> None:
    assert fate(wished(WishKind.ON, "晚")) == (False, None)


def test_a_shift_without_the_certificate_for_it_is_refused_for_that() -> None:
    assert fate(wished(WishKind.ON, "夜", "service")) == (False, "certified")


def test_a_night_of_the_day_before_stands_against_a_day_off() -> None:
    night = b.duty("A01", DAY - timedelta(days=1), b.NIGHT)
    assert fate(wished(WishKind.OFF), night)[0] is False
