"""Keys of sheets as the store keeps them: what codes mean at a site, and whom names mean."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.group.plans import newest, read_plan
from api.http.problems import Problem
from api.people.rows import person_of
from api.sheets.forms import SheetKeyForm, SheetKeyShown
from api.sheets.overlay import Key
from api.store import tables as t
from domain.language import Text


def key_row(session: Session, site_id: int, name: str, *, lock: bool = False) -> t.SheetKey | None:
    """A key of a site by its name."""
    asked = select(t.SheetKey).where(t.SheetKey.site_id == site_id, t.SheetKey.name == name)
    return session.scalars(asked.with_for_update() if lock else asked).one_or_none()


def key_of(session: Session, site_id: int, name: str) -> Key:
    """What a key says; without a name, nothing."""
    if not name:
        return Key()
    row = key_row(session, site_id, name)
    if row is None:
        raise Problem("not-found", Text("没有这份对照表", "there is no such key"))
    told = SheetKeyForm.model_validate(row.content)
    return Key(told.codes, told.people)


def key_shown(row: t.SheetKey) -> SheetKeyShown:
    """A key that is remembered."""
    told = SheetKeyForm.model_validate(row.content)
    return SheetKeyShown(name=row.name, revision=row.revision, codes=told.codes, people=told.people)


def refuse_unknown(session: Session, site_id: int, told: SheetKeyForm) -> None:
    """Refuse shifts, works, kinds of leave and people that the site does not have."""
    plan = read_plan(newest(session, site_id))
    for meaning in told.codes.values():
        meaning.refuse_unknown(plan)
    for number in filter(None, told.people.values()):
        if person_of(session, site_id, number) is None:
            words = Text("没有工号“{number}”", "there is nobody with the number “{number}”")
            raise Problem("invalid", words.filled(number=number))
