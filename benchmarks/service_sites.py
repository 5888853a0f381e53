"""Generated sites in a store, each with a solved roster as its draft, for benchmarks of the service."""

from __future__ import annotations

from typing import Any, Final

from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password
from api.auth.rights import Role
from api.demand.work import keep_requirement
from api.files.site_form import SiteFile
from api.group.plans import add_site
from api.rosters.cells import to_rows
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.migrate import migrate
from api.store.store import Store
from benchmarks.site_months import Size, site_month
from domain.people import Contract
from domain.shifts import ShiftType
from domain.time import Month
from scheduler.problem import Limits, Problem
from scheduler.solve import solve

PASSWORD: Final = "benchmark pass phrase"  # noqa: S105
LOGIN: Final = "bench"


def filled(url: str) -> dict[str, Month]:
    """Sites of 120 and 200 people with a roster each, and who builds them."""
    store = Store.open(url)
    migrate(store.engine)
    with store.writing() as work:
        work.session.add(t.Group(name={"zh": "b", "en": "b"}, created_at=work.now))
    months = {f"s{people}": _site(store, people) for people in (120, 200)}
    with store.writing() as work:
        roles = [NewGrant(role=Role.SCHEDULER, site=code) for code in months]
        told = NewAccount(login=LOGIN, name=LOGIN, password=PASSWORD, roles=roles)
        add_account(work, told, hash_password(PASSWORD), by=None, must_change=False)
    store.engine.dispose()
    return months


def _site(store: Store, people: int) -> Month:
    """A generated site-month with a roster."""
    problem = site_month(Size(people, 12))
    situation = problem.situation
    result = solve(problem, Limits(seconds=20))
    if result.roster is None:
        raise SystemExit("no roster was found")
    month, code = Month.of(situation.horizon.first), f"s{people}"
    with store.writing() as work:
        site = add_site(work, SiteFile.model_validate(_document(code, problem)), by=None)
        for agent in situation.agents:
            held = [t.Certificate(skill=c.skill, first=c.valid_from, last=c.valid_until) for c in agent.certificates]
            number, contract = f"{code}-{agent.id}", agent.contract.id
            row = t.Person(site_id=site.id, number=number, name=agent.name, contract=contract, created_at=work.now)
            row.certificates = held
            work.session.add(row)
        roster = opened_roster(work, site.id, month)
        keep_requirement(work, roster, situation.requirement, None)
        roster.draft = [[day, f"{code}-{who}", *rest] for day, who, *rest in to_rows(result.roster.planned)]
    return month


def _document(code: str, problem: Problem) -> dict[str, Any]:
    """The plan of a generated site."""
    site = problem.situation.site
    contracts = {agent.contract.id: agent.contract for agent in problem.situation.agents}
    return {
        "site": {"id": code, "name": code, "zone": site.zone.key, "country": site.country},
        "works": [{"id": work.id, "label": work.id} for work in site.works],
        "shifts": [_shift(shift) for shift in site.shifts],
        "contracts": [_contract(contract) for contract in contracts.values()],
        "policy": [rule.model_dump(mode="json") for rule in problem.policy.rules],
    }


def _shift(shift: ShiftType) -> dict[str, Any]:
    names = ("after", "minutes", "paid", "until", "step")
    return {
        "code": shift.code,
        "label": shift.code,
        "start": shift.start,
        "end": shift.end,
        "works": shift.works,
        "handover": shift.handover,
        "breaks": [{name: getattr(pause, name) for name in names} for pause in shift.breaks],
    }


def _contract(contract: Contract) -> dict[str, Any]:
    month = None if contract.month_minutes is None else contract.month_minutes / 60
    return {"id": contract.id, "label": contract.id, "day_hours": contract.day_minutes / 60, "month_hours": month}
