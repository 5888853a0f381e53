"""The month after one, where it is published: what a change does to its rules, and to its proof of cover.

A night of the last day covers the first morning of the next month, and a rest lies between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.plan import certified
from api.rosters.given import Given, in_force, locked, read_given
from api.rosters.proof import below_floor
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Work
from constraints.verdict import Standing, Verdict
from domain.roster import Change, Roster
from domain.time import Month


@dataclass(frozen=True, slots=True)
class After:
    """The month after one, as it is in force."""

    given: Given
    roster: Roster
    standing: Standing

    @classmethod
    def read(cls, session: Session, roster: t.Roster) -> After | None:
        """The month after the month of a roster, if it is published."""
        row = following(session, roster)
        return cls.of(session, read_given(session, row)) if row else None

    @classmethod
    def of(cls, session: Session, given: Given) -> After:
        """A month as it is in force, after the one before it."""
        roster = given.roster_of(in_force(session, given.roster.site_id, given.situation.horizon))
        return cls(given, roster, Standing(roster, given.situation, given.plan.policy))

    def verdict(self, changes: Iterable[Change]) -> Verdict:
        """What changes of the month before do to this one; of changes of its own, all that they do."""
        known = [change for change in changes if change.agent in self.given.numbers]
        found = self.standing.verdict(known)
        if any(change.day in self.given.situation.horizon for change in known):
            return found
        return Verdict(tuple(breach for breach in found.broken if breach.hard), (), 0)


def following(session: Session, roster: t.Roster, *, lock: bool = False) -> t.Roster | None:
    """The month after one, if it is published."""
    month = Month.of(Month.parse(roster.month).days.last + timedelta(days=1))
    asked = select(t.Roster).where(t.Roster.site_id == roster.site_id, t.Roster.month == str(month))
    asked = asked.where(t.Roster.published.is_not(None))
    return session.scalars(locked(asked) if lock else asked).one_or_none()


def refuse_spilled(work: Work, roster: t.Roster, changes: Iterable[Change], waivers: Waivers) -> None:
    """Changes that are in force by now and break a rule of the month after, or leave it without its floor."""
    row = following(work.session, roster, lock=True)
    if row is None:
        return
    after = After.of(work.session, read_given(work.session, row))
    back = [Change(change.agent, change.day, change.new, change.old) for change in changes]
    known = [change for change in back if change.agent in after.given.numbers]
    left = waivers.left(after.standing.verdict(known).healed)
    if left:
        raise broken(left)
    proof = certified(after.given.plan, after.roster, after.given.situation)
    if not proof.holds:
        raise below_floor(proof)
    work.did("roster.proved", f"roster/{row.id}/{row.published}", row.site_id, month=row.month)
