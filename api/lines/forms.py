"""Answers about lines."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.http.forms import Shown


class ForwardShown(Shown):
    """A line leads somewhere over a span."""

    start: str = Field(examples=["2026-12-01T17:30:00+08:00"])
    end: str = Field(examples=["2026-12-02T08:30:00+08:00"])
    target: str = Field(description="desk, machine or nothing", examples=["machine"])
    where: str = Field(description="the queue, extension or number that the exchange is to use", examples=["900"])
    announcement: dict[str, str] | None = Field(description="what the machine says; null: people answer")


class GapShown(Shown):
    """A span over which a line is not as it should be."""

    start: str
    end: str
    lack: str = Field(description="nothing, no-emergency, promised or not-published", examples=["promised"])
    words: str


class LineShown(Shown):
    """A public number over some days."""

    id: str = Field(examples=["main"])
    label: dict[str, str]
    forwards: list[ForwardShown]
    gaps: list[GapShown]


class UnattendedShown(Shown):
    """Where every line of a site leads, without a minute left out."""

    site: str
    zone: str
    first: date
    last: date
    lines: list[LineShown]
