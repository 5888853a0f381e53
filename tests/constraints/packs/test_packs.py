from __future__ import annotations

from datetime import timedelta

import pytest

from constraints.check import check
from constraints.packs import NONE, PACKS, pack
from constraints.packs.pack import Pack
from constraints.policy import HOUSE_POLICY, Policy
from domain.language import Language, Refusal
from domain.roster import Duty
from tests import builders as b

every_pack = pytest.mark.parametrize("law", PACKS, ids=lambda law: law.id)
DAY = b.MONDAY
WEEK = [b.duty("A01", DAY + timedelta(days=number)) for number in range(7)]
MONTH = [
    b.duty("A01", DAY + timedelta(days=number)) for number in range(28) if (DAY + timedelta(days=number)).weekday() != 5
]
LATE_THEN_EARLY = [b.duty("A01", DAY, b.LATE), b.duty("A01", DAY + timedelta(days=1))]


def broken(law: Pack, *duties: Duty, days: int = 28) -> set[str]:
    given = b.situation(1, days=days)
    own = Policy(rules=(HOUSE_POLICY.rules[3],))
    return {breach.rule.kind for breach in check(b.roster(given, *duties), given, own.under(law)).hard}


@every_pack
def test_a_week_of_five_early_duties_is_lawful_everywhere(law: Pack) -> None:
    assert broken(law, *WEEK[:5]) == set()


@pytest.mark.parametrize(
    ("law", "duties", "kinds"),
    [
        ("cn-standard", WEEK, {"weekly-rest"}),
        ("cn-averaged", WEEK, {"weekly-rest"}),
        ("eu-2003-88", LATE_THEN_EARLY, {"daily-rest"}),
        ("eu-2003-88", WEEK, {"weekly-rest", "weekly-hours"}),
        ("de-arbzg", LATE_THEN_EARLY, {"daily-rest"}),
        ("de-arbzg", MONTH, {"free-sundays"}),
        ("us-oregon", LATE_THEN_EARLY, {"daily-rest"}),
        ("us-philadelphia", LATE_THEN_EARLY, {"daily-rest"}),
        ("us-nyc-fast-food", LATE_THEN_EARLY, {"daily-rest"}),
        ("none", [*WEEK, *LATE_THEN_EARLY[:0]], set[str]()),
    ],
)
def test_each_law_breaks_where_its_article_says(law: str, duties: list[Duty], kinds: set[str]) -> None:
    assert broken(pack(law), *duties) == kinds


def test_overtime_beyond_36_hours_a_month_breaks_chinese_law() -> None:
    most = [b.duty("A01", DAY + timedelta(days=number)) for number in range(28) if number % 7 != 6]
    assert broken(pack("cn-standard"), *most) == set()
    longer = b.situation(1, days=28)
    policy = Policy(rules=(HOUSE_POLICY.rules[3],)).under(pack("cn-standard"))
    everyday = [b.duty("A01", day) for day in longer.horizon]
    kinds = {breach.rule.kind for breach in check(b.roster(longer, *everyday), longer, policy).hard}
    assert kinds == {"weekly-rest", "monthly-overtime"}


@every_pack
def test_a_pack_says_its_articles_in_both_languages_and_holds_hard_rules_alone(law: Pack) -> None:
    for article in law.articles:
        assert article.place
        assert all(article.says.said(language) for language in Language)
        assert article.rule.price is None
    assert all(text.zh and text.en for text in law.open)
    assert law.open or law is NONE


def test_a_policy_remembers_the_law_and_its_day() -> None:
    policy = HOUSE_POLICY.under(pack("cn-standard"))
    assert policy.law == "cn-standard/2025-01-01"
    assert Policy.model_validate_json(policy.model_dump_json()) == policy


def test_rules_that_the_site_has_already_are_not_doubled() -> None:
    kinds = [rule.kind for rule in HOUSE_POLICY.under(pack("cn-standard")).rules]
    assert kinds.count("weekly-rest") == kinds.count("monthly-overtime") == 1


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match="cn-standard"):
        pack("atlantis")
