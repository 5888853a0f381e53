"""Bodies and answers about links to calendars."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from api.http.forms import Body, Flag, Line, Name, Shown, Whole
from domain.language import Language, Refusal, Text


class Scope(StrEnum):
    """Whose duties a calendar shows."""

    OWN = "own"
    TEAM = "team"
    SITE = "site"
    ROLE = "role"
    """Of those who hold a certificate: the shift leaders, the emergency people."""


class NewFeed(Body):
    """A link for a device."""

    name: Name = Field(description="the device: my phone")
    scope: Scope = Scope.OWN
    site: Line | None = Field(default=None, max_length=64, description="of a team's or site's calendar")
    team: Line | None = Field(default=None, max_length=64, description="default: one's own team")
    skill: Line | None = Field(
        default=None, max_length=64, description="of a role: its certificate", examples=["leader"]
    )
    swaps: Flag = Field(default=False, description="one's own: duties of open swaps, as tentative")
    language: Language | None = Field(default=None, description="default: one's own")
    alarm: Whole | None = Field(default=None, ge=0, le=1440, description="minutes before a duty; null: none")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.scope is not Scope.OWN and self.site is None:
            raise Refusal(Text("班组或站点日历须指定站点", "the calendar of a team or site names its site"))
        if (self.scope is Scope.ROLE) != (self.skill is not None):
            raise Refusal(Text("岗位日历须指定证书, 其他不写", "a role names its certificate, and nothing else does"))
        if self.swaps and self.scope is not Scope.OWN:
            raise Refusal(Text("换班只在个人日历中", "swaps are in one's own calendar alone"))
        return self


class Links(Shown):
    """How to subscribe: secret, and told once."""

    https: str = Field(examples=["https://paiban.example/feeds/SECRET/paiban.ics"])
    webcal: str = Field(examples=["webcal://paiban.example/feeds/SECRET/paiban.ics"])
    google: str = Field(examples=["https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fpaiban.example%2F…"])
    outlook: str = Field(examples=["https://outlook.live.com/calendar/0/addfromweb?url=…"])
    page: str = Field(description="a page with these links, a QR code and help per client")


class FeedShown(Shown):
    """A link; its address is told once, when it is made or renewed."""

    id: int
    name: str
    scope: Scope
    site: str
    team: str | None
    skill: str | None
    swaps: bool
    language: Language
    alarm: int | None
    made_at: datetime
    used_at: datetime | None
    used_by: str
    path: str | None = Field(description="secret: whoever has it sees the calendar; told this once")
    links: Links | None = Field(description="the same as addresses; told this once")


class FeedsShown(Shown):
    """One's links."""

    items: list[FeedShown]
