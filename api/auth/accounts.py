"""Accounts and their roles, as administrators keep them; an administrator gives himself no other role (S22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.auth import factors
from api.auth.caller import Caller
from api.auth.forms import (
    AccountShown,
    ChangedAccount,
    GrantShown,
    NewAccount,
    NewGrant,
    Reset,
    account_shown,
    grants_shown,
)
from api.auth.passwords import hash_password, refuse_weak
from api.auth.rights import GROUP_WIDE, MATRIX, Action, Reach, Role
from api.auth.sessions import end_all
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import ServiceNow, everywhere
from api.http.forms import Shown
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text, plain

router = APIRouter(tags=["accounts"])
Admin = Annotated[Caller, everywhere(Action.ACCOUNTS)]
Reviewer = Annotated[Caller, everywhere(Action.RIGHTS_SEE)]
ACCOUNTS = select(t.Account).options(selectinload(t.Account.person))


@router.get("/accounts")
def list_accounts(_: Admin, service: ServiceNow, wanted: WantedPage) -> Page[AccountShown]:
    """All accounts of the group."""
    with service.store.reading() as session:
        rows = session.scalars(wanted.ask(ACCOUNTS, t.Account.id)).all()
        return wanted.page(rows, lambda row: (row.id,), account_shown)


@router.post("/accounts", status_code=201, response_model=AccountShown)
def make_account(body: NewAccount, admin: Admin, service: ServiceNow, asked: AskedNow) -> Response:
    """A new account; its password must be changed at the first log-in."""
    kept = ""
    if body.password is not None:
        refuse_weak(body.password.get_secret_value(), body.login, body.name)
        kept = hash_password(body.password.get_secret_value())

    def do(work: Work) -> Answer:
        account = add_account(work, body, kept, by=admin.account_id, must_change=bool(kept))
        tag = etag("account", account.id, account.revision)
        return Answer(account_shown(account), 201, tag, f"/api/v1/accounts/{account.id}")

    return answered(service.store, admin, asked, do)


@router.get("/accounts/{account_id}", response_model=AccountShown)
def show_account(account_id: Id, _: Admin, service: ServiceNow) -> Response:
    """One account."""
    with service.store.reading() as session:
        account = _found(session, account_id)
        return Answer(account_shown(account), etag=etag("account", account.id, account.revision)).response()


@router.put("/accounts/{account_id}", response_model=AccountShown)
def change_account(
    account_id: Id, body: ChangedAccount, admin: Admin, service: ServiceNow, asked: AskedNow
) -> Response:
    """Change an account; disabling it, or taking roles away, ends its sessions."""

    def do(work: Work) -> Answer:
        account = _found(work.session, account_id)
        asked.require_match(etag("account", account.id, account.revision))
        before = [grant.model_dump(mode="json") for grant in grants_shown(account)]
        _refuse_own(admin, account, body.roles)
        account.name, account.language, account.disabled = body.name, body.language.value, body.disabled
        account.revision += 1
        _regrant(work, account, body.roles, by=admin.account_id)
        if body.disabled or len(body.roles) < len(before):
            end_all(work, account.id)
        work.did("account.changed", f"account/{account.id}", None, before=before, disabled=body.disabled)
        return Answer(account_shown(account), etag=etag("account", account.id, account.revision))

    return answered(service.store, admin, asked, do)


@router.post("/accounts/{account_id}/reset", status_code=204)
def reset_account(account_id: Id, body: Reset, admin: Admin, service: ServiceNow, asked: AskedNow) -> Response:
    """A new first password for somebody who forgot his; all his sessions end."""
    password = body.password.get_secret_value()
    refuse_weak(password)
    kept = hash_password(password)

    def do(work: Work) -> Answer:
        account = _found(work.session, account_id)
        account.password_hash, account.must_change = kept, True
        if body.forget_second_factor:
            factors.forget(account)
        end_all(work, account.id)
        work.did("account.reset", f"account/{account.id}", None, second_factor=body.forget_second_factor)
        return Answer()

    return answered(service.store, admin, asked, do)


class Right(Shown):
    """What one account may do at one site, for the regular review (S22)."""

    login: str
    name: str
    disabled: bool
    roles: list[GrantShown]
    rights: dict[str, list[str]]
    """By site (`*`: all), the actions and how far each reaches."""


@router.get("/rights")
def review_rights(reviewer: Reviewer, service: ServiceNow, wanted: WantedPage) -> Page[Right]:
    """Who may do what, account by account: the list for the regular review."""
    with service.store.writing(reviewer.actor) as work:
        rows = work.session.scalars(wanted.ask(ACCOUNTS, t.Account.id)).all()
        page = wanted.page(rows, lambda row: (row.id,), _right)
        work.did("rights.reviewed", "accounts", None, accounts=len(page.items))
    return page


def add_account(work: Work, body: NewAccount, kept: str, *, by: int | None, must_change: bool = True) -> t.Account:
    """A new account with its roles."""
    person = None
    if body.number is not None:
        person = work.session.scalars(select(t.Person).where(t.Person.number == body.number)).one_or_none()
        if person is None:
            raise Refusal(Text("没有工号“{id}”", "there is nobody with the id “{id}”").filled(id=plain(body.number)))
    account = t.Account(
        login=body.login.lower(),
        name=body.name,
        person_id=person.id if person else None,
        password_hash=kept,
        language=body.language.value,
        disabled=False,
        must_change=must_change,
        created_at=work.now,
    )
    work.session.add(account)
    work.session.flush()
    _regrant(work, account, body.roles, by=by)
    roles = [grant.model_dump(mode="json") for grant in body.roles]
    work.did("account.made", f"account/{account.id}", None, login=account.login, roles=roles)
    return account


def _found(session: Session, account_id: int) -> t.Account:
    account = session.get(t.Account, account_id)
    if account is None:
        raise Problem("not-found")
    return account


def _refuse_own(admin: Caller, account: t.Account, roles: Sequence[NewGrant]) -> None:
    """An administrator cannot give himself rights over rosters, nor lock himself out."""
    mine = {(grant.role, grant.site) for grant in grants_shown(account)}
    if account.id == admin.account_id and {(grant.role, grant.site) for grant in roles} != mine:
        raise Problem("forbidden", Text("不能更改自己的角色", "nobody changes his own roles"))


def _regrant(work: Work, account: t.Account, roles: Sequence[NewGrant], *, by: int | None) -> None:
    """Make the roles of an account these, each once."""
    sites = {grant.site: _site(work.session, grant.site) for grant in roles if grant.site}
    wanted = {(grant.role, sites[grant.site].id if grant.site else None) for grant in roles}
    for role, site_id in wanted:
        if site_id is None and role not in GROUP_WIDE:
            words = Text("角色“{role}”须指定站点", "the role “{role}” needs a site")
            raise Refusal(words.filled(role=plain(role.value)))
    kept = [grant for grant in account.roles if (Role(grant.role), grant.site_id) in wanted]
    known = {(Role(grant.role), grant.site_id) for grant in kept}
    fresh = [
        t.RoleGrant(role=role.value, site_id=site_id, granted_by=by, granted_at=work.now)
        for role, site_id in sorted(wanted - known, key=str)
    ]
    account.roles = [*kept, *fresh]
    work.session.flush()


def _site(session: Session, code: str) -> t.Site:
    found = session.scalars(select(t.Site).where(t.Site.code == code)).one_or_none()
    if found is None:
        words = Text("没有站点“{code}”", "there is no site “{code}”")
        raise Refusal(words.filled(code=plain(code)))
    return found


def _right(account: t.Account) -> Right:
    rights: dict[str, list[str]] = {}
    for grant in grants_shown(account):
        told = [
            f"{action.value}:{far.name.lower()}" for action, far in MATRIX[grant.role].items() if far > Reach.NOWHERE
        ]
        rights[grant.site or "*"] = sorted({*rights.get(grant.site or "*", []), *told})
    return Right(
        login=account.login, name=account.name, disabled=account.disabled, roles=grants_shown(account), rights=rights
    )
