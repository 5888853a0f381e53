from __future__ import annotations

from hypothesis import given, settings

from constraints.book import Book
from constraints.timeline import Demand, available, demanded, present, stretches
from domain.roster import Roster
from domain.situation import Situation
from tests import builders as b
from tests.laws.situations import rostered


@settings(max_examples=60, deadline=None)
@given(rostered())
def test_stretches_leave_no_minute_out_and_count_everyone_there(drawn: tuple[Situation, Roster]) -> None:
    situation, roster = drawn
    book = Book(situation, roster.planned)
    start, end = book.timetable.day(situation.horizon.first)[0], book.timetable.day(situation.horizon.last)[1]
    line = list(stretches(book, lambda _: True, present, start, end))
    assert [stretch.start for stretch in line[1:]] == [stretch.end for stretch in line[:-1]]
    assert (line[0].start, line[-1].end) == (start, end)
    for stretch in line:
        there = {entry for team in stretch.teams for entry in team}
        assert there == {
            entry for entry in book.entries if entry.overlaps(stretch.start, stretch.end) and not entry.standby
        }


def test_demands_are_cut_where_people_come_and_go_and_joined_where_nothing_changes() -> None:
    given_ = b.situation(1, days=1)
    book = Book(given_, [b.duty("A01", b.MONDAY)])
    start = book.timetable.day(b.MONDAY)[0]
    line = stretches(book, lambda _: True, available, start, start + 1440)
    halves = [Demand(start + 540, start + 570, 1), Demand(start + 570, start + 720, 1)]
    found = [(demand.start - start, demand.end - start, len(teams)) for demand, teams in demanded(line, halves)]
    assert found == [(540, 705, 1), (705, 720, 0)]
