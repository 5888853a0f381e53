from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from constraints.breach import told
from constraints.certificate import certify, roster_hash
from constraints.check import check, score
from constraints.policy import HOUSE_POLICY, Policy
from constraints.rules.cover import EmergencyFloor
from constraints.rules.rest import DailyRest
from constraints.rules.wishes import Wishes
from constraints.verdict import verdict
from domain.language import Language
from domain.people import Certificate as PersonsCertificate
from domain.requests import Wish, WishKind
from domain.roster import Roster
from domain.situation import Situation
from domain.time import Days, minute
from tests import builders as b
from tests.laws.situations import rostered

DAY = b.MONDAY
NEXT = DAY + timedelta(days=1)
POLICY = Policy(rules=(EmergencyFloor(people=1), DailyRest(), Wishes()))


def test_a_report_tells_hard_from_priced() -> None:
    given_ = b.situation(1, wishes=[Wish("A01", DAY, WishKind.OFF)])
    report = check(b.roster(given_, b.duty("A01", DAY, b.LATE), b.duty("A01", NEXT)), given_, POLICY)
    assert {breach.rule.kind for breach in report.hard} == {"emergency-floor", "daily-rest"}
    assert [(breach.rule.kind, breach.cost) for breach in report.priced] == [("wishes", 240)]
    assert not report.clean


def test_a_change_that_leaves_the_floor_open_is_not_allowed() -> None:
    given_ = b.situation(2, days=1)
    before = b.roster(given_, b.duty("A01", DAY))
    found = verdict(before, b.roster(given_), given_, POLICY)
    assert not found.allowed
    assert {breach.rule.kind for breach in found.broken} == {"emergency-floor"}


def test_a_change_that_makes_a_hole_smaller_is_allowed() -> None:
    given_ = b.situation(2, days=1)
    found = verdict(b.roster(given_), b.roster(given_, b.duty("A01", DAY)), given_, POLICY)
    assert found.allowed
    assert [breach.rule.kind for breach in found.healed] == ["emergency-floor"]


def test_a_verdict_prices_the_change() -> None:
    given_ = b.situation(2, wishes=[Wish("A01", DAY, WishKind.OFF, weight=2)])
    before, after = b.roster(given_, b.duty("A01", DAY)), b.roster(given_, b.duty("A02", DAY))
    assert verdict(before, after, given_, POLICY).cost == -480


@settings(max_examples=40, deadline=None)
@given(rostered(), rostered())
def test_a_verdict_costs_the_difference_of_the_scores(
    one: tuple[Situation, Roster], two: tuple[Situation, Roster]
) -> None:
    situation, before = one
    known = {agent.id for agent in situation.agents}
    moved = [duty for duty in two[1].duties if duty.agent in known]
    after = Roster.of(
        situation.horizon, [*before.history, *(replace(duty, day=situation.horizon.first, breaks=()) for duty in moved)]
    )
    found = verdict(before, after, situation, HOUSE_POLICY)
    assert found.cost == score(after, situation, HOUSE_POLICY) - score(before, situation, HOUSE_POLICY)


@settings(max_examples=40, deadline=None)
@given(rostered())
def test_the_house_policy_speaks_both_languages_on_any_roster(drawn: tuple[Situation, Roster]) -> None:
    situation, roster = drawn
    for breach in check(roster, situation, HOUSE_POLICY).breaches:
        assert all(breach.said(language) for language in Language)


def test_a_policy_survives_json() -> None:
    assert Policy.model_validate_json(HOUSE_POLICY.model_dump_json()) == HOUSE_POLICY


def test_the_certificate_finds_the_fewest_people_and_where() -> None:
    given_ = b.situation(3, days=1, history=[b.duty("A03", DAY - timedelta(days=1), b.NIGHT)])
    roster = b.roster(given_, b.duty("A01", DAY), b.duty("A02", DAY, b.LATE))
    found = certify(roster, given_, "emergency", 1)
    assert (found.minimum, found.where.isoformat(), found.minutes_below) == (0, "2026-11-30T02:45:00+08:00", 90)
    assert not found.holds


def certified_heads(roster: Roster, situation: Situation, moment: int) -> int:
    """A third way of counting: one duty and one minute at a time."""
    heads = set()
    for duty in roster.duties:
        shift, zone = situation.site.shift(duty.shift), situation.site.zone
        spans = shift.available(zone, duty.day)
        days = duty.day, zone.from_minute(minute(shift.span(zone, duty.day).end) - 1).date()
        if all(situation.agent(duty.agent).may("emergency", day) for day in days) and any(
            minute(span.start) <= moment < minute(span.end) for span in spans
        ):
            heads.add(duty.agent)
    return len(heads)


def test_a_certificate_that_ends_at_midnight_does_not_cover_the_night() -> None:
    expiring = b.agent("A01", certificates=(PersonsCertificate("emergency", None, DAY),))
    given_ = b.situation([expiring], days=2)
    night = certify(b.roster(given_, b.duty("A01", DAY, b.NIGHT)), given_, "emergency", 1)
    late = certify(b.roster(given_, b.duty("A01", DAY, b.LATE, "emergency")), given_, "emergency", 1)
    assert (night.minutes_below, late.minutes_below) == (2880, 2880 - 450)


@settings(max_examples=60, deadline=None)
@given(rostered())
def test_the_certificate_and_the_floor_rule_agree_minute_by_minute(drawn: tuple[Situation, Roster]) -> None:
    situation, roster = drawn
    single = Roster.of(roster.horizon, {(duty.agent, duty.day): duty for duty in roster.duties}.values())
    missing = check(single, situation, Policy(rules=(EmergencyFloor(people=1),))).breaches
    proof = certify(single, situation, "emergency", 1)
    zone = situation.site.zone
    begin, end = minute(zone.day(single.horizon.first).start), minute(zone.day(single.horizon.last).end)
    spans = [(minute(breach.span.start), min(minute(breach.span.end), end)) for breach in missing if breach.span]
    by_rule = sum(max(0, stop - start) for start, stop in spans)
    reach = begin + 8 * 60
    eve = Roster.of(
        Days(single.horizon.first, single.horizon.first),
        [duty for duty in single.duties if duty.day < single.horizon.first],
    )
    first_hours = sum(certified_heads(eve, situation, moment) == 0 for moment in range(begin, reach))
    assert proof.minutes_below == by_rule + first_hours
    assert proof.minutes == end - begin


def test_the_hash_depends_on_duties_alone_and_not_on_their_order() -> None:
    one, other = b.duty("A01", DAY), b.duty("A02", NEXT)
    assert roster_hash([one, other]) == roster_hash([other, one])
    assert roster_hash([one]) != roster_hash([other])


def test_what_is_the_same_every_day_is_told_once_with_its_days() -> None:
    given_ = b.situation(3, days=3)
    nights_and_lates = [
        b.duty(who, day, shift) for day in b.horizon(3) for who, shift in (("A01", b.LATE), ("A02", b.NIGHT))
    ]
    found = check(b.roster(given_, *nights_and_lates), given_, Policy(rules=(EmergencyFloor(people=1),)))
    lines = told(found.breaches, Language.EN)
    assert [line.split(": ", 1)[0] for line in lines] == [
        "Mon 30 Nov 08:00–16:00",
        "Mon 30 Nov 19:45–20:15",
        "Tue 1 Dec 02:45–03:15",
    ]
    assert all(
        line.endswith("the same on 2 more days: " + days)
        for line, days in zip(lines[:2], ["Tue 1 Dec, Wed 2 Dec"] * 2, strict=True)
    )
