"""The group and its sites."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.auth.caller import Caller
from api.auth.rights import Action
from api.auth.routes import set_cookie
from api.group.forms import GroupShown, NewPlan, NewSite, PlanHead, PlanShown, SetUp, SiteShown, site_shown
from api.group.plans import add_plan, add_site, newest
from api.group.setup import found_group
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import OPEN, CallerNow, Desk, ServiceNow, at, everywhere, refuse_cross_site, whence_of
from api.http.paging import Page, WantedPage
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["group"])
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.post("/setup", status_code=201, openapi_extra=OPEN)
def set_up(body: SetUp, request: Request, response: Response, service: ServiceNow) -> GroupShown:
    """Create the group and its administrator; once, in an empty service."""
    refuse_cross_site(request)
    set_cookie(response, service, found_group(service, body, whence_of(request, service)))
    return GroupShown(name={"zh": body.group.zh, "en": body.group.en}, sites=0)


@router.get("/group")
def show_group(_: CallerNow, service: ServiceNow) -> GroupShown:
    """The group, and how many sites it has."""
    with service.store.reading() as session:
        group = session.scalars(select(t.Group)).one()
        return GroupShown(name=group.name, sites=session.scalar(select(func.count()).select_from(t.Site)) or 0)


@router.get("/sites")
def list_sites(caller: CallerNow, service: ServiceNow, wanted: WantedPage) -> Page[SiteShown]:
    """The sites that are one's business."""
    with service.store.reading() as session:
        asked = select(t.Site) if caller.sites is None else select(t.Site).where(t.Site.id.in_(caller.sites))
        rows = session.scalars(wanted.ask(asked, t.Site.id)).all()
        return wanted.page(rows, lambda row: (row.id,), lambda row: site_shown(row, newest(session, row.id).number))


@router.post("/sites", status_code=201, response_model=SiteShown)
def make_site(
    body: NewSite, caller: Annotated[Caller, everywhere(Action.SITE_MAKE)], service: ServiceNow, asked: AskedNow
) -> Response:
    """A new site, by its first plan."""

    def do(work: Work) -> Answer:
        site = add_site(work, body.document, by=caller.account_id)
        return Answer(site_shown(site, 1), 201, location=f"/api/v1/sites/{site.code}")

    return answered(service.store, caller, asked, do)


@router.get("/sites/{site}")
def show_site(desk: Annotated[Desk, at(Action.SITE_SEE)]) -> SiteShown:
    """One site."""
    with desk.service.store.reading() as session:
        return site_shown(session.get_one(t.Site, desk.site.id), newest(session, desk.site.id).number)


@router.get("/sites/{site}/plan", response_model=PlanShown)
def show_plan(desk: Annotated[Desk, at(Action.RULES_SEE)]) -> Response:
    """The plan that the site works by."""
    with desk.service.store.reading() as session:
        return _plan_answer(newest(session, desk.site.id)).response()


@router.put("/sites/{site}/plan", response_model=PlanShown)
def change_plan(body: NewPlan, desk: Annotated[Desk, at(Action.RULES_EDIT)], asked: AskedNow) -> Response:
    """A new version of the plan; rosters keep naming the version by which they were made."""

    def do(work: Work) -> Answer:
        site = work.session.get_one(t.Site, desk.site.id, with_for_update=True)
        asked.require_match(_tag(newest(work.session, site.id)))
        return _plan_answer(add_plan(work, site, body.document, body.note, by=desk.caller.account_id))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/plans")
def list_plans(desk: Annotated[Desk, at(Action.RULES_SEE)], wanted: WantedPage) -> Page[PlanHead]:
    """All versions of the plan, the oldest first."""
    with desk.service.store.reading() as session:
        asked = select(t.SitePlan).where(t.SitePlan.site_id == desk.site.id)
        rows = session.scalars(wanted.ask(asked, t.SitePlan.number)).all()
        return wanted.page(rows, lambda row: (row.number,), _head)


@router.get("/sites/{site}/plans/{number}", response_model=PlanShown)
def show_plan_version(number: Number, desk: Annotated[Desk, at(Action.RULES_SEE)]) -> Response:
    """One version of the plan."""
    with desk.service.store.reading() as session:
        return _plan_answer(_version(session, desk.site.id, number)).response()


def _version(session: Session, site_id: int, number: int) -> t.SitePlan:
    asked = select(t.SitePlan).where(t.SitePlan.site_id == site_id, t.SitePlan.number == number)
    found = session.scalars(asked).one_or_none()
    if found is None:
        raise Problem("not-found")
    return found


def _tag(plan: t.SitePlan) -> str:
    return etag("plan", plan.site_id, plan.number)


def _plan_answer(plan: t.SitePlan) -> Answer:
    shown = PlanShown(
        number=plan.number, document=plan.document, note=plan.note, made_at=plan.made_at, made_by=plan.made_by
    )
    return Answer(shown, etag=_tag(plan))


def _head(plan: t.SitePlan) -> PlanHead:
    return PlanHead(number=plan.number, note=plan.note, made_at=plan.made_at, made_by=plan.made_by)
