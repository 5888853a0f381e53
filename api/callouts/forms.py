"""Bodies and answers about call-outs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.callouts.states import Ask, Cause, State
from api.http.forms import Body, Code, Day, Flag, Line, Note, Shown


class NewCallout(Body):
    """Somebody who cannot come to a duty in force."""

    number: Code
    day: Day
    shift: Line | None = Field(default=None, max_length=8, description="where the day has several duties")
    cause: Cause = Cause.SICK
    at_once: Flag = Field(default=False, description="ask all at once, however much time there is")
    note: Note = ""
    dry_run: Flag = Field(default=False, description="only tell who could take it")


class CalloutReply(Body):
    """Yes or no; by who keeps the roster also for somebody who said so on the phone."""

    answer: Literal["accept", "decline"]
    behalf: Code | None = None
    reason: Note = Field(default="", description="needed when answering for somebody")


class AskShown(Shown):
    """Somebody who could take the duty, and what it would mean for him."""

    number: str
    name: str
    rank: int
    state: Ask
    pay: int = Field(description="per cent of plain pay")
    called: int = Field(description="call-ins so far")
    hours: tuple[float, float] = Field(description="of the month, now and with it")
    rest_hours: tuple[float | None, float | None] = Field(description="the shortest rest around it, now and with it")
    asked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None


class CalloutShown(Shown):
    """A duty for which somebody is looked for."""

    id: int
    month: str
    number: str
    name: str
    day: date
    shift: str
    work: str
    start_at: datetime
    cause: Cause | None = Field(description="for who may call out alone")
    floor: bool = Field(description="whether the emergency floor falls without the duty")
    at_once: bool
    state: State
    note: str
    taker: str | None
    version: int | None
    made_at: datetime
    ended_at: datetime | None
    asks: list[AskShown] = Field(description="the line, for who keeps the roster; else one's own place")
    may: list[str]
