"""What stands against a swap: time, rules on the roster as it is now, the quota; and what it does to each party."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.rosters.drafts import refuse_unseen
from api.rosters.given import Given, read_given
from api.rosters.publish import standing
from api.rosters.spill import After
from api.store import tables as t
from api.store.store import Work
from api.swaps.forms import Effect
from api.swaps.policy import SwapPolicy
from api.swaps.states import WAITING, State
from constraints.figures import PersonMonth, month_of
from constraints.verdict import Standing, Verdict
from domain.language import Text, day_text, plain
from domain.roster import Change, Duty, Roster
from domain.swaps import NOBODY, Leg, changes_of
from domain.time import Span, minute


@dataclass(frozen=True)
class Ground:
    """A published month as it is in force: what swaps are judged on."""

    given: Given
    roster: Roster
    after: After | None = None
    """The month after it, if it is published."""

    @property
    def policy(self) -> SwapPolicy:
        """How the site lets its people swap."""
        return self.given.plan.swaps

    def verdict(self, legs: Iterable[Leg]) -> Verdict:
        """What a swap would break, heal and cost."""
        return self.verdict_of(changes_of(legs))

    def verdict_of(self, changes: Iterable[Change]) -> Verdict:
        """What changes would break, heal and cost; a duty that is not there any more is a clash."""
        changes = tuple(changes)
        here = self.here(changes)
        refuse_unseen(self.roster, self.given, here)
        found = self._standing.verdict(here)
        if self.after is None:
            return found
        refuse_unseen(self.after.roster, self.after.given, [change for change in changes if change not in here])
        return _both(found, self.after.verdict(changes))

    def here(self, changes: Iterable[Change]) -> list[Change]:
        """The changes that lie in the month itself, and not in the one after it."""
        return [change for change in changes if change.day in self.given.situation.horizon]

    @cached_property
    def _standing(self) -> Standing:
        """The month, read once for all verdicts of a request."""
        return Standing(self.roster, self.given.situation, self.given.plan.policy)

    def span(self, duty: Duty) -> Span:
        """From when to when a duty lasts."""
        site = self.given.plan.site
        return site.shift(duty.shift).span(site.zone, duty.day)

    def first(self, legs: Iterable[Leg]) -> Duty:
        """The earliest duty that a swap touches."""
        return min((leg.duty for leg in legs), key=lambda duty: self.span(duty).start)


def _both(one: Verdict, other: Verdict) -> Verdict:
    """Two verdicts as one."""
    return Verdict((*one.broken, *other.broken), (*one.healed, *other.healed), one.cost + other.cost)


def ground_of(session: Session, roster: t.Roster) -> Ground:
    """The month of a roster as it is in force; one that is not published has no swaps."""
    if roster.published is None:
        raise Problem("conflict", Text("本月尚未发布", "this month is not published"))
    given = read_given(session, roster)
    return Ground(given, given.roster_of(standing(session, given).duties), After.read(session, roster))


def refuse_late(work: Work, ground: Ground, duty: Duty) -> None:
    """A swap is filed ahead of its earliest duty (S6); one that nobody has is claimed until it begins."""
    if duty.agent == NOBODY:
        if ground.span(duty).start <= work.now:
            raise Problem("too-late", Text("班次已开始", "the duty has begun"))
        return
    policy, zone = ground.policy, ground.given.plan.site.zone
    cutoff = policy.cutoff(ground.span(duty).start, zone)
    if work.now < cutoff:
        return
    ahead = (
        Text("{hours}小时", "{hours} hours").filled(hours=policy.hours_ahead)
        if policy.hours_ahead is not None
        else Text("{days}天", "{days} calendar days").filled(days=policy.days_ahead)
    )
    words = Text(
        "换班须至少提前{ahead}提出; {day}的班已于{cutoff}截止",
        "swaps are filed {ahead} ahead; for the duty on {day} the time was over at {cutoff}",
    )
    moment = cutoff.astimezone(zone.info)
    told = words.filled(ahead=ahead, day=day_text(duty.day), cutoff=plain(f"{moment:%Y-%m-%d %H:%M}"))
    raise Problem("too-late", told, cutoff=cutoff.isoformat())


def used(session: Session, swap: t.Swap, person_id: int, *, in_force: bool = False) -> int:
    """A person's other swaps of the month: in force, and unless these alone count, waiting or agreed to before."""
    reserved = t.Swap.state.in_(WAITING) | ((t.Swap.state == State.OFFERED) & (t.Swap.id < swap.id))
    taken = t.Swap.state == State.APPROVED
    asked = (
        select(func.count())
        .select_from(t.SwapParty)
        .join(t.Swap, t.Swap.id == t.SwapParty.swap_id)
        .where(t.Swap.roster_id == swap.roster_id, t.Swap.id != swap.id, t.SwapParty.person_id == person_id)
        .where(t.SwapParty.counts, t.SwapParty.answer == "take")
        .where(taken if in_force else taken | reserved)
    )
    return session.scalar(asked) or 0


def passes_quota(session: Session, swap: t.Swap, policy: SwapPolicy, *, in_force: bool = False) -> bool:
    """Whether for any party this swap is beyond those that the scheduler approves; of all, or of those in force."""
    counted = [party.person_id for party in swap.parties if party.counts]
    return any(used(session, swap, person, in_force=in_force) >= policy.quota for person in counted)


def effects(ground: Ground, legs: Iterable[Leg]) -> dict[str, Effect]:
    """What a swap does to each party's month; of one across its end, to the first of the two."""
    changes = ground.here(changes_of(legs))
    after = ground.roster.apply(changes)
    people = sorted({change.agent for change in changes})
    return {who: _effect(ground, after, who, changes) for who in people}


def _effect(ground: Ground, after: Roster, who: str, changes: Iterable[Change]) -> Effect:
    situation = ground.given.situation
    now, then = (month_of(roster, situation, who) for roster in (ground.roster, after))
    days = {change.day for change in changes if change.agent == who}

    def both(name: str) -> tuple[int, int]:
        return getattr(now, name), getattr(then, name)

    return Effect(
        hours=(_hours(now), _hours(then)),
        nights=both("nights"),
        weekends=both("weekends"),
        holidays=both("holidays"),
        rest_hours=(_rest(ground, ground.roster, who, days), _rest(ground, after, who, days)),
    )


def _hours(month: PersonMonth) -> float:
    return round(month.paid_minutes / 60, 2)


def _rest(ground: Ground, roster: Roster, who: str, days: set[date]) -> float | None:
    """The shortest rest, in hours, on either side of a person's duties of some days."""
    own = (duty for duty in roster.duties if duty.agent == who)
    spans = sorted(((ground.span(duty), duty.day) for duty in own), key=lambda found: found[0].start)
    gaps = [
        minute(late.start) - minute(early.end) for (early, one), (late, other) in pairwise(spans) if {one, other} & days
    ]
    return round(min(gaps) / 60, 2) if gaps else None
