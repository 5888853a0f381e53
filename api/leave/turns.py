"""How leave goes from one state to the next, who is told, and what becomes of the places."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from api.attendance.marks import Mark
from api.attendance.rows import mark_day, record_of
from api.auth.rights import Action, Reach, Role
from api.files.site import SitePlan
from api.http.desk import Desk
from api.leave.allowance import crowd_of, waiting
from api.leave.policy import TIERS, Tier, above
from api.leave.rows import days_of
from api.notices.rows import Word, tell_roles, tell_those
from api.requests.rows import State
from api.store import tables as t
from api.store.store import Work

ROLE_OF: Final = {Tier.HEAD: Role.MANAGER, Tier.ADMINISTRATION: Role.ADMINISTRATION, Tier.GENERAL: Role.GENERAL}
NO_SHOW: Final = Mark.NO_SHOW.value
RIGHT_OF: Final = {
    Tier.HEAD: Action.LEAVE_SHORT,
    Tier.ADMINISTRATION: Action.LEAVE_LONG,
    Tier.GENERAL: Action.LEAVE_LONGEST,
}


def decides(desk: Desk, row: t.Request) -> bool:
    """Whether the caller decides on a leave: it is his post's, not his own, and not filed by him."""
    tier = Tier(row.tier) if row.tier else Tier.HEAD
    own = row.person_id == desk.caller.person_id or row.made_by == desk.caller.account_id
    return not own and desk.caller.reach(RIGHT_OF[tier], desk.site.id, frozenset({row.person_id})) is Reach.SITE


def hand_in(work: Work, plan: SitePlan, row: t.Request) -> None:
    """A leave that is complete goes to who decides, or waits for a place."""
    kind = plan.leave.known(row.facts["leave"])
    full = crowd_of(work.session, plan, row).full if kind.allowance and "told_at" not in row.facts else []
    if full:
        turn(work, row, State.WAITLISTED)
        row.due_at = None
        tell_person(work, row, "leave-waitlisted")
        return
    turn(work, row, State.OPEN)
    row.due_at = work.now + timedelta(hours=plan.leave.escalate_hours)
    tell_post(work, row, "leave-asked")


def turn(work: Work, row: t.Request, state: State) -> None:
    """To another state, in the log."""
    before, row.state, row.revision = row.state, state.value, row.revision + 1
    work.session.flush()
    work.did("leave.turned", f"request/{row.id}", row.site_id, **{"from": before, "to": row.state})


def move_up(work: Work, plan: SitePlan, row: t.Request) -> None:
    """Nobody decided in time: the next post up does; the highest is reminded."""
    higher = above(Tier(row.tier) if row.tier else Tier.HEAD)
    row.tier, row.revision = (higher or TIERS[-1]).value, row.revision + 1
    row.due_at = work.now + timedelta(hours=plan.leave.escalate_hours)
    work.did("leave.moved-up", f"request/{row.id}", row.site_id, tier=row.tier)
    tell_post(work, row, "leave-escalated" if higher else "leave-late")


def lapse(work: Work, plan: SitePlan, row: t.Request) -> None:
    """Told by phone and never filed: absence on the days that it kept somebody from a duty (S17)."""
    turn(work, row, State.LAPSED)
    row.due_at = None
    absent(work, plan, row)
    tell_person(work, row, "leave-lapsed")
    tell_roles(work, [Role.MANAGER], _word(row, "leave-lapsed"), facts_of(row))
    give_places(work, plan, row)


def absent(work: Work, plan: SitePlan, row: t.Request) -> None:
    """The days until today on which nobody came are absence: it is known now that it was no leave.

    Whoever came is left as he was recorded, and so is what the manager has excused.
    """
    today = plan.site.zone.day_of(work.now)
    for day in days_of(row):
        known = record_of(work.session, row.person_id, day)
        if day <= today and day.isoformat() in row.facts.get("missed", ()) and (known is None or known.mark == NO_SHOW):
            mark_day(work, row.person, day, Mark.ABSENCE, f"request/{row.id}")


def give_places(work: Work, plan: SitePlan, row: t.Request) -> None:
    """A leave that ends gives its places to who waits for them, first come first."""
    for other in waiting(work.session, row.site_id, days_of(row)):
        if not crowd_of(work.session, plan, other).full:
            hand_in(work, plan, other)
            tell_person(work, other, "leave-place")


def tell_post(work: Work, row: t.Request, kind: str) -> None:
    """Tell who decides."""
    tell_roles(work, [ROLE_OF[Tier(row.tier)]], _word(row, kind), facts_of(row))


def tell_person(work: Work, row: t.Request, kind: str, **facts: str) -> None:
    """Tell whose leave it is."""
    told = {**facts_of(row), **facts}
    tell_those(work, [row.person_id], _word(row, kind), told)


def facts_of(row: t.Request) -> dict[str, str | int]:
    """What a notice of a leave holds; its kind is between the person and who decides."""
    first, last = row.first.isoformat(), row.last.isoformat()
    return {"request": row.id, "name": row.person.name, "first": first, "last": last}


def _word(row: t.Request, kind: str) -> Word:
    return Word(row.site_id, kind, f"request/{row.id}/{row.revision}/{kind}")
