"""Legs of swaps between the store, the wire and the domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.rosters.cells import to_duty, to_row
from api.rosters.given import Given
from api.rosters.spill import following
from api.store import tables as t
from api.store.store import Work
from api.swaps.forms import LegForm
from domain.language import Refusal, Text, day_text, plain
from domain.roster import Duty
from domain.swaps import NOBODY, Leg, Split, checked, splits
from domain.time import Month


def legs_of(swap: t.Swap) -> tuple[Leg, ...]:
    """The legs of a swap."""
    return tuple(
        Leg(to_duty(leg.duty), leg.taker.number, Split(*leg.split) if leg.split else None) for leg in swap.legs
    )


def legs_told(work: Work, given: Given, forms: Sequence[LegForm]) -> tuple[list[t.SwapLeg], tuple[Leg, ...]]:
    """Legs that were sent, as rows and as the domain has them: of duties in force, or of open posts."""
    rows = [_row(work, given, form) for form in forms]
    posts = [row.post_id for row in rows if row.post_id is not None]
    if len(posts) != len(set(posts)):
        raise Refusal(Text("同一空班或帖子出现两次", "a post is named twice"))
    legs = tuple(
        Leg(to_duty(row.duty), form.taker, _split(given, row, form)) for row, form in zip(rows, forms, strict=True)
    )
    if all(leg.duty.day not in given.situation.horizon for leg in legs):
        raise Refusal(Text("请在班次所在月份提出", "it is filed in the month of its duties"))
    return rows, checked(legs)


def _row(work: Work, given: Given, form: LegForm) -> t.SwapLeg:
    taker = given.numbers.get(given.situation.agent(form.taker).id)
    post = _post(work, given, form)
    row = t.SwapLeg(taker_id=taker, split=[form.split.kept, form.split.passed] if form.split else None, bound=False)
    row.taker = work.session.get_one(t.Person, taker)
    row.post_id = post.id if post else None
    if post is not None and post.person_id is None:
        row.duty_id, row.duty = None, list(post.duty)
    else:
        duty = duty_in_force(work.session, given, form)
        if post is not None and post.duty_id != duty.id:
            raise Refusal(Text("帖子说的不是这个班", "the post speaks of another duty"))
        row.duty_id, row.duty = duty.id, to_row(duty_of(duty, str(form.giver)))
    return row


def duty_in_force(session: Session, given: Given, form: LegForm) -> t.Duty:
    """The duty that a leg speaks of."""
    if form.giver is None or form.day is None:
        raise Refusal(Text("请说明谁的哪一天的班", "a leg names whose duty of which day it is"))
    giver = given.numbers[given.situation.agent(form.giver).id]
    asked = select(t.Duty).where(t.Duty.person_id == giver, t.Duty.day == form.day, t.Duty.state == "active")
    asked = asked.where(t.Duty.roster_id == _roster(session, given, form.day).id)
    asked = asked.where(t.Duty.shift == form.shift) if form.shift else asked
    found = session.scalars(asked.order_by(t.Duty.start_at)).all()
    if len(found) != 1:
        none = Text("{who}在{day}没有这个班", "{who} has no such duty on {day}")
        many = Text("{who}在{day}有多个班, 请指明班次", "{who} has several duties on {day}: name the shift")
        name = plain(given.situation.agent(form.giver).name)
        raise Refusal((many if found else none).filled(who=name, day=day_text(form.day)))
    return found[0]


def _roster(session: Session, given: Given, day: date) -> t.Roster:
    """The month of a duty: the one of the swap, or the one after it."""
    if day in given.situation.horizon:
        return given.roster
    if day < given.situation.horizon.first:
        raise Refusal(Text("跨月换班请在较早的月份提出", "a swap across months is filed in the earlier one"))
    after = following(session, given.roster)
    if after is None or day not in Month.parse(after.month).days:
        raise Refusal(Text("{day}所在月份尚未发布", "the month of {day} is not published").filled(day=day_text(day)))
    return after


def duty_of(row: t.Duty, agent: str) -> Duty:
    """A duty in force as the domain has it."""
    return Duty(row.day, agent, row.shift, row.work, tuple(row.breaks))


def _post(work: Work, given: Given, form: LegForm) -> t.Post | None:
    if form.post is None:
        return None
    post = work.session.get(t.Post, form.post)
    if post is None or post.roster_id != given.roster.id:
        raise Problem("not-found")
    if post.state != "open" or post.expires_at <= work.now:
        raise Problem("conflict", Text("该班已不在换班板上", "this duty is not on the board any more"))
    return post


def _split(given: Given, row: t.SwapLeg, form: LegForm) -> Split | None:
    """A part of a duty must be one of the ways in which the shift types part it."""
    if form.split is None:
        return None
    split, duty = Split(form.split.kept, form.split.passed), to_duty(row.duty)
    if split not in splits(given.plan.site, duty) or duty.agent == NOBODY:
        words = Text("“{shift}”不能拆成“{kept}”和“{passed}”", "“{shift}” cannot be parted into “{kept}” and “{passed}”")
        raise Refusal(words.filled(shift=plain(duty.shift), kept=plain(split.kept), passed=plain(split.passed)))
    return split
