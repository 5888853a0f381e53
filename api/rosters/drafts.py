"""The draft: edited cell by cell, each edit judged as it is made; two editors never undo each other unseen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.rosters.cells import Row, changed_rows, to_duties, to_rows
from api.rosters.forms import ChangeForm, change_of
from api.rosters.given import Given, drafted
from api.rosters.publish import duties_of
from api.store import tables as t
from api.store.store import Work
from constraints.verdict import Verdict, verdict_at_once
from domain.language import Refusal, Text, day_text, plain
from domain.roster import Change, Duty, Roster


def changes_of(forms: Sequence[ChangeForm], given: Given) -> tuple[Change, ...]:
    """Changes that were sent: of people who are here and days of the month."""
    changes = tuple(change_of(form, given.plan.site) for form in forms)
    for change in changes:
        given.situation.agent(change.agent)
        if change.day not in given.situation.horizon:
            words = Text("{day}不在排班月内", "{day} is not in the month of the roster")
            raise Refusal(words.filled(day=day_text(change.day)))
    return changes


def judged(roster: Roster, given: Given, changes: Sequence[Change]) -> Verdict:
    """What changes would do; an old duty that is not there any more is a clash with another editor."""
    refuse_unseen(roster, given, changes)
    return verdict_at_once(roster, given.rules, given.plan.policy, changes)


def edit(work: Work, given: Given, changes: Sequence[Change], **facts: str) -> tuple[Verdict, Roster]:
    """Change the draft, to this roster. What breaks a hard rule is taken too, and told: publishing will refuse it."""
    draft = drafted(given)
    verdict = judged(draft, given, changes)
    gone, days = {change.old for change in changes}, {change.day for change in changes}
    kept = (duty for duty in draft.planned if duty.day not in days or duty not in gone)
    _keep_rows(work, given.roster, changed_rows(given.roster.draft, changes))
    work.did("draft.edited", f"roster/{given.roster.id}", given.roster.site_id, cells=len(changes), **facts)
    return verdict, given.roster_of((*kept, *(change.new for change in changes if change.new)))


def take(work: Work, roster: t.Roster, duties: Sequence[Duty], what: str) -> None:
    """Make a whole roster the draft."""
    keep(work, roster, duties)
    work.did("draft.taken", f"roster/{roster.id}", roster.site_id, source=what)


def keep(work: Work, roster: t.Roster, duties: Sequence[Duty]) -> None:
    """Write the draft."""
    _keep_rows(work, roster, to_rows(duties))


def _keep_rows(work: Work, roster: t.Roster, rows: list[Row]) -> None:
    """Write the draft; its revision counts."""
    roster.draft = rows
    roster.revision += 1
    roster.changed_at = work.now


def candidate_duties(session: Session, roster: t.Roster, candidate_id: int) -> tuple[Duty, ...]:
    """The duties of a roster that a job found, of those who are here: a case may have had people who are not."""
    found = session.get(t.Candidate, candidate_id)
    if found is None or found.roster_id != roster.id:
        raise Problem("not-found")
    here = set(session.scalars(select(t.Person.number).where(t.Person.site_id == roster.site_id)))
    return tuple(duty for duty in to_duties(found.duties) if duty.agent in here)


def version_duties(session: Session, roster: t.Roster, number: int) -> tuple[Duty, ...]:
    """The duties of a version that was published."""
    return duties_of(session, version_of(session, roster, number))


def version_of(session: Session, roster: t.Roster, number: int) -> t.RosterVersion:
    """One version of a roster."""
    asked = select(t.RosterVersion).where(t.RosterVersion.roster_id == roster.id, t.RosterVersion.number == number)
    found = session.scalars(asked).one_or_none()
    if found is None:
        raise Problem("not-found")
    return found


def refuse_unseen(roster: Roster, given: Given, changes: Sequence[Change]) -> None:
    """What a change takes away must be there as its sender saw it; what it adds must find the cell so, too."""
    duties = set(roster.planned)
    for change in changes:
        if change.old is not None and change.old not in duties:
            words = Text("{who}{day}的班已被更改, 请刷新", "the duty of {who} on {day} was changed meanwhile")
            name = plain(given.situation.agent(change.agent).name)
            raise Problem("stale", words.filled(who=name, day=day_text(change.day)))
