"""Where lines lead: every minute once, as a count minute by minute says, over clock changes and nights."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.unattended import Lack, Target, forwards, gaps, opening
from domain.language import Refusal, plain
from domain.lines import Line, OpenHours
from domain.roster import Duty
from domain.time import Days, minute
from tests.builders import EARLY, LATE, MONDAY, NIGHT, duty, site

LINE = Line("main", plain("main"), ("service", "emergency"), "8001", "900", "119")
SERVICE = Line("service", plain("service"), ("service",), "8001", "900", "119", hours=(OpenHours(time(8), time(17)),))


def counted(line: Line, zone: str, duties: list[Duty], days: Days) -> list[bool]:
    """Minute by minute, whether enough people can take calls."""
    at = site(zone=zone)
    begin, end = minute(at.zone.day(days.first).start), minute(at.zone.day(days.last).end)
    heads = [0] * (end - begin)
    for each in duties:
        for span in at.shift(each.shift).available(at.zone, each.day, each.breaks):
            for moment in range(max(minute(span.start), begin), min(minute(span.end), end)):
                heads[moment - begin] += each.work in line.works
    return [count >= line.people for count in heads]


DUTIES = st.lists(
    st.builds(
        duty,
        st.sampled_from(["A01", "A02", "A03"]),
        st.integers(-1, 2).map(lambda days: date(2026, 10, 24) + timedelta(days=days)),
        st.sampled_from([EARLY, LATE, NIGHT]),
    ),
    max_size=8,
    unique=True,
)


@settings(deadline=None, max_examples=80)
@given(duties=DUTIES, people=st.integers(1, 2), zone=st.sampled_from(["Europe/Berlin", "Asia/Shanghai"]))
def test_lines_lead_as_a_count_of_every_minute_says(duties: list[Duty], people: int, zone: str) -> None:
    days, line = Days(date(2026, 10, 24), date(2026, 10, 26)), replace(LINE, people=people)  # 25 hours on the 25th
    found = forwards(line, site(zone=zone), duties, days)
    told = [forward.target is Target.DESK for forward in found for _ in range(forward.span.minutes)]
    assert told == counted(line, zone, duties, days)
    for before, after in itertools.pairwise(found):
        assert before.span.end == after.span.start
        assert before.target is not after.target


def test_a_lone_break_sends_the_line_to_the_machine() -> None:
    found = forwards(LINE, site(), [duty("A01", MONDAY)], Days(MONDAY, MONDAY))
    staffed = [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in opening(found, site().zone, MONDAY)]
    assert staffed == ["08:00-11:45", "12:15-16:00"]
    assert [forward.where for forward in found] == ["900", "8001", "900", "8001", "900"]


def test_work_that_the_line_does_not_serve_does_not_staff_it() -> None:
    found = forwards(SERVICE, site(), [duty("A01", MONDAY, work="emergency")], Days(MONDAY, MONDAY))
    assert [forward.target for forward in found] == [Target.MACHINE]


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        (replace(LINE, machine=""), [Lack.NOTHING]),
        (replace(LINE, emergency=""), [Lack.NO_EMERGENCY]),
        (LINE, []),
        (SERVICE, [Lack.PROMISED]),
    ],
)
def test_what_is_wrong_with_an_empty_day(line: Line, lacks: list[Lack]) -> None:
    days = Days(MONDAY, MONDAY)
    found = gaps(line, forwards(line, site(), [], days), site(), [days])
    assert [gap.lack for gap in found] == lacks
    promised = [gap.span.minutes for gap in found if gap.lack is Lack.PROMISED]
    assert promised == ([540] if Lack.PROMISED in lacks else [])


def test_days_without_a_roster_are_one_lack_of_their_own() -> None:
    days = Days(MONDAY, MONDAY + timedelta(days=2))
    found = gaps(SERVICE, forwards(SERVICE, site(), [], days), site(), [Days(MONDAY, MONDAY)])
    assert [(gap.lack, gap.span.minutes) for gap in found] == [(Lack.PROMISED, 540), (Lack.NOT_PUBLISHED, 2880)]


def test_promised_hours_over_midnight_are_met_by_the_night() -> None:
    line = replace(LINE, hours=(OpenHours(time(22), time(6), frozenset({0})),))
    days = Days(MONDAY, MONDAY + timedelta(days=1))
    found = gaps(line, forwards(line, site(), [duty("A01", MONDAY, LATE)], days), site(), [days])
    assert [f"{gap.span.start:%d %H:%M}-{gap.span.end:%d %H:%M}" for gap in found] == ["01 00:00-01 06:00"]


def test_a_line_needs_works_and_a_desk() -> None:
    with pytest.raises(Refusal, match="main"):
        replace(LINE, works=())
