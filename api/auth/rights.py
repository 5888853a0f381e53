"""The matrix of rights: which role may do what, and how far it reaches. One place, and tested as a whole.

Every cell is bound to a site; roles of GROUP_WIDE may also be held over the whole group (S22).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Role(StrEnum):
    """A post (岗位): 坐席, 班长, 排班员, 主管 (who heads the site), 行政, 总经理, 审计, 管理员."""

    AGENT = "agent"
    LEADER = "leader"
    SCHEDULER = "scheduler"
    MANAGER = "manager"
    ADMINISTRATION = "administration"
    GENERAL = "general"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Reach(IntEnum):
    """How far a right goes."""

    NOWHERE = 0
    OWN = 1
    TEAM = 2
    SITE = 3


class Action(StrEnum):
    """Something that can be done."""

    SITE_SEE = "site.see"
    SITE_MAKE = "site.make"
    RULES_SEE = "rules.see"
    RULES_EDIT = "rules.edit"
    PEOPLE_SEE = "people.see"
    PEOPLE_EDIT = "people.edit"
    CONTACTS_SEE = "contacts.see"
    DEMAND_SEE = "demand.see"
    DEMAND_EDIT = "demand.edit"
    ROSTER_SEE = "roster.see"
    DRAFT_SEE = "draft.see"
    DRAFT_EDIT = "draft.edit"
    PUBLISH = "roster.publish"
    CHANGE_PUBLISHED = "roster.change"
    WAIVE_PRICED = "rule.waive-priced"
    WAIVE_HARD = "rule.waive-hard"
    REQUEST = "request.ask"
    REQUESTS_SEE = "request.see"
    REQUESTS_DECIDE = "request.decide"
    LEAVE_SHORT = "leave.decide-short"
    LEAVE_LONG = "leave.decide-long"
    LEAVE_LONGEST = "leave.decide-longest"
    SWAP = "swap.ask"
    SWAPS_SEE = "swap.see"
    SWAP_APPROVE = "swap.approve"
    SWAP_APPROVE_MORE = "swap.approve-more"
    CALL_OUT = "callout.start"
    CALLOUTS_SEE = "callout.see"
    ATTENDANCE = "attendance.mark"
    ATTENDANCE_SEE = "attendance.see"
    ATTENDANCE_EXCUSE = "attendance.excuse"
    LEDGER_SEE = "ledger.see"
    FEED_SHARED = "feed.shared"
    JOBS = "job.run"
    EXPORT = "export"
    AUDIT_SEE = "audit.see"
    ACCOUNTS = "account.manage"
    HOOKS = "hook.manage"
    RIGHTS_SEE = "rights.see"


_AGENT: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.PEOPLE_SEE: Reach.OWN,
    Action.CONTACTS_SEE: Reach.OWN,
    Action.ROSTER_SEE: Reach.SITE,
    Action.REQUEST: Reach.OWN,
    Action.REQUESTS_SEE: Reach.OWN,
    Action.SWAP: Reach.OWN,
    Action.SWAPS_SEE: Reach.OWN,
    Action.ATTENDANCE_SEE: Reach.OWN,
    Action.CALLOUTS_SEE: Reach.OWN,
    Action.LEDGER_SEE: Reach.OWN,
    Action.EXPORT: Reach.OWN,
    Action.AUDIT_SEE: Reach.OWN,
}
_LEADER: Final = {
    **_AGENT,
    Action.PEOPLE_SEE: Reach.TEAM,
    Action.CONTACTS_SEE: Reach.TEAM,
    Action.DRAFT_SEE: Reach.TEAM,
    Action.DEMAND_SEE: Reach.SITE,
    Action.RULES_SEE: Reach.SITE,
    Action.SWAPS_SEE: Reach.SITE,
    Action.CALL_OUT: Reach.SITE,
    Action.CALLOUTS_SEE: Reach.SITE,
    Action.ATTENDANCE: Reach.TEAM,
    Action.ATTENDANCE_SEE: Reach.TEAM,
    Action.LEDGER_SEE: Reach.TEAM,
    Action.FEED_SHARED: Reach.TEAM,
}
_SCHEDULER: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.RULES_SEE: Reach.SITE,
    Action.PEOPLE_SEE: Reach.SITE,
    Action.PEOPLE_EDIT: Reach.SITE,
    Action.CONTACTS_SEE: Reach.SITE,
    Action.DEMAND_SEE: Reach.SITE,
    Action.DEMAND_EDIT: Reach.SITE,
    Action.ROSTER_SEE: Reach.SITE,
    Action.DRAFT_SEE: Reach.SITE,
    Action.DRAFT_EDIT: Reach.SITE,
    Action.PUBLISH: Reach.SITE,
    Action.CHANGE_PUBLISHED: Reach.SITE,
    Action.WAIVE_PRICED: Reach.SITE,
    Action.REQUEST: Reach.OWN,
    Action.REQUESTS_SEE: Reach.SITE,
    Action.SWAP: Reach.OWN,
    Action.SWAPS_SEE: Reach.SITE,
    Action.SWAP_APPROVE: Reach.SITE,
    Action.CALL_OUT: Reach.SITE,
    Action.CALLOUTS_SEE: Reach.SITE,
    Action.ATTENDANCE: Reach.SITE,
    Action.ATTENDANCE_SEE: Reach.SITE,
    Action.LEDGER_SEE: Reach.SITE,
    Action.FEED_SHARED: Reach.SITE,
    Action.JOBS: Reach.SITE,
    Action.EXPORT: Reach.SITE,
    Action.AUDIT_SEE: Reach.OWN,
}
_MANAGER: Final = {
    **_SCHEDULER,
    Action.RULES_EDIT: Reach.SITE,
    Action.WAIVE_HARD: Reach.SITE,
    Action.REQUESTS_DECIDE: Reach.SITE,
    Action.LEAVE_SHORT: Reach.SITE,
    Action.SWAP_APPROVE_MORE: Reach.SITE,
    Action.ATTENDANCE_EXCUSE: Reach.SITE,
    Action.AUDIT_SEE: Reach.SITE,
    Action.RIGHTS_SEE: Reach.SITE,
}
_ADMINISTRATION: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.PEOPLE_SEE: Reach.SITE,
    Action.ROSTER_SEE: Reach.SITE,
    Action.REQUESTS_SEE: Reach.SITE,
    Action.REQUESTS_DECIDE: Reach.SITE,
    Action.LEAVE_LONG: Reach.SITE,
    Action.ATTENDANCE_SEE: Reach.SITE,
    Action.AUDIT_SEE: Reach.OWN,
}
_GENERAL: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.PEOPLE_SEE: Reach.SITE,
    Action.ROSTER_SEE: Reach.SITE,
    Action.REQUESTS_SEE: Reach.SITE,
    Action.REQUESTS_DECIDE: Reach.SITE,
    Action.LEAVE_LONGEST: Reach.SITE,
    Action.ATTENDANCE_SEE: Reach.SITE,
    Action.LEDGER_SEE: Reach.SITE,
    Action.AUDIT_SEE: Reach.OWN,
}
_AUDITOR: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.RULES_SEE: Reach.SITE,
    Action.PEOPLE_SEE: Reach.SITE,
    Action.DEMAND_SEE: Reach.SITE,
    Action.ROSTER_SEE: Reach.SITE,
    Action.DRAFT_SEE: Reach.SITE,
    Action.SWAPS_SEE: Reach.SITE,
    Action.CALLOUTS_SEE: Reach.SITE,
    Action.ATTENDANCE_SEE: Reach.SITE,
    Action.LEDGER_SEE: Reach.SITE,
    Action.EXPORT: Reach.SITE,
    Action.AUDIT_SEE: Reach.SITE,
    Action.RIGHTS_SEE: Reach.SITE,
}
_ADMIN: Final = {
    Action.SITE_SEE: Reach.SITE,
    Action.SITE_MAKE: Reach.SITE,
    Action.ACCOUNTS: Reach.SITE,
    Action.HOOKS: Reach.SITE,
    Action.RIGHTS_SEE: Reach.SITE,
}
MATRIX: Final[dict[Role, dict[Action, Reach]]] = {
    Role.AGENT: _AGENT,
    Role.LEADER: _LEADER,
    Role.SCHEDULER: _SCHEDULER,
    Role.MANAGER: _MANAGER,
    Role.ADMINISTRATION: _ADMINISTRATION,
    Role.GENERAL: _GENERAL,
    Role.AUDITOR: _AUDITOR,
    Role.ADMIN: _ADMIN,
}
GROUP_WIDE: Final = frozenset({Role.ADMINISTRATION, Role.GENERAL, Role.AUDITOR, Role.ADMIN})
"""Roles that can be held over the whole group."""
POWERFUL: Final = frozenset(Role) - {Role.AGENT, Role.LEADER}
"""Roles that demand a second factor."""


LENT: Final = frozenset(
    {
        Action.SITE_SEE, Action.PEOPLE_SEE, Action.ROSTER_SEE, Action.DRAFT_SEE, Action.DEMAND_SEE,
        Action.REQUESTS_SEE, Action.REQUESTS_DECIDE, Action.LEAVE_SHORT, Action.LEAVE_LONG, Action.LEAVE_LONGEST,
        Action.SWAPS_SEE, Action.SWAP_APPROVE, Action.SWAP_APPROVE_MORE, Action.ATTENDANCE_SEE,
        Action.ATTENDANCE_EXCUSE, Action.CALLOUTS_SEE, Action.CALL_OUT, Action.LEDGER_SEE,
    }
)  # fmt: skip
"""What a deputy has of the role that he stands in for: to decide, and to see what is decided on; no more."""
DECIDERS: Final = frozenset({Role.SCHEDULER, Role.MANAGER, Role.ADMINISTRATION, Role.GENERAL})
"""Roles whose decisions can be lent."""
NOBODY: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a site, or over the whole group; one's own, or as somebody's deputy."""

    role: Role
    site_id: int | None
    deputy: bool = False
    principal: int | None = None
    """The person whose deputy one is."""


def reach(grants: Iterable[Grant], action: Action, site_id: int | None, about: frozenset[int] = NOBODY) -> Reach:
    """How far somebody's roles let him do something at a site; without a site only what holds for the group counts.

    `about`: the people whom it concerns. Nobody is the deputy of one of them in their own matter.
    """
    return max(
        (
            MATRIX[grant.role].get(action, Reach.NOWHERE)
            for grant in grants
            if grant.site_id in (None, site_id) and (not grant.deputy or _lent(grant, action, about))
        ),
        default=Reach.NOWHERE,
    )


def _lent(grant: Grant, action: Action, about: frozenset[int]) -> bool:
    return action in LENT and grant.principal not in about
