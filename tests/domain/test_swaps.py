from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal, Text
from domain.roster import Duty, Roster
from domain.shifts import ShiftType
from domain.site import Site, Work
from domain.swaps import NOBODY, Leg, Split, SwapKind, changes_of, checked, kind_of, parties, splits
from domain.time import Days, Zone

FIRST = date(2026, 12, 1)
DAYS = Days(FIRST, date(2026, 12, 31))
PEOPLE = ("A", "B", "C", "D")


def duty(agent: str, day: int = 1, shift: str = "早") -> Duty:
    return Duty(date(2026, 12, day), agent, shift, "service")


def shift(code: str, start: int, end: int) -> ShiftType:
    return ShiftType(code, Text(code, code), time(start), time(end), ("service",))


@pytest.mark.parametrize(
    ("legs", "kind"),
    [
        ([Leg(duty("A"), "B")], SwapKind.COVER),
        ([Leg(duty(NOBODY), "B")], SwapKind.OPEN),
        ([Leg(duty("A"), "B", Split("前", "后"))], SwapKind.PART),
        ([Leg(duty("A"), "B"), Leg(duty("B", shift="夜"), "A")], SwapKind.EXCHANGE),
        ([Leg(duty("A"), "B"), Leg(duty("B", 2), "A")], SwapKind.DAY_OFF),
        ([Leg(duty("A"), "B"), Leg(duty("B", 2), "C"), Leg(duty("C", 3), "A")], SwapKind.CYCLE),
        ([Leg(duty("A"), "B"), Leg(duty("A", 2), "B")], SwapKind.BUNDLE),
        ([Leg(duty("A"), "B"), Leg(duty("C", 2), "D")], SwapKind.BUNDLE),
    ],
)
def test_a_swap_is_called_what_people_call_it(legs: list[Leg], kind: SwapKind) -> None:
    assert kind_of(legs) is kind


def test_the_parties_of_a_ring_are_named_once_each_and_nobody_is_none() -> None:
    assert parties([Leg(duty("A"), "B"), Leg(duty("B", 2), "A")]) == ("A", "B")
    assert parties([Leg(duty(NOBODY), "B")]) == ("B",)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(Refusal, match="somebody else"):
        Leg(duty("A"), "A")
    with pytest.raises(Refusal, match="named twice"):
        checked([Leg(duty("A"), "B"), Leg(duty("A"), "C")])
    with pytest.raises(Refusal, match="change nothing"):
        checked([Leg(duty("A"), "B"), Leg(duty("B"), "A")])
    with pytest.raises(Refusal, match="1 to 8"):
        checked([])


def test_a_duty_is_parted_only_into_shifts_that_fill_its_place() -> None:
    shifts = (shift("早", 8, 16), shift("前", 8, 12), shift("后", 12, 16), shift("晚", 12, 20), shift("夜", 22, 6))
    site = Site("s", Text("s", "s"), Zone("Asia/Shanghai"), (Work("service", Text("s", "s")),), shifts)
    assert splits(site, duty("A")) == (Split("前", "后"), Split("后", "前"))
    assert splits(site, duty("A", shift="夜")) == ()
    kept, taken = changes_of([Leg(duty("A"), "B", Split("前", "后"))])
    assert (kept.new, taken.new) == (duty("A", shift="前"), duty("B", shift="后"))


rings = st.permutations(PEOPLE).flatmap(
    lambda people: st.integers(2, 4).map(
        lambda size: [Leg(duty(who, day + 1), people[(day + 1) % size]) for day, who in enumerate(people[:size])]
    )
)


@given(rings)
def test_in_a_ring_everybody_gives_one_duty_and_takes_one_and_none_is_lost(legs: list[Leg]) -> None:
    roster = Roster.of(DAYS, [leg.duty for leg in legs])
    after = roster.apply(changes_of(legs))
    assert sorted((d.day, d.shift) for d in after.duties) == sorted((d.day, d.shift) for d in roster.duties)
    assert sorted(d.agent for d in after.duties) == sorted(d.agent for d in roster.duties)
    assert {leg.taken for leg in legs} == set(after.duties)
