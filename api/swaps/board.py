"""The board: duties that people would give, and open ones that nobody has."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.rosters.cells import to_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.forms import LegForm, NewPost, PostShown
from api.swaps.judge import Ground, refuse_late
from api.swaps.legs import duty_in_force, duty_of
from api.swaps.states import move_post
from domain.language import Refusal, Text, plain
from domain.roster import Duty
from domain.swaps import NOBODY


def post(work: Work, ground: Ground, form: NewPost, giver: str | None) -> t.Post:
    """Put a duty on the board; without a giver one that nobody has."""
    given = ground.given
    if giver is None:
        duty, duty_id, person_id = _open_duty(ground, form), None, None
    else:
        found = duty_in_force(work.session, given, LegForm(giver=giver, day=form.day, shift=form.shift, taker=giver))
        duty = duty_of(found, giver)
        duty_id, person_id = found.id, found.person_id
        _refuse_twice(work, found.id)
    refuse_late(work, ground, duty)
    start = ground.span(duty).start
    latest = start if giver is None else ground.policy.cutoff(start, given.plan.site.zone)
    row = t.Post(
        roster_id=given.roster.id,
        roster=given.roster,
        person_id=person_id,
        duty_id=duty_id,
        duty=to_row(duty),
        day=duty.day,
        wanted=form.wanted.model_dump(mode="json"),
        state="open",
        note=form.note,
        revision=1,
        expires_at=min(form.expires_at or latest, latest),
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    row.person = work.session.get(t.Person, person_id) if person_id else None
    work.session.add(row)
    work.session.flush()
    work.did("post.made", f"post/{row.id}", given.roster.site_id, day=form.day.isoformat(), open=giver is None)
    return row


def take_down(work: Work, row: t.Post) -> None:
    """Take a post off the board."""
    if row.state != "open" or in_match(work.session, row):
        raise Problem(
            "conflict", Text("该班已不在换班板上或正在换班中", "it is not on the board any more, or in a swap")
        )
    move_post(work, row, "withdrawn")
    work.did("post.withdrawn", f"post/{row.id}", row.roster.site_id)


def post_shown(row: t.Post) -> PostShown:
    """A duty on the board."""
    return PostShown(
        id=row.id,
        month=row.roster.month,
        giver=row.person.number if row.person else None,
        day=row.day,
        shift=row.duty[2],
        work=row.duty[3],
        wanted=row.wanted,
        state=row.state,
        note=row.note,
        expires_at=row.expires_at,
        made_at=row.made_at,
    )


def _open_duty(ground: Ground, form: NewPost) -> Duty:
    """A duty of a shift type that nobody has yet."""
    if form.shift is None:
        raise Refusal(Text("空班须指明班次", "an open duty names its shift"))
    if form.day not in ground.given.situation.horizon:
        words = Text("{day}不在排班月内", "{day} is not in the month of the roster")
        raise Refusal(words.filled(day=plain(form.day)))
    shift = ground.given.plan.site.shift(form.shift)
    work = ground.given.plan.site.work(form.work or shift.works[0]).id
    if work not in shift.works:
        words = Text("班次“{shift}”不承担“{work}”", "shift “{shift}” does not serve “{work}”")
        raise Refusal(words.filled(shift=plain(shift.code), work=plain(work)))
    return Duty(form.day, NOBODY, shift.code, work)


def in_match(session: Session, row: t.Post) -> bool:
    """Whether a swap that answers a post waits for a decision."""
    asked = select(t.SwapLeg.id).where(t.SwapLeg.post_id == row.id, t.SwapLeg.bound)
    return session.scalars(asked.limit(1)).first() is not None


def _refuse_twice(work: Work, duty_id: int) -> None:
    asked = select(t.Post.id).where(t.Post.duty_id == duty_id, t.Post.state == "open")
    if work.session.scalars(asked).first() is not None:
        raise Problem("conflict", Text("该班已在换班板上", "this duty is on the board already"))
