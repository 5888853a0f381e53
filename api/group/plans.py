"""The plan of a site: read as the engine knows it, kept version by version."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.files.days import special_days
from api.files.site import SitePlan, plan_of
from api.files.site_form import SiteFile
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Work
from domain.calendar import Calendar, DayKind
from domain.language import Refusal, Text, plain
from domain.time import Days


def newest(session: Session, site_id: int) -> t.SitePlan:
    """The plan that a site works by."""
    asked = select(t.SitePlan).where(t.SitePlan.site_id == site_id).order_by(t.SitePlan.number.desc()).limit(1)
    return session.scalars(asked).one()


def read_plan(row: t.SitePlan) -> SitePlan:
    """A version of a plan, as the engine knows it."""
    return _read(json.dumps(row.document, sort_keys=True))


@lru_cache(maxsize=64)
def _read(document: str) -> SitePlan:
    return plan_of(SiteFile.model_validate_json(document))


def document_of(file: SiteFile) -> dict[str, Any]:
    """A plan as it is kept."""
    found: dict[str, Any] = to_jsonable_python(file.model_dump(mode="json"))
    return found


def add_site(work: Work, file: SiteFile, *, by: int | None) -> t.Site:
    """A new site by its first plan."""
    code = file.site.id
    if work.session.scalar(select(func.count()).select_from(t.Site).where(t.Site.code == code)):
        raise Problem("conflict", Text("站点“{id}”已存在", "there is a site “{id}” already").filled(id=plain(code)))
    plan_of(file)
    group = work.session.scalars(select(t.Group)).one()
    site = t.Site(group_id=group.id, code=code, created_at=work.now, active=True, **_heading(file))
    work.session.add(site)
    work.session.flush()
    add_plan(work, site, file, "", by=by)
    return site


def add_plan(work: Work, site: t.Site, file: SiteFile, note: str, *, by: int | None) -> t.SitePlan:
    """A new version of a site's plan."""
    if file.site.id != site.code:
        raise Refusal(Text("站点编号不能更改", "the id of a site does not change"))
    plan_of(file)
    before = work.session.scalar(select(func.max(t.SitePlan.number)).where(t.SitePlan.site_id == site.id)) or 0
    plan = t.SitePlan(
        site_id=site.id, number=before + 1, document=document_of(file), note=note, made_by=by, made_at=work.now
    )
    for name, value in _heading(file).items():
        setattr(site, name, value)
    work.session.add(plan)
    work.session.flush()
    work.did("plan.made", f"site/{site.code}/plan/{plan.number}", site.id, note=note)
    return plan


def calendar_of(session: Session, plan: SitePlan, site_id: int, years: range) -> Calendar:
    """The calendar of a site: its country's, with the days that the site or the group added."""
    calendar = special_days(plan.site.country, years, None)
    asked = select(t.SpecialDay).where((t.SpecialDay.site_id == site_id) | t.SpecialDay.site_id.is_(None))
    kinds: dict[date, DayKind] = {}
    names: dict[date, Text] = {}
    events: dict[date, frozenset[str]] = {}
    for row in session.scalars(asked.order_by(t.SpecialDay.id)):
        for day in Days(row.first, row.last):
            if row.kind == "event":
                events[day] = frozenset({row.name}) | events.get(day, frozenset())
            else:
                kinds[day], names[day] = DayKind(row.kind), plain(row.name)
    return calendar.edited(kinds, names, events)


def _heading(file: SiteFile) -> dict[str, Any]:
    """What lists of sites show of a plan."""
    told = file.site
    return {
        "name": {"zh": told.name.zh, "en": told.name.en},
        "zone": told.zone,
        "country": told.country,
        "households": told.households,
        "lines": told.lines,
    }
