from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.rosters.cells import change_row, changed_rows, to_change, to_duties, to_rows
from domain.roster import Change, Duty, Roster, diff
from domain.time import Days

FIRST = date(2026, 12, 1)
duties = st.builds(
    Duty,
    st.integers(0, 4).map(lambda day: FIRST + timedelta(days=day)),
    st.sampled_from(["P1", "P2", "P3"]),
    st.sampled_from(["早", "夜"]),
    st.sampled_from(["service", "emergency"]),
    st.lists(st.integers(0, 400), max_size=2).map(tuple),
)
rosters = st.lists(duties, max_size=12, unique=True).map(
    lambda found: Roster.of(Days(FIRST, date(2026, 12, 31)), found)
)


@given(rosters)
def test_duties_come_back_from_their_rows_in_order(roster: Roster) -> None:
    assert to_duties(to_rows(roster.duties)) == roster.duties


@given(rosters, rosters)
def test_rows_change_as_rosters_do(before: Roster, after: Roster) -> None:
    changes = diff(before, after)
    assert changed_rows(to_rows(before.duties), changes) == to_rows(before.apply(changes).duties)


@given(duties)
def test_a_change_comes_back_as_it_was_kept(duty: Duty) -> None:
    change = Change(duty.agent, duty.day, None, duty)
    assert to_change(change_row(change)) == change
