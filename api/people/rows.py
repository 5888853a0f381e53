"""People of the store as the engine knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.store import tables as t
from domain.circumstances import Protection
from domain.language import Refusal, Text, plain
from domain.people import Agent, Certificate, Contract
from domain.requests import NOT_HERE, Leave
from domain.time import Days


def people_of(session: Session, site_id: int, days: Days) -> Sequence[t.Person]:
    """The people who belong to a site on any of the days, by number."""
    asked = (
        select(t.Person)
        .where(t.Person.site_id == site_id)
        .where(t.Person.left_on.is_(None) | (t.Person.left_on >= days.first))
        .where(t.Person.joined_on.is_(None) | (t.Person.joined_on <= days.last))
        .options(selectinload(t.Person.protections), selectinload(t.Person.team))
        .order_by(t.Person.number)
    )
    return session.scalars(asked).all()


def agent_of(person: t.Person, contracts: Mapping[str, Contract]) -> Agent:
    """A person with his contract and certificates."""
    contract = contracts.get(person.contract)
    if contract is None:
        words = Text("{who}的合同“{id}”不在站点方案中", "the contract “{id}” of {who} is not in the plan of the site")
        raise Refusal(words.filled(who=plain(person.name), id=plain(person.contract)))
    held = tuple(Certificate(found.skill, found.first, found.last) for found in person.certificates)
    return Agent(person.number, person.name, contract, held, person.team_name)


def protections_of(people: Iterable[t.Person]) -> tuple[Protection, ...]:
    """The days on which the law protects people."""
    return tuple(
        Protection.with_child(person.number, found.day)
        if found.born
        else Protection.expecting(person.number, found.day)
        for person in people
        for found in person.protections
    )


def absences_of(people: Iterable[t.Person], days: Days) -> tuple[Leave, ...]:
    """Days of the span before somebody came, or after he left."""
    found = []
    for person in people:
        if person.joined_on and person.joined_on > days.first:
            found.append(Leave(person.number, Days(days.first, person.joined_on - timedelta(days=1)), NOT_HERE))
        if person.left_on and person.left_on < days.last:
            found.append(Leave(person.number, Days(person.left_on + timedelta(days=1), days.last), NOT_HERE))
    return tuple(found)


def person_of(session: Session, site_id: int, number: str) -> t.Person | None:
    """Somebody of a site by his number."""
    asked = select(t.Person).where(t.Person.site_id == site_id, t.Person.number == number)
    return session.scalars(asked).one_or_none()


def team_of(session: Session, site_id: int, name: str) -> t.Team | None:
    """The team of a name, made where there is none; no name: no team."""
    if not name:
        return None
    asked = select(t.Team).where(t.Team.site_id == site_id, t.Team.name == name)
    found = session.scalars(asked).one_or_none()
    if found is None:
        found = t.Team(site_id=site_id, name=name)
        session.add(found)
        session.flush()
    return found
