"""Who is told of a version: everybody whom it touches, once, in the transaction of the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from api.notices.rows import Word, accounts_of, tell
from api.rosters.cells import change_row
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from domain.roster import Change

NONE: Final[Mapping[int, Mapping[str, int]]] = MappingProxyType({})


def tell_people(
    work: Work,
    given: Given,
    version: t.RosterVersion,
    changes: Iterable[Change],
    wishes: Mapping[int, Mapping[str, int]] = NONE,
) -> None:
    """A notice for each account whose person has a change; of a publication also what became of his wishes."""
    mine: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        mine[given.numbers[change.agent]].append(change)
    facts = {"month": given.roster.month, "version": version.number, "kind": version.kind, "note": version.note}
    told = {
        account: {**facts, "changes": [change_row(change) for change in mine[person]], "wishes": wishes.get(person)}
        for person, account in accounts_of(work, mine).items()
    }
    tell(work, Word(given.roster.site_id, "roster", f"roster/{given.roster.id}/{version.number}"), told)
