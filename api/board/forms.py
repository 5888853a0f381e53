"""What the month board shows."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.files.parts import WordsForm
from api.http.forms import Body, Code, Day, Note, Shown
from api.rosters.forms import DutyShown, PinForm, VerdictShown
from domain.calendar import DayKind
from domain.requests import WishKind


class BoardDay(Shown):
    """A day of the month, as the calendar has it."""

    day: date
    kind: DayKind
    free: bool = Field(description="whether an office would be closed")
    name: WordsForm | None = Field(description="of a holiday")
    events: list[str] = Field(description="what else moves its calls")


class BoardBreak(Shown):
    """A pause of a shift."""

    after: int = Field(description="minutes after the start at which it may begin")
    until: int = Field(description="minutes after the start at which it begins at the latest")
    minutes: int
    paid: bool


class BoardShift(Shown):
    """A code of the roster, with the colour of its part of the day."""

    code: str
    label: WordsForm
    start: str
    end: str
    works: list[str]
    pauses: list[BoardBreak]
    standby: bool
    back: str = Field(description="colour behind it, six hex digits")
    ink: str = Field(description="colour of its letters, six hex digits")


class BoardWork(Shown):
    """A kind of work."""

    id: str
    label: WordsForm


class Codes(Shown):
    """What the codes of a site's rosters mean."""

    zone: str
    shifts: list[BoardShift]
    works: list[BoardWork]


class BoardPerson(Shown):
    """Somebody of the site."""

    number: str
    name: str
    team: str
    contract: WordsForm
    skills: list[str] = Field(description="certificates that hold on some day of the month")
    brought: dict[str, int] = Field(description="duties above one's share that one brings into the month, by burden")


class BoardTotals(Shown):
    """One person's month in numbers."""

    number: str
    paid_minutes: int
    owed_minutes: int
    nights: int
    weekends: int
    holidays: int
    leave_days: float
    wishes: int
    wishes_met: int


class BoardLeave(Shown):
    """Days somebody is away."""

    agent: str
    first: date
    last: date
    leave: str = Field(description="its kind; `not-employed`: he is not here yet, or no longer")
    from_noon: bool
    until_noon: bool


class BoardWish(Shown):
    """What somebody asked for."""

    agent: str
    day: date
    wish: WishKind
    shift: str | None
    weight: int


class BoardNote(Shown):
    """A word about a cell."""

    agent: str
    day: date
    words: str = Field(examples=["培训顺延"])
    by: str = Field(description="the name of who wrote it", examples=["王敏"])


class NewNote(Body):
    """A word about a cell; an empty one takes the note away."""

    agent: Code
    day: Day
    words: Note = Field(examples=["培训顺延"])


class DayCover(Shown):
    """Need and people of a work over a day, by interval from its local midnight on."""

    day: date
    work: str
    step: int = Field(description="minutes of an interval")
    need: list[int]
    have: list[int]


class DayFloor(Shown):
    """The emergency floor of a day."""

    day: date
    floor: int
    fewest: int = Field(description="the fewest qualified people available at any of its minutes")
    at: str = Field(description="local time of the first such minute", examples=["03:15"])
    minutes_below: int


class Strips(Shown):
    """Cover and floor of some days."""

    cover: list[DayCover]
    floor: list[DayFloor]


class Board(Shown):
    """A month as a scheduler sees it."""

    month: str
    revision: int
    published: int | None
    planned: datetime | None = Field(description="when the draft is to be put in force by itself")
    zone: str
    requirement: int | None = Field(description="the number of the need it is measured against; null: none yet")
    days: list[BoardDay]
    shifts: list[BoardShift]
    works: list[BoardWork]
    people: list[BoardPerson]
    totals: list[BoardTotals]
    leaves: list[BoardLeave]
    wishes: list[BoardWish]
    duties: list[DutyShown]
    in_force: list[DutyShown] = Field(description="what is published of the month")
    before: list[DutyShown] = Field(description="published duties of the week before")
    pins: list[PinForm]
    notes: list[BoardNote]
    strips: Strips


class EditShown(VerdictShown):
    """What an edit did: its verdict, and the strips and totals that it moved."""

    strips: Strips
    totals: list[BoardTotals]
