"""Every table by its name: `from api.store import tables as t`, then `t.Site`."""

from sqlalchemy import DDL, event

from api.store.guards import guards
from api.store.tables.accounts import Account, FailedTry, RoleGrant, Session, Token
from api.store.tables.audit import AuditEntry, AuditHead
from api.store.tables.base import Table
from api.store.tables.board import CellNote, Presence
from api.store.tables.callouts import Callout, CalloutAsk
from api.store.tables.delegations import Delegation
from api.store.tables.demand import CallBatch, Forecast, Layer, Requirement
from api.store.tables.feeds import Feed
from api.store.tables.group import Group, Site, SitePlan, SpecialDay, Team
from api.store.tables.leave import LeaveGrant
from api.store.tables.ledger import LedgerEntry
from api.store.tables.notices import Notice
from api.store.tables.outside import Channel, Delivery, Hook, NoticeSetting
from api.store.tables.people import Attendance, Certificate, Opening, Person, Protection
from api.store.tables.requests import Request
from api.store.tables.rosters import Candidate, Duty, Receipt, Roster, RosterVersion
from api.store.tables.sheets import SheetKey
from api.store.tables.swaps import Post, Swap, SwapLeg, SwapParty
from api.store.tables.work import Answered, Job, JobFile, Milestone

__all__ = [
    "Account",
    "Answered",
    "Attendance",
    "AuditEntry",
    "AuditHead",
    "CallBatch",
    "Callout",
    "CalloutAsk",
    "Candidate",
    "CellNote",
    "Certificate",
    "Channel",
    "Delegation",
    "Delivery",
    "Duty",
    "FailedTry",
    "Feed",
    "Forecast",
    "Group",
    "Hook",
    "Job",
    "JobFile",
    "Layer",
    "LeaveGrant",
    "LedgerEntry",
    "Milestone",
    "Notice",
    "NoticeSetting",
    "Opening",
    "Person",
    "Post",
    "Presence",
    "Protection",
    "Receipt",
    "Request",
    "Requirement",
    "RoleGrant",
    "Roster",
    "RosterVersion",
    "Session",
    "SheetKey",
    "Site",
    "SitePlan",
    "SpecialDay",
    "Swap",
    "SwapLeg",
    "SwapParty",
    "Table",
    "Team",
    "Token",
]


def _guarded(dialect: str, statement: str) -> None:
    """Tables that are made from the models get the guards that migrations set up."""
    made = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
    event.listen(Table.metadata, "after_create", made)


for _dialect in ("sqlite", "postgresql"):
    for _guard in guards(_dialect):
        _guarded(_dialect, _guard)
