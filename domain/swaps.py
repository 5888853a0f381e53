"""Swaps: duties that change hands, from a plain cover to a ring of people, and what they make of the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.language import Refusal, Text, day_text, plain
from domain.roster import Change, Duty, replaced
from domain.shifts import ShiftType
from domain.site import Site
from domain.time import wall_minutes

NOBODY: Final = ""
"""The agent of an open duty, which nobody has yet."""
MOST_LEGS: Final = 8


class SwapKind(StrEnum):
    """What people call it."""

    COVER = "cover"
    """One duty, given away."""
    EXCHANGE = "exchange"
    """Two people, two duties of one day."""
    DAY_OFF = "day-off"
    """Two people, duties of different days: each gets the other's day off."""
    OPEN = "open-shift"
    """A duty that nobody has is claimed."""
    PART = "part"
    """A part of a duty changes hands."""
    CYCLE = "cycle"
    """Three people or more in a ring."""
    BUNDLE = "bundle"
    """Several duties between the same people."""


@dataclass(frozen=True, slots=True)
class Split:
    """A shift in two: what its owner keeps and what he passes on, as codes of shift types."""

    kept: str
    passed: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One duty that goes from who has it to somebody else; only a part of it where it is split."""

    duty: Duty
    taker: str
    split: Split | None = None

    def __post_init__(self) -> None:
        if self.taker in (NOBODY, self.giver):
            raise Refusal(Text("接班人必须是另一个人", "whoever takes a duty is somebody else"))

    @property
    def giver(self) -> str:
        """Who has it now; `NOBODY` for an open duty."""
        return self.duty.agent

    @property
    def taken(self) -> Duty:
        """The duty as its taker will have it; breaks of a part lie as early as they may."""
        whole = replace(self.duty, agent=self.taker)
        return whole if self.split is None else replace(whole, shift=self.split.passed, breaks=())

    @property
    def kept(self) -> Duty | None:
        """What its giver keeps of it."""
        return None if self.split is None else replace(self.duty, shift=self.split.kept, breaks=())


def parties(legs: Iterable[Leg]) -> tuple[str, ...]:
    """Everybody whose roster changes, in the order of the legs."""
    people = (who for leg in legs for who in (leg.giver, leg.taker) if who != NOBODY)
    return tuple(dict.fromkeys(people))


def checked(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Legs that can be done together: each duty once, not too many."""
    if not 1 <= len(legs) <= MOST_LEGS:
        words = Text("一次换班包含1到{most}个班", "a swap holds 1 to {most} duties")
        raise Refusal(words.filled(most=plain(MOST_LEGS)))
    for duty, count in Counter(leg.duty for leg in legs if leg.giver != NOBODY).items():
        if count > 1:
            words = Text("{day}的班出现两次", "the duty on {day} is named twice")
            raise Refusal(words.filled(day=day_text(duty.day)))
    if not changes_of(legs):
        raise Refusal(Text("换班前后没有变化", "this swap would change nothing"))
    return tuple(legs)


def kind_of(legs: Sequence[Leg]) -> SwapKind:
    """What people call a swap of these legs."""
    if any(leg.split for leg in legs):
        return SwapKind.PART
    if len(legs) == 1:
        return SwapKind.OPEN if legs[0].giver == NOBODY else SwapKind.COVER
    following = {leg.giver: leg.taker for leg in legs}
    if len(following) < len(legs) or set(following) != set(following.values()):
        return SwapKind.BUNDLE
    if len(legs) > 2:
        return SwapKind.CYCLE
    return SwapKind.EXCHANGE if legs[0].duty.day == legs[1].duty.day else SwapKind.DAY_OFF


def changes_of(legs: Iterable[Leg]) -> tuple[Change, ...]:
    """What a swap changes in the roster, cell by cell."""
    legs = tuple(legs)
    gone = {leg.duty for leg in legs if leg.giver != NOBODY}
    come = {leg.kept for leg in legs if leg.kept} | {leg.taken for leg in legs}
    return replaced(gone - come, come - gone)


def splits(site: Site, duty: Duty) -> tuple[Split, ...]:
    """The ways in which a duty can be parted: two shift types that lie end to end in its place and serve its work."""
    whole = site.shift(duty.shift)
    fit = [shift for shift in site.shifts if duty.work in shift.works and not shift.standby]
    pairs = [(first, second) for first in fit for second in fit if _tile(whole, first, second)]
    return tuple(Split(kept.code, passed.code) for pair in pairs for kept, passed in (pair, pair[::-1]))


def _tile(whole: ShiftType, first: ShiftType, second: ShiftType) -> bool:
    """Whether two shifts fill the place of one."""
    ends = (
        first.start == whole.start and first.end == second.start and wall_minutes(second.end) == wall_minutes(whole.end)
    )
    return ends and first.wall_length + second.wall_length == whole.wall_length
