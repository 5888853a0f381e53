"""Hours by pay class: they add up to what is paid, and each minute has the class of its own day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.figures import months
from constraints.payroll import Classes, classes_of, payroll
from constraints.rules.pay import PayCost
from domain.calendar import Calendar, DayKind
from domain.roster import Duty
from tests import builders as b

DAY = b.MONDAY
RULES = (PayCost(rest_day=200),)
KINDS = st.dictionaries(st.integers(0, 6).map(lambda n: DAY + timedelta(days=n)), st.sampled_from(list(DayKind)))
DUTIES = st.lists(
    st.builds(
        b.duty, st.just("A01"), st.integers(0, 6).map(lambda n: DAY + timedelta(days=n)), st.sampled_from(b.SHIFTS)
    ),
    max_size=7,
    unique_by=lambda duty: duty.day,
)


@settings(deadline=None, max_examples=80)
@given(duties=DUTIES, kinds=KINDS, apart=st.booleans())
def test_classes_add_up_to_what_is_paid(duties: list[Duty], kinds: dict[object, DayKind], apart: bool) -> None:  # noqa: FBT001
    situation = b.situation(1, calendar=Calendar(kinds))  # type: ignore[arg-type]
    roster = b.roster(situation, *duties)
    (month,) = payroll(roster, situation, (PayCost(rest_day=200 if apart else 100),))
    (figures,) = months(roster, situation)
    assert month.paid == figures.paid_minutes
    assert (month.nights, month.owed) == (figures.nights, figures.owed_minutes)
    assert month.overtime == 0 or month.plain == month.owed
    assert min(month.plain, month.overtime, month.rest_day, month.holiday, month.night) >= 0


def test_a_night_into_a_holiday_earns_the_holiday_from_midnight_on() -> None:
    eve = DAY + timedelta(days=1)
    situation = b.situation(1, calendar=Calendar({eve + timedelta(days=1): DayKind.STATUTORY}))
    (month,) = payroll(b.roster(situation, b.duty("A01", eve, b.NIGHT)), situation, RULES)
    assert (month.holiday, month.plain, month.night) == (8 * 60, 15, 6 * 60 + 15)


def test_a_rest_day_is_a_class_of_its_own_only_where_the_rules_say_so() -> None:
    saturday = DAY + timedelta(days=5)
    situation = b.situation(1)
    roster = b.roster(situation, b.duty("A01", saturday))
    (apart,), (usual,) = (payroll(roster, situation, (PayCost(rest_day=share),)) for share in (200, 100))
    assert (apart.rest_day, apart.plain) == (465, 0)
    assert (usual.rest_day, usual.plain) == (0, 465)
    assert apart.plain_minutes(Classes(150, 200, 300)) == 930


def test_standby_is_told_and_not_paid_by_the_hour() -> None:
    situation = b.situation(1, at=b.site(b.STANDBY, b.EARLY))
    (month,) = payroll(b.roster(situation, b.duty("A01", DAY, b.STANDBY, "emergency")), situation, RULES)
    assert (month.standby, month.paid, month.duties) == (24 * 60, 0, 0)


def test_classes_are_those_of_the_sites_rules_or_of_the_law() -> None:
    assert classes_of(()) == Classes(150, 100, 300)
    assert classes_of((PayCost(overtime=125, rest_day=150, holiday=200),)) == Classes(125, 150, 200)
