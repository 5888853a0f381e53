"""Lending one's decisions, and taking them back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.approvals.forms import DelegationShown, NewDelegation
from api.auth.caller import Caller
from api.auth.rights import Role
from api.http.problems import Problem
from api.notices.rows import Word, tell
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text


def lend(work: Work, caller: Caller, told: NewDelegation) -> t.Delegation:
    """Lend the decisions of a role that one holds oneself to somebody of the same site."""
    if caller.waits_for:
        raise Problem("set-up-first", waits_for=caller.waits_for)
    sites = {grant.site_id for grant in caller.grants if grant.role is told.role and not grant.deputy}
    if not sites:
        raise Problem("forbidden", Text("您没有该岗位", "you do not hold that role"))
    deputy = work.session.scalars(select(t.Account).where(t.Account.login == told.deputy.lower())).one_or_none()
    if deputy is None or deputy.disabled or deputy.id == caller.account_id or not _known_there(deputy, sites):
        raise Refusal(Text("本站没有这个账号可委托", "there is no such account at your site to lend to"))
    if told.last_at <= work.now:
        raise Refusal(Text("委托期已过", "that time is over"))
    row = t.Delegation(
        giver_id=caller.account_id,
        deputy_id=deputy.id,
        role=told.role.value,
        first_at=max(told.first_at, work.now),
        last_at=told.last_at,
        reason=told.reason,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    facts = {"deputy": deputy.login, "role": row.role, "until": row.last_at.isoformat(), "reason": row.reason}
    work.did("decisions.lent", f"delegation/{row.id}", None, **facts)
    for site_id in sorted(site for site in sites if site is not None):
        told_facts = {"giver": caller.name, "role": row.role, "until": row.last_at.isoformat()}
        tell(work, Word(site_id, "deputy", f"delegation/{row.id}"), {deputy.id: told_facts})
    return row


def take_back(work: Work, caller: Caller, delegation_id: int) -> t.Delegation:
    """End it before its time, as giver or as deputy."""
    row = work.session.get(t.Delegation, delegation_id, with_for_update={"of": t.Delegation})
    if row is None or caller.account_id not in (row.giver_id, row.deputy_id):
        raise Problem("not-found")
    if row.ended_at is not None:
        raise Problem("conflict")
    row.ended_at = work.now
    work.did("decisions.taken-back", f"delegation/{row.id}", None)
    return row


def delegations_of(session: Session, caller: Caller) -> list[t.Delegation]:
    """What one lent and what was lent to one, the newest first."""
    mine = (t.Delegation.giver_id == caller.account_id) | (t.Delegation.deputy_id == caller.account_id)
    return list(session.scalars(select(t.Delegation).where(mine).order_by(t.Delegation.id.desc()).limit(200)))


def delegation_shown(row: t.Delegation) -> DelegationShown:
    """Who stands in for whom."""
    return DelegationShown(
        id=row.id,
        giver=row.giver.name,
        deputy=row.deputy.login,
        deputy_name=row.deputy.name,
        role=Role(row.role),
        first_at=row.first_at,
        last_at=row.last_at,
        reason=row.reason,
        ended_at=row.ended_at,
    )


def _known_there(account: t.Account, sites: set[int | None]) -> bool:
    """Whether somebody has a role at one of the sites, or over the whole group."""
    return any(grant.site_id is None or None in sites or grant.site_id in sites for grant in account.roles)
