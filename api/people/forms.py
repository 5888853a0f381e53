"""Bodies and answers about people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from api.http.forms import Body, Code, Day, Line, Name, Shown
from api.store import tables as t
from domain.language import Refusal, Text
from domain.people import Certificate

Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{0,40}$")]
Email = Annotated[str, StringConstraints(pattern=r"^([^\s@<>]{1,64}@[^\s@<>]{1,189})?$")]


class ProtectedBy(StrEnum):
    """From which day the law protects somebody."""

    DUE = "due"
    BORN = "born"


class CertificateForm(Body):
    """The right to do a kind of work, from a day to a day; open where none is told."""

    skill: Code
    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> CertificateForm:
        Certificate(self.skill, self.first, self.last)
        return self


class ProtectionForm(Body):
    """A due date, or the birth of a child."""

    kind: ProtectedBy
    day: Day


class PersonForm(Body):
    """What is known of a person."""

    name: Name
    contract: Code
    team: Line = ""
    phone: Phone = ""
    email: Email = ""
    joined_on: Day | None = None
    left_on: Day | None = None
    certificates: list[CertificateForm] = Field(default=[], max_length=50)
    protections: list[ProtectionForm] | None = Field(
        default=None, max_length=5, description="null: as they are; seen by who keeps the people alone"
    )

    @model_validator(mode="after")
    def _in_order(self) -> PersonForm:
        if self.joined_on and self.left_on and self.left_on < self.joined_on:
            raise Refusal(Text("离职早于入职", "left before joined"))
        return self


class NewPerson(PersonForm):
    """A new person, with his number."""

    number: Code


class PersonShown(Shown):
    """A person, as far as the reader may see."""

    number: str
    name: str
    contract: str
    team: str
    phone: str | None = Field(description="null: not for this reader")
    email: str | None
    joined_on: date | None
    left_on: date | None
    certificates: list[CertificateForm]
    protections: list[ProtectionForm] | None = Field(description="null: not for this reader")


class Expiring(Shown):
    """A certificate that ends soon."""

    number: str
    name: str
    skill: str
    last: date


class Imported(Shown):
    """What an import did, or would do."""

    dry_run: bool
    rows: int
    added: list[str]
    changed: list[str]
    unchanged: int
    details: dict[str, Any]


class TeamShown(Shown):
    """A team."""

    name: str
    people: int


def person_shown(person: t.Person, *, contacts: bool, protections: bool) -> PersonShown:
    """A person, as far as the reader may see."""
    return PersonShown(
        number=person.number,
        name=person.name,
        contract=person.contract,
        team=person.team_name,
        phone=person.phone if contacts else None,
        email=person.email if contacts else None,
        joined_on=person.joined_on,
        left_on=person.left_on,
        certificates=[CertificateForm(skill=c.skill, first=c.first, last=c.last) for c in person.certificates],
        protections=[
            ProtectionForm(kind=ProtectedBy.BORN if p.born else ProtectedBy.DUE, day=p.day) for p in person.protections
        ]
        if protections
        else None,
    )
