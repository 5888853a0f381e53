"""What a change makes worse, and what it does not."""

from __future__ import annotations

from datetime import date, time, timedelta

from constraints.policy import Policy
from constraints.rule import Rule
from constraints.rules.cover import EmergencyFloor
from constraints.rules.hours import WeeklyHours
from constraints.rules.rest import DailyRest
from constraints.rules.runs import LongestWorkRun
from constraints.verdict import Verdict, verdict
from domain.language import plain
from domain.roster import Duty
from domain.shifts import ShiftType
from tests import builders as b

DAY = b.MONDAY


def shift(code: str, start: int, end: int) -> ShiftType:
    return ShiftType(code, plain(code), time(start), time(end % 24), ("emergency",))


SITE = b.site(
    *(
        shift(code, start, end)
        for code, start, end in (("A", 0, 8), ("B", 8, 16), ("C", 16, 24), ("D", 9, 17), ("W", 0, 16))
    )
)


def judged(rule: Rule, before: list[Duty], after: list[Duty], days: int = 28) -> Verdict:
    given = b.situation(3, days=days, at=SITE)
    return verdict(b.roster(given, *before), b.roster(given, *after), given, Policy(rules=(rule,)))


def on(day: int, code: str, agent: str = "A01") -> Duty:
    return Duty(DAY + timedelta(days=day), agent, code, "emergency")


def test_a_rest_cut_shorter_is_worse() -> None:
    found = judged(DailyRest(hours=11), [on(0, "D"), on(1, "A")], [on(0, "C"), on(1, "A")])
    assert not found.allowed


def test_a_rest_made_longer_but_still_short_is_allowed() -> None:
    found = judged(DailyRest(hours=11), [on(0, "C"), on(1, "A")], [on(0, "D"), on(1, "A")])
    assert found.allowed


def test_a_long_run_moved_elsewhere_is_a_new_breach_and_the_old_one_is_healed() -> None:
    before, after = ([on(day, "B") for day in range(start, start + 7)] for start in (0, 15))
    found = judged(LongestWorkRun(days=6), before, after)
    assert [breach.about.day for breach in found.broken] == [DAY + timedelta(days=15)]
    assert [breach.about.day for breach in found.healed] == [DAY]


def test_a_long_run_made_shorter_is_allowed() -> None:
    before = [on(day, "B") for day in range(8)]
    assert judged(LongestWorkRun(days=6), before, before[:7]).allowed


def test_the_same_hole_cut_otherwise_is_no_new_hole() -> None:
    before = [on(0, "A"), on(0, "B", "A02")]
    assert judged(EmergencyFloor(people=2), before, [on(0, "W", "A03")], days=1).allowed


def test_a_deeper_hole_is_worse() -> None:
    before = [on(0, "A"), on(0, "B", "A02")]
    found = judged(EmergencyFloor(people=2), before, before[:1], days=1)
    assert not found.allowed
    assert [breach.measure.gap for breach in found.broken] == [2]


def test_a_hole_that_grows_longer_is_worse() -> None:
    covered = [on(0, code, agent) for code in ("A", "B", "C") for agent in ("A01", "A02")]
    found = judged(EmergencyFloor(people=2), covered[:4], covered[:3], days=1)
    assert not found.allowed


def test_more_hours_beyond_the_cap_are_worse_and_fewer_are_not() -> None:
    week = [on(day, "B") for day in range(7)]
    assert judged(WeeklyHours(hours=40), week, week[:6]).allowed
    assert not judged(WeeklyHours(hours=40), week[:6], week).allowed


def test_the_same_breach_on_another_day_is_new() -> None:
    before, after = ([on(day, "C"), on(day + 1, "A")] for day in (0, 10))
    assert [breach.about.day for breach in judged(DailyRest(), before, after).broken] == [date(2026, 12, 11)]


def test_a_second_duty_that_comes_too_soon_is_worse_than_one() -> None:
    before = [on(0, "C"), on(1, "A")]
    assert not judged(DailyRest(hours=11), before, [*before, on(1, "D")]).allowed
