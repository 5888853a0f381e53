"""Bodies and answers about links to calendars."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from api.http.forms import Body, Line, Name, Shown, Whole
from domain.language import Language, Refusal, Text


class Scope(StrEnum):
    """Whose duties a calendar shows."""

    OWN = "own"
    TEAM = "team"
    SITE = "site"


class NewFeed(Body):
    """A link for a device."""

    name: Name = Field(description="the device: my phone")
    scope: Scope = Scope.OWN
    site: Line | None = Field(default=None, max_length=64, description="of a team's or site's calendar")
    team: Line | None = Field(default=None, max_length=64, description="default: one's own team")
    language: Language | None = Field(default=None, description="default: one's own")
    alarm: Whole | None = Field(default=None, ge=0, le=1440, description="minutes before a duty; null: none")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.scope is not Scope.OWN and self.site is None:
            raise Refusal(Text("班组或站点日历须指定站点", "the calendar of a team or site names its site"))
        return self


class FeedShown(Shown):
    """A link; its address is told once, when it is made or renewed."""

    id: int
    name: str
    scope: Scope
    site: str
    team: str | None
    language: Language
    alarm: int | None
    made_at: datetime
    used_at: datetime | None
    used_by: str
    path: str | None = Field(description="secret: whoever has it sees the calendar; told this once")


class FeedsShown(Shown):
    """One's links."""

    items: list[FeedShown]
