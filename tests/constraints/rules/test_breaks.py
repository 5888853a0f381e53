"""Breaks inside duties, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from constraints.certificate import certify, roster_hash
from constraints.rules.breaks import Breaks
from constraints.rules.cover import EmergencyFloor
from domain.language import plain
from domain.shifts import Break, ShiftType
from tests import builders as b
from tests.constraints.rules.test_rules import gaps

DAY = b.MONDAY


def shift(hours: int, *breaks: Break) -> ShiftType:
    return ShiftType("长", plain("长"), time(8), time(8 + hours), ("service",), breaks)


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        (shift(6), False),
        (shift(7), True),
        (shift(7, Break(180, 30)), False),
        (shift(7, Break(180, 15)), True),
        (shift(7, Break(180, 15), Break(300, 15)), False),
        (shift(7, Break(120, 10), Break(180, 10), Break(300, 10)), True),
        (shift(10, Break(240, 30)), True),
        (shift(10, Break(240, 45)), False),
        (shift(8, Break(60, 30)), True),
    ],
)
def test_a_long_duty_owes_breaks_that_are_long_enough_and_not_too_far_apart(kind: ShiftType, *, broken: bool) -> None:
    given = b.situation(1, at=b.site(kind))
    assert gaps(Breaks(), given, b.duty("A01", DAY, kind)) == ([1] if broken else [])


def test_standby_owes_no_break() -> None:
    given = b.situation(1, at=b.site(b.STANDBY))
    assert gaps(Breaks(), given, b.duty("A01", DAY, b.STANDBY, "emergency")) == []


def test_a_break_laid_too_early_breaks_the_rule_and_laid_later_it_does_not() -> None:
    kind = shift(8, Break(60, 30, until=240))
    given = b.situation(1, at=b.site(kind))
    duty = b.duty("A01", DAY, kind)
    assert gaps(Breaks(), given, duty) == [1]
    assert gaps(Breaks(), given, replace(duty, breaks=(180,))) == []


def test_the_floor_holds_once_breaks_are_staggered_and_the_proof_agrees() -> None:
    whole = ShiftType("值", plain("值"), time(0), time(0), ("emergency",), (Break(240, 30, until=300),))
    given = b.situation(2, at=b.site(whole), days=1)
    together = [b.duty(who, DAY, whole, "emergency") for who in ("A01", "A02")]
    apart = [together[0], replace(together[1], breaks=(270,))]
    floor = EmergencyFloor(people=1)
    assert gaps(floor, given, *together) == [1]
    assert gaps(floor, given, *apart) == []
    proofs = [certify(b.roster(given, *duties), given, "emergency", 1) for duties in (together, apart)]
    assert [proof.minutes_below for proof in proofs] == [30, 0]
    assert roster_hash(together) != roster_hash(apart)
