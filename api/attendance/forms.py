"""Bodies and answers about attendance."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field, model_validator

from api.attendance.marks import Mark
from api.http.forms import Body, Code, Flag, Instant, Note, Shown
from domain.language import Refusal, Text


class Record(Body):
    """When somebody came and went; the mark follows from it."""

    came_at: Instant | None = Field(default=None, description="null: nobody came")
    left_at: Instant | None = None
    instead_of: Code | None = Field(
        default=None, description="whose duty was worked without approval: absence for both (S7)"
    )
    alone: Flag = Field(default=False, description="of a no-show after a swap: the other side is not to blame")
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Record:
        if self.left_at and (self.came_at is None or self.left_at <= self.came_at):
            raise Refusal(Text("离开应晚于到达", "somebody leaves after he came"))
        return self


class Excuse(Body):
    """Why an absence does not count."""

    reason: Note = Field(min_length=5)


class AttendanceShown(Shown):
    """What happened with somebody's duty of a day."""

    number: str
    name: str
    day: date
    shift: str | None = Field(description="of the roster in force; null: no duty")
    came_at: datetime | None
    left_at: datetime | None
    mark: Mark
    instead_of: str | None
    note: str
    excuse: str
    marked_at: datetime
