"""Bodies and answers about requests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.http.forms import Body, Code, Day, Flag, Instant, Line, Note, Shown, Whole
from api.requests.rows import WHY, Kind, State, asked_facts
from api.store import tables as t
from domain.language import Language, Refusal, Text
from domain.requests import Leave, Unavailability, Wish, WishKind
from domain.time import Days, Span


class WishForm(Body):
    """A day off, a shift on a day, or a shift to be spared."""

    kind: Literal[Kind.WISH]
    day: Day
    wish: WishKind
    shift: Line | None = None
    weight: Whole = Field(default=1, ge=1, le=9)
    number: Code | None = Field(default=None, description="for somebody else, by who keeps the roster")

    @model_validator(mode="after")
    def _fits(self) -> WishForm:
        Wish("", self.day, self.wish, self.shift, self.weight)
        return self

    def days(self) -> Days:
        """The days that it touches."""
        return Days(self.day, self.day)

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        return {"wish": self.wish.value, "shift": self.shift, "weight": self.weight}


class LeaveForm(Body):
    """Leave over days; the first may begin at noon, the last may end there."""

    kind: Literal[Kind.LEAVE]
    first: Day
    last: Day
    leave: Line = Field(default="annual", min_length=1, max_length=32, description="a kind of the site's policy")
    from_noon: Flag = Field(default=False, description="the first day is worked before noon")
    until_noon: Flag = Field(default=False, description="the last day is worked after noon")
    by_phone: Flag = Field(
        default=False, description="told by phone in need, and recorded for somebody else: he files it afterwards (S17)"
    )
    note: Note = ""
    number: Code | None = None

    @model_validator(mode="after")
    def _fits(self) -> LeaveForm:
        if len(Days(self.first, self.last)) > 366:
            raise Refusal(Text("一次最多一年", "one year at most at a time"))
        self.asked("")
        return self

    def asked(self, number: str) -> Leave:
        """The leave of somebody."""
        return Leave(number, self.days(), self.leave, self.from_noon, self.until_noon)

    def days(self) -> Days:
        """The days that it touches."""
        return Days(self.first, self.last)

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        noons = {"from_noon": self.from_noon, "until_noon": self.until_noon}
        return {"leave": self.leave, "note": self.note, **{name: True for name, told in noons.items() if told}}


class UnavailableForm(Body):
    """Hours in which somebody cannot work."""

    kind: Literal[Kind.UNAVAILABLE]
    start: Instant
    end: Instant
    note: Note = ""
    number: Code | None = None

    @model_validator(mode="after")
    def _fits(self) -> UnavailableForm:
        if Unavailability("", Span(self.start, self.end)).span.minutes > 62 * 24 * 60:
            raise Refusal(Text("一次最多两个月", "two months at most at a time"))
        return self

    def days(self) -> Days:
        """The days that it touches."""
        return Days(self.start.date(), self.end.date())

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "note": self.note}


NewRequest = Annotated[WishForm | LeaveForm | UnavailableForm, Field(discriminator="kind")]


class Decision(Body):
    """What becomes of a leave, or of hours asked off."""

    state: Literal[State.APPROVED, State.DECLINED]
    reason: Note = ""


class RequestShown(Shown):
    """A request, and what became of it."""

    id: int
    number: str
    name: str
    kind: Kind
    first: date
    last: date
    facts: dict[str, Any]
    state: State
    reason: str
    said: str | None = Field(description="why a wish is not met")
    tier: str = Field(description="who decides on a leave: head, administration, general")
    due_at: datetime | None = Field(description="by when it is decided, or filed")
    made_at: datetime
    decided_at: datetime | None


class BudgetShown(Shown):
    """How much somebody may wish for in a month, in weight, and until when."""

    month: str
    budget: int
    credit: int = Field(description="on top, for wishes that were refused before")
    used: int
    left: int
    opens_at: datetime
    closes_at: datetime


def request_shown(row: t.Request, language: Language) -> RequestShown:
    """A request, and what became of it."""
    why = row.facts.get(WHY)
    return RequestShown(
        id=row.id,
        number=row.person.number,
        name=row.person.name,
        kind=Kind(row.kind),
        first=row.first,
        last=row.last,
        facts=asked_facts(row),
        state=State(row.state),
        reason=row.reason,
        said=why[language.value[:2]] if why else None,
        tier=row.tier,
        due_at=row.due_at,
        made_at=row.made_at,
        decided_at=row.decided_at,
    )
