"""What a change of a month does to the month after it, where that is published: its rules, and its proof of cover.

A night of the last day covers the first morning of the next month, and a rest lies between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.plan import certified
from api.rosters.given import Given, in_force, read_given
from api.rosters.proof import below_floor
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Work
from constraints.breach import Breach
from constraints.verdict import Standing
from domain.roster import Change
from domain.time import Month


def following(session: Session, roster: t.Roster, *, lock: bool = False) -> t.Roster | None:
    """The month after one, if it is published."""
    month = Month.of(Month.parse(roster.month).days.last + timedelta(days=1))
    asked = select(t.Roster).where(t.Roster.site_id == roster.site_id, t.Roster.month == str(month))
    asked = asked.where(t.Roster.published.is_not(None))
    return session.scalars(asked.with_for_update() if lock else asked).one_or_none()


class Spill:
    """Asked of the following month: read with the one before, if it is published."""

    def __init__(self, session: Session, roster: t.Roster) -> None:
        row = following(session, roster)
        self._given = read_given(session, row) if row else None
        self._standing = _standing(session, self._given) if self._given else None

    def broken(self, changes: Iterable[Change]) -> tuple[Breach, ...]:
        """The hard rules of the following month that changes would break."""
        if self._given is None or self._standing is None:
            return ()
        found = self._standing.verdict(_known(self._given, changes)).broken
        return tuple(breach for breach in found if breach.hard)


def refuse_spilled(work: Work, roster: t.Roster, changes: Iterable[Change], waivers: Waivers) -> None:
    """Changes that are in force by now and break a rule of the month after, or leave it without its floor."""
    after = following(work.session, roster, lock=True)
    if after is None:
        return
    given = read_given(work.session, after)
    back = [Change(change.agent, change.day, change.new, change.old) for change in _known(given, changes)]
    left = waivers.left(_standing(work.session, given).verdict(back).healed)
    if left:
        raise broken(left)
    duties = in_force(work.session, roster.site_id, given.situation.horizon)
    proof = certified(given.plan, given.roster_of(duties), given.situation)
    if not proof.holds:
        raise below_floor(proof)
    work.did("roster.proved", f"roster/{after.id}/{after.published}", after.site_id, month=after.month)


def _standing(session: Session, given: Given) -> Standing:
    duties = in_force(session, given.roster.site_id, given.situation.horizon)
    return Standing(given.roster_of(duties), given.situation, given.plan.policy)


def _known(given: Given, changes: Iterable[Change]) -> list[Change]:
    """The changes of people who are still here in the month after."""
    return [change for change in changes if change.agent in given.numbers]
