"""People from a file (docs/files.md): who is new, who changed; leave, wishes, pins, and how the month before ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from api.files.people import People
from api.people.rows import person_of, team_of
from api.requests.rows import Kind, State, asked_facts, new_request
from api.rosters.given import read_given
from api.rosters.publish import Deed, put_past
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.store import Work
from domain.circumstances import SEVENTH_MONTH, Protection
from domain.people import Agent
from domain.roster import Duty
from domain.time import Days, Month


@dataclass
class Taken:
    """What an import did."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    details: dict[str, int] = field(default_factory=dict)


def take_people(work: Work, site: t.Site, people: People, month: Month) -> Taken:
    """Take everything a file says; what it does not say stays as it is."""
    taken = Taken()
    ids = {agent.id: _person(work, site, agent, people, taken) for agent in people.agents}
    taken.details = {
        "requests": _requests(work, site, people, ids),
        "pins": _pins(work, site, people, month),
        "openings": _openings(work, people, ids, month),
        "duties": _past(work, site, people.history),
    }
    work.did("people.imported", f"site/{site.code}", site.id, added=len(taken.added), changed=len(taken.changed))
    return taken


def _person(work: Work, site: t.Site, agent: Agent, people: People, taken: Taken) -> int:
    """One person, made or brought up to date."""
    row = person_of(work.session, site.id, agent.id)
    told = _told(agent, people)
    if row is None:
        row = t.Person(
            site_id=site.id, number=agent.id, name=agent.name, contract=agent.contract.id, created_at=work.now
        )
        taken.added.append(agent.id)
    elif _known(row) == told:
        taken.unchanged += 1
        return row.id
    else:
        row.revision += 1
        taken.changed.append(agent.id)
    row.name, row.contract = agent.name, agent.contract.id
    row.team = team_of(work.session, site.id, agent.team)
    row.certificates = [
        t.Certificate(skill=held.skill, first=held.valid_from, last=held.valid_until) for held in agent.certificates
    ]
    row.protections = [t.Protection(born=born, day=day) for born, day in told["protections"]]
    work.session.add(row)
    work.session.flush()
    return row.id


def _told(agent: Agent, people: People) -> dict[str, Any]:
    """What a file says of a person."""
    held = [(each.skill, each.valid_from, each.valid_until) for each in agent.certificates]
    mine = [_protection(each) for each in people.protections if each.agent == agent.id]
    return {
        "name": agent.name,
        "contract": agent.contract.id,
        "team": agent.team,
        "certificates": held,
        "protections": mine,
    }


def _known(row: t.Person) -> dict[str, Any]:
    """The same of a person of the store."""
    return {
        "name": row.name,
        "contract": row.contract,
        "team": row.team_name,
        "certificates": [(held.skill, held.first, held.last) for held in row.certificates],
        "protections": [(each.born, each.day) for each in row.protections],
    }


def _protection(told: Protection) -> tuple[bool, date]:
    """Whether a child was born, and the day that was told."""
    return (True, told.days.first) if told.nursing else (False, told.days.first + SEVENTH_MONTH)


def _requests(work: Work, site: t.Site, people: People, ids: dict[str, int]) -> int:
    """Leave and hours off as approved, wishes as they stand; what is there already is not asked twice."""
    asked: list[tuple[Kind, str, Days, dict[str, Any], State]] = [
        (Kind.LEAVE, each.agent, each.days, {"leave": each.kind, "note": ""}, State.APPROVED) for each in people.leaves
    ]
    asked += [
        (
            Kind.UNAVAILABLE,
            each.agent,
            Days(each.span.start.date(), each.span.end.date()),
            {"start": each.span.start.isoformat(), "end": each.span.end.isoformat(), "note": ""},
            State.APPROVED,
        )
        for each in people.unavailabilities
    ]
    asked += [
        (
            Kind.WISH,
            each.agent,
            Days(each.day, each.day),
            {"wish": each.kind.value, "shift": each.shift, "weight": each.weight},
            State.OPEN,
        )
        for each in people.wishes
    ]
    known = {
        (row.kind, row.person_id, row.first, row.last, str(sorted(asked_facts(row).items())))
        for row in work.session.scalars(select(t.Request).where(t.Request.site_id == site.id))
    }
    fresh = 0
    for kind, agent, days, facts, state in asked:
        key = (kind.value, ids[agent], days.first, days.last, str(sorted(facts.items())))
        if key in known:
            continue
        fresh += 1
        row = new_request(work, work.session.get_one(t.Person, ids[agent]), kind, days, facts)
        row.state = state.value
        work.session.add(row)
    work.session.flush()
    return fresh


def _pins(work: Work, site: t.Site, people: People, month: Month) -> int:
    mine = [pin for pin in people.pins if pin.day in month.days]
    if mine:
        roster = opened_roster(work, site.id, month)
        roster.pins = [[pin.agent, pin.day.isoformat(), pin.shift] for pin in mine]
        roster.revision += 1
    return len(mine)


def _openings(work: Work, people: People, ids: dict[str, int], month: Month) -> int:
    numbers = [ids[opening.agent] for opening in people.openings]
    work.session.execute(delete(t.Opening).where(t.Opening.person_id.in_(numbers), t.Opening.month == str(month)))
    for opening in people.openings:
        row = t.Opening(
            person_id=ids[opening.agent],
            month=str(month),
            burdens=dict(opening.burdens),
            paid_minutes=opening.paid_minutes,
            owed_minutes=opening.owed_minutes,
        )
        work.session.add(row)
    return len(people.openings)


def _past(work: Work, site: t.Site, duties: Sequence[Duty]) -> int:
    """The duties of past months, put in force as they were, where nothing is in force there."""
    taken = 0
    for month in _months(duties):
        roster = opened_roster(work, site.id, month)
        if roster.versions:
            continue
        given = read_given(work.session, roster)
        mine = [duty for duty in duties if duty.day in month.days]
        put_past(work, given, mine, Deed("import", ""))
        taken += len(mine)
    return taken


def _months(duties: Iterable[Duty]) -> list[Month]:
    return sorted({Month.of(duty.day) for duty in duties})
