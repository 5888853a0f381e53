"""Who is told of a version: everybody whom it touches, once, in the transaction of the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from api.rosters.cells import change_row
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from domain.roster import Change


def tell_people(work: Work, given: Given, version: t.RosterVersion, changes: Iterable[Change]) -> None:
    """A notice for each account whose person has a change."""
    mine: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        mine[change.agent].append(change)
    accounts = _accounts(work, given, mine)
    for number, own in sorted(mine.items()):
        if number in accounts:
            facts = {
                "month": given.roster.month,
                "version": version.number,
                "kind": version.kind,
                "note": version.note,
                "changes": [change_row(change) for change in own],
            }
            notice = t.Notice(
                account_id=accounts[number],
                site_id=given.roster.site_id,
                kind="roster",
                matter=f"roster/{given.roster.id}/{version.number}",
                facts=facts,
                made_at=work.now,
            )
            work.session.add(notice)


def _accounts(work: Work, given: Given, numbers: Iterable[str]) -> dict[str, int]:
    ids = {given.numbers[number]: number for number in numbers}
    asked = select(t.Account.id, t.Account.person_id).where(t.Account.person_id.in_(ids), ~t.Account.disabled)
    return {ids[person]: account for account, person in work.session.execute(asked) if person is not None}
