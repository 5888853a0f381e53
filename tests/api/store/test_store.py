from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from api.audit.chain import Actor
from api.store import tables as t
from api.store.guards import NO_OVERLAP
from api.store.store import Store
from api.store.types import UtcDateTime
from tests.api.seeds import add_person, add_roster, add_site, duty

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_an_error_undoes_all_of_a_transaction_and_its_log(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as work:
        add_site(work.session)
        work.did("site.made", "site/gas-1")
        raise ZeroDivisionError
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(t.Site)) == 0
        assert session.scalar(select(func.count()).select_from(t.AuditEntry)) == 0


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - as hypothesis wants
def test_an_instant_comes_back_as_the_same_instant_in_utc(moment: datetime) -> None:
    stored = UtcDateTime().process_bind_param(moment, None)  # type: ignore[arg-type]
    assert stored is not None
    back = UtcDateTime().process_result_value(stored.replace(tzinfo=None), None)  # type: ignore[arg-type]
    assert back == moment.astimezone(UTC)
    assert back is not None
    assert back.tzinfo is UTC


def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"), store.writing() as work:
        work.session.add(t.Group(name={}, created_at=datetime(2026, 12, 1)))  # noqa: DTZ001 - what is refused


def test_nobody_has_two_duties_in_force_at_the_same_time(store: Store) -> None:
    with store.writing() as work:
        person = add_person(work.session, add_site(work.session))
        roster = add_roster(work.session, person.site_id)
        work.session.add(duty(roster, person, AT, hours=8))
        work.session.add(duty(roster, person, AT + timedelta(hours=8), hours=8, day=date(2026, 12, 2)))
    with pytest.raises(IntegrityError, match=NO_OVERLAP), store.writing() as work:
        work.session.add(duty(roster, person, AT + timedelta(hours=15), hours=8, day=date(2026, 12, 3)))
    with pytest.raises(IntegrityError, match=NO_OVERLAP), store.writing() as work:
        second = work.session.scalars(select(t.Duty).where(t.Duty.day == date(2026, 12, 2))).one()
        second.start_at -= timedelta(minutes=1)


def test_two_people_exchange_duties_by_moving_first(store: Store) -> None:
    with store.writing() as work:
        site = add_site(work.session)
        one, other = add_person(work.session, site, "P1"), add_person(work.session, site, "P2")
        roster = add_roster(work.session, site.id)
        work.session.add_all([duty(roster, one, AT), duty(roster, other, AT)])
    with store.writing() as work:
        first, second = work.session.scalars(select(t.Duty).order_by(t.Duty.id)).all()
        first.state = second.state = "moving"
        work.session.flush()
        first.person_id, second.person_id = second.person_id, first.person_id
        first.state = second.state = "active"
    with store.reading() as session:
        assert session.scalars(select(t.Duty.person_id).order_by(t.Duty.id)).all() == [other.id, one.id]


def test_of_many_who_claim_the_same_hours_at_once_one_wins(store: Store) -> None:
    with store.writing() as work:
        site = add_site(work.session)
        person, roster = add_person(work.session, site), add_roster(work.session, site.id)
    together, won, lost = Barrier(12), [], []

    def claim(number: int) -> None:
        together.wait()
        try:
            with store.writing() as work:
                work.session.add(duty(roster, person, AT + timedelta(minutes=number)))
            won.append(number)
        except (
            IntegrityError,
            OperationalError,
        ):  # PostgreSQL may choose a victim among rivals that wait for each other
            lost.append(number)

    threads = [Thread(target=claim, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 11)


def test_a_plan_of_a_site_never_changes(store: Store) -> None:
    with store.writing() as work:
        site = add_site(work.session)
    for statement in (update(t.SitePlan).values(note="other"), delete(t.SitePlan)):
        with pytest.raises(DBAPIError, match="never change"), store.writing() as work:
            work.session.execute(statement)
    with store.reading() as session:
        assert session.scalars(select(t.SitePlan.site_id)).one() == site.id


def test_what_is_done_is_logged_with_who_did_it(store: Store) -> None:
    with store.writing(Actor(7, "req-1")) as work:
        work.did("site.made", "site/gas-1", facts_name="港华")
    with store.reading() as session:
        entry = session.scalars(select(t.AuditEntry)).one()
        assert (entry.id, entry.account_id, entry.request, entry.facts) == (1, 7, "req-1", {"facts_name": "港华"})
