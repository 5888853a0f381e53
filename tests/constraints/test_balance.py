from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from hypothesis import given as drawn
from hypothesis import strategies as st

from constraints.balance import DUTY, above_shares, apportioned, moved
from constraints.rules.fairness import Burden
from domain.roster import Change, Duty
from domain.situation import Situation
from tests import builders as b

NIGHTS = st.lists(st.tuples(st.sampled_from(["A01", "A02", "A03"]), st.integers(0, 6)), max_size=12, unique=True)


def nights(drawn_nights: list[tuple[str, int]]) -> list[Duty]:
    return [b.duty(who, b.MONDAY + timedelta(days=day), b.NIGHT) for who, day in drawn_nights]


def test_who_carries_more_than_his_share_is_above_it_and_the_others_below() -> None:
    situation = b.situation(2)
    roster = b.roster(situation, *nights([("A01", 0), ("A01", 1), ("A01", 2), ("A02", 5)]))
    assert above_shares(roster, situation)[Burden.NIGHTS] == {"A01": DUTY, "A02": -DUTY}


def test_who_may_not_carry_a_burden_has_no_share_of_it() -> None:
    situation = b.situation([b.agent("A01"), b.agent("A02", "service")])
    roster = b.roster(situation, *nights([("A01", 0), ("A01", 1)]))
    assert above_shares(roster, situation)[Burden.NIGHTS] == {}


@drawn(NIGHTS)
def test_every_burden_of_a_month_adds_up_to_nought(found: list[tuple[str, int]]) -> None:
    situation = b.situation(3)
    amounts = above_shares(b.roster(situation, *nights(found)), situation)
    assert {burden: sum(mine.values()) for burden, mine in amounts.items()} == dict.fromkeys(Burden, 0)


@drawn(NIGHTS)
def test_what_a_swap_moves_is_what_the_months_before_and_after_it_differ_by(found: list[tuple[str, int]]) -> None:
    situation: Situation = b.situation(3)
    before = b.roster(situation, *nights([("A01", 0), *(night for night in found if night != ("A01", 0))]))
    given = b.duty("A01", b.MONDAY, b.NIGHT)
    taken = b.duty("A02", b.MONDAY, b.NIGHT)
    if taken in before.duties:
        return
    changes = (Change("A01", b.MONDAY, given, None), Change("A02", b.MONDAY, None, taken))
    after = before.apply(changes)
    assert moved(after, changes, situation)[Burden.NIGHTS] == {"A01": -DUTY, "A02": DUTY}
    old, new = (above_shares(roster, situation)[Burden.NIGHTS] for roster in (before, after))
    gained = {who: new.get(who, 0) - old.get(who, 0) for who in ("A01", "A02", "A03")}
    assert gained == {"A01": -DUTY, "A02": DUTY, "A03": 0}


@drawn(st.integers(0, 10_000), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_a_total_is_apportioned_whole_and_nobody_is_a_unit_off(total: int, weights: list[int]) -> None:
    parts = {f"A{place}": Fraction(weight, sum(weights)) for place, weight in enumerate(weights)}
    found = apportioned(total, parts)
    assert sum(found.values()) == total
    assert all(abs(found[who] - total * part) < 1 for who, part in parts.items())
