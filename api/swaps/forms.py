"""Bodies and answers about swaps and the board."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field, model_validator

from api.http.forms import Body, Code, Day, Flag, Instant, Line, Note, Shown
from api.rosters.forms import BreachShown, DutyShown, Waiver
from api.swaps.states import State
from domain.language import Refusal, Text
from domain.swaps import MOST_LEGS, SwapKind


class SplitForm(Body):
    """A shift in two."""

    kept: Line = Field(min_length=1, max_length=8, description="shift code that the giver keeps")
    passed: Line = Field(min_length=1, max_length=8, description="shift code that the taker works")


class LegForm(Body):
    """One duty that changes hands: somebody's of a day, or an open one from the board."""

    giver: Code | None = Field(default=None, description="null: an open duty, told by its post")
    day: Day | None = None
    shift: Line | None = Field(default=None, max_length=8, description="where the giver has several duties that day")
    taker: Code
    post: int | None = Field(default=None, ge=1, lt=2**63, description="the post on the board that this answers")
    split: SplitForm | None = None

    @model_validator(mode="after")
    def _whose(self) -> LegForm:
        if self.giver is None and self.post is None:
            raise Refusal(Text("请说明是谁的班", "a leg names its giver, or the post of an open duty"))
        return self


class NewSwap(Body):
    """Duties that shall change hands together."""

    legs: list[LegForm] = Field(min_length=1, max_length=MOST_LEGS)
    note: Note = ""
    expires_at: Instant | None = Field(default=None, description="default: by policy; at the latest the cut-off")
    behalf: Code | None = Field(default=None, description="who is acted for, by who keeps the roster")
    reason: Note = Field(default="", description="why somebody else acts")
    dry_run: Flag = Field(default=False, description="only tell what would happen")


class Counter(Body):
    """Another offer in place of one."""

    legs: list[LegForm] = Field(min_length=1, max_length=MOST_LEGS)
    note: Note = ""


class Reply(Body):
    """What a party says to an offer."""

    answer: Literal["take", "decline", "later"]
    behalf: Code | None = None
    reason: Note = ""


class SwapDecision(Body):
    """What who must decide says."""

    state: Literal[State.APPROVED, State.REFUSED]
    reason: Note = ""
    waivers: list[Waiver] = Field(default=[], max_length=20)


class Ending(Body):
    """Why a swap is cancelled or taken back."""

    reason: Note = ""


class LegShown(Shown):
    """One duty within a swap."""

    giver: str | None
    taker: str
    day: date
    shift: str
    work: str
    kept: str | None = Field(description="shift code of the part that the giver keeps")
    passed: str | None
    post: int | None


class Effect(Shown):
    """What a swap does to the month of one person: now, and afterwards."""

    hours: tuple[float, float]
    nights: tuple[int, int]
    weekends: tuple[int, int]
    holidays: tuple[int, int] = Field(description="statutory ones, paid at 300 %")
    rest_hours: tuple[float | None, float | None] = Field(description="the shortest rest next to the duties that move")


class PartyShown(Shown):
    """Somebody whose roster a swap changes."""

    number: str
    name: str
    answer: str = Field(description="`take`, `decline`, `later`, or empty")
    answered_at: datetime | None
    used: int = Field(description="swaps of the month, this one among them")
    effect: Effect | None = Field(description="while it is not over")


class SwapShown(Shown):
    """A swap, how far it is, and what the caller may do."""

    id: int
    month: str
    kind: SwapKind
    state: State
    asker: str | None
    day: date
    legs: list[LegShown]
    parties: list[PartyShown]
    quota: int
    approver: str
    note: str
    reason: dict[str, Any]
    said: str = Field(description="the state and the reason in words")
    expires_at: datetime
    made_at: datetime
    decided_at: datetime | None
    version: int | None
    counters: int | None
    may: list[str] = Field(description="`take`, `decline`, `later`, `counter`, `cancel`, `approve`, `refuse`, `undo`")
    broken: list[BreachShown] = Field(default=[], description="rules that stand against it now")


class PartnersAsked(Body):
    """A duty to give."""

    giver: Code | None = Field(default=None, description="null: oneself")
    day: Day
    shift: Line | None = Field(default=None, max_length=8)
    days: list[Day] = Field(default=[], max_length=31, description="days whose duty would be taken for it")


class PartnerShown(Shown):
    """Somebody who may take it."""

    number: str
    name: str
    returns: DutyShown | None = Field(description="what would come back; null: it is taken on top")
    cost: int = Field(description="of the priced rules, more (or less) than now")
    wishes: int = Field(description="weight of the person's wishes that it meets, less those that it crosses")
    slack_hours: float = Field(description="hours that the person's month lies below the contract")


class HinderedShown(Shown):
    """Somebody who cannot."""

    number: str
    name: str
    rule: str | None = Field(description="for who keeps the roster: the rule that stands against it")
    why: str | None


class PartnersShown(Shown):
    """Who could take a duty, the best first, and who cannot."""

    partners: list[PartnerShown]
    hindered: list[HinderedShown]
    more: int = Field(description="further people whose own rules allow it")


class Wanted(Body):
    """What would do in return."""

    cover: Flag = Field(default=True, description="it may be taken for nothing")
    days: list[Day] = Field(default=[], max_length=31, description="days whose duty would be taken for it")
    shifts: list[Line] = Field(default=[], max_length=20, description="shift codes; empty: any")


class NewPost(Body):
    """A duty for the board: one's own, or by who keeps the roster one that nobody has."""

    day: Day
    shift: Line | None = Field(default=None, max_length=8)
    work: Code | None = Field(default=None, description="of an open duty; default: the first of the shift")
    open: Flag = Field(default=False, description="nobody has it")
    wanted: Wanted = Wanted()
    note: Note = ""
    expires_at: Instant | None = None


class PostShown(Shown):
    """A duty on the board."""

    id: int
    month: str
    giver: str | None
    day: date
    shift: str
    work: str
    wanted: dict[str, Any]
    state: str
    note: str
    expires_at: datetime
    made_at: datetime
