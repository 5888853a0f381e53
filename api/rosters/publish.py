"""Publishing: a version that never changes, the duties in force, the proof of cover, and word to whom it touches.

All of it in one transaction. The proof reads what was written back out of the database and knows no rule and no shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.ledger.book import Cause, carry_over, settle, undo
from api.plan import certified
from api.requests.fates import Settled, forget_fates, settle_wishes
from api.rosters.cells import change_row, changed_rows, to_change, to_duties, to_rows
from api.rosters.force import bring_into_force, span_of
from api.rosters.given import Given, drafted, in_force, read_given
from api.rosters.notify import tell_people
from api.rosters.proof import below_floor, certificate_row
from api.rosters.spill import following, refuse_spilled
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Work
from constraints.check import check, score
from domain.language import Text, day_text, plain
from domain.roster import Change, Duty, Roster, diff


@dataclass(frozen=True, slots=True)
class Deed:
    """What is put in force, and why."""

    kind: str
    note: str
    waivers: Waivers = field(default_factory=Waivers)


def publish(work: Work, given: Given, duties: Sequence[Duty], deed: Deed) -> t.RosterVersion:
    """Put a month's duties in force, all of them."""
    changes = diff(standing(work.session, given), Roster.of(given.situation.horizon, duties))
    refuse_past(work, given, changes)
    report = check(given.roster_of(tuple(duties)), given.situation, given.plan.policy)
    left = deed.waivers.left(report.breaches)
    if left:
        raise broken(left)
    wishes = settle_wishes(work, given, duties)
    version = _enforced(work, given, changes, deed, wishes)
    version.score = report.score
    version.duties = given.roster.draft = to_rows(duties)
    settle(work, given, _cause(given, version), duties, wishes.beyond_share())
    refuse_spilled(work, given.roster, changes, deed.waivers)
    work.session.add(version)
    work.session.flush()
    return version


def put_changes(work: Work, given: Given, changes: Sequence[Change], deed: Deed) -> t.RosterVersion:
    """Put changes of a published month in force, and of the one after it; they were judged before."""
    here = [change for change in changes if change.day in given.situation.horizon]
    there = [change for change in changes if change.day not in given.situation.horizon]
    version = _put(work, given, here, deed)
    if there:
        row = following(work.session, given.roster, lock=True)
        if row is None:
            raise Problem("conflict", Text("次月尚未发布", "the month after is not published"))
        _put(work, read_given(work.session, row), there, deed)
    refuse_spilled(work, given.roster, changes, deed.waivers)
    return version


def _put(work: Work, given: Given, changes: Sequence[Change], deed: Deed) -> t.RosterVersion:
    """Changes of one month; the draft follows where it can."""
    refuse_past(work, given, changes)
    version = _enforced(work, given, changes, deed)
    after = standing(work.session, given)
    version.score = score(given.roster_of(after.duties), given.situation, given.plan.policy)
    draft = set(drafted(given).planned)
    carry_over(work, given, _cause(given, version), given.roster_of(after.duties), changes)
    follows = [change for change in changes if change.old is None or change.old in draft]
    given.roster.draft = changed_rows(given.roster.draft, follows)
    work.session.add(version)
    work.session.flush()
    return version


def put_past(work: Work, given: Given, duties: Sequence[Duty], deed: Deed) -> t.RosterVersion:
    """Duties of a month that was worked before: facts, which no rule judges."""
    changes = diff(standing(work.session, given), Roster.of(given.situation.horizon, duties))
    version = _version(work, given, changes, deed)
    bring_into_force(work, given, changes)
    version.duties = given.roster.draft = to_rows(duties)
    given.roster.published = version.number
    settle(work, given, _cause(given, version), duties, {})
    work.session.add(version)
    work.session.flush()
    return version


def withdraw(work: Work, given: Given, note: str) -> t.RosterVersion:
    """Take a published month back before it begins: nothing is in force."""
    changes = diff(standing(work.session, given), Roster.of(given.situation.horizon, ()))
    refuse_past(work, given, changes)
    version = _version(work, given, changes, Deed("withdrawal", note))
    bring_into_force(work, given, changes)
    refuse_spilled(work, given.roster, changes, Waivers())
    version.duties, given.roster.published = [], None
    undo(work, _cause(given, version))
    forget_fates(work, given)
    tell_people(work, given, version, changes)
    work.session.add(version)
    work.session.flush()
    return version


def standing(session: Session, given: Given) -> Roster:
    """What is in force in the month."""
    horizon = given.situation.horizon
    return Roster.of(horizon, in_force(session, given.roster.site_id, horizon))


def duties_of(session: Session, version: t.RosterVersion) -> tuple[Duty, ...]:
    """All duties of a version: those of the last whole one before it, and the changes since."""
    asked = (
        select(t.RosterVersion)
        .where(t.RosterVersion.roster_id == version.roster_id, t.RosterVersion.number <= version.number)
        .order_by(t.RosterVersion.number.desc())
    )
    later: list[t.RosterVersion] = []
    for row in session.scalars(asked):
        if row.duties is not None:
            return _applied(to_duties(row.duties), reversed(later))
        later.append(row)
    return ()


def refuse_past(work: Work, given: Given, changes: Iterable[Change]) -> None:
    """Duties that have begun are facts; a month that was never published may tell them late."""
    if given.roster.published is None:
        return
    for change in changes:
        for duty in (change.old, change.new):
            if duty and span_of(given, duty)[0] <= work.now:
                words = Text("{who}在{day}的班已开始", "the duty of {who} on {day} has begun")
                name = plain(given.situation.agent(change.agent).name)
                raise Problem("too-late", words.filled(who=name, day=day_text(change.day)))


def _applied(duties: Iterable[Duty], versions: Iterable[t.RosterVersion]) -> tuple[Duty, ...]:
    found = set(duties)
    for change in (to_change(told) for version in versions for told in version.changes):
        found -= {change.old} if change.old else set()
        found |= {change.new} if change.new else set()
    return tuple(sorted(found))


def _enforced(
    work: Work, given: Given, changes: Sequence[Change], deed: Deed, wishes: Settled | None = None
) -> t.RosterVersion:
    """The duties in force, the proof and the word to people; without the proof nothing of it happens."""
    version = _version(work, given, changes, deed)
    bring_into_force(work, given, changes)
    after = standing(work.session, given)
    proof = certified(given.plan, given.roster_of(after.duties), given.situation)
    if not proof.holds:
        raise below_floor(proof)
    version.certificate, given.roster.published = certificate_row(proof), version.number
    tell_people(work, given, version, changes, wishes.told() if wishes else {})
    return version


def _cause(given: Given, version: t.RosterVersion) -> Cause:
    """Why something is booked: a version of the month."""
    roster = given.roster
    return Cause(roster.site_id, roster.month, version.kind, f"roster/{roster.id}/{version.number}")


def _version(work: Work, given: Given, changes: Sequence[Change], deed: Deed) -> t.RosterVersion:
    """A new version; it goes into the store when it is whole, for then it never changes."""
    roster = given.roster
    roster.versions += 1
    roster.revision += 1
    roster.changed_at = work.now
    facts = {"kind": deed.kind, "changes": len(changes), "note": deed.note, "waived": deed.waivers.reasons}
    work.did("roster.version", f"roster/{roster.id}/{roster.versions}", roster.site_id, month=roster.month, **facts)
    return t.RosterVersion(
        roster_id=roster.id,
        number=roster.versions,
        kind=deed.kind,
        plan_id=given.plan_row.id,
        requirement_id=roster.requirement_id,
        duties=None,
        changes=[change_row(change) for change in changes],
        certificate={},
        score=0,
        note=deed.note,
        made_by=work.actor.account_id,
        made_at=work.now,
    )
