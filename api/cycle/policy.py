"""When the moments of a month fall: by the policy of a site, in its own time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from domain.calendar import Calendar
from domain.language import Refusal, Text
from domain.time import Month, Zone, wall_minutes


class Moment(StrEnum):
    """The moments of a month, in their order."""

    OPEN = "open"
    """Wishes for the next month are taken."""
    CLOSE = "close"
    """Wishes are closed; later ones are refused."""
    FORECAST = "forecast"
    BUILD = "build"
    """The roster is to be there."""
    PUBLISH = "publish"
    """Everybody is told."""


class Weekend(StrEnum):
    """What becomes of a moment that falls on a day off."""

    KEEP = "keep"
    EARLIER = "earlier"
    """It moves to the last work day before."""


def _whole_minutes(clock: time) -> time:
    if clock.second or clock.microsecond or clock.tzinfo:
        raise Refusal(Text("只写时和分, 如 07:45", "hours and minutes only, as 07:45"))
    return clock


Clock = Annotated[time, AfterValidator(_whole_minutes)]


class When(BaseModel):
    """A day of the month before, and a time of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: int = Field(ge=1, le=31, description="of the month before; a shorter month takes its last day")
    time: Clock


class CyclePolicy(BaseModel):
    """The monthly cycle of a site (S3)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    open: When = When(day=1, time=time(8))
    close: When = When(day=23, time=time(17, 30))
    forecast: When = When(day=23, time=time(18))
    build: When = When(day=25, time=time(18))
    publish: When = When(day=26, time=time(10))
    weekend: Weekend = Field(default=Weekend.KEEP, description="what becomes of a moment on a day off")
    build_by_itself: bool = Field(default=True, description="a solve starts once the forecast is due")
    publish_by_itself: bool = Field(default=False, description="a clean roster is published without a scheduler")
    remind_hours: tuple[int, ...] = Field(default=(48, 4), max_length=5, description="before each deadline")

    @model_validator(mode="after")
    def _in_order(self) -> CyclePolicy:
        whens = [(when.day, when.time) for when in (self.open, self.close, self.forecast, self.build, self.publish)]
        if whens != sorted(whens):
            raise Refusal(
                Text(
                    "顺序应为: 开放意愿、截止、预测、排班、发布",
                    "the order is: wishes open, close, forecast, build, publish",
                )
            )
        return self

    def due(self, moment: Moment, month: Month, zone: Zone, calendar: Calendar) -> datetime:
        """When a moment of a month is due."""
        when: When = getattr(self, moment.value)
        day = _day_before(month, when.day)
        if self.weekend is Weekend.EARLIER and moment is not Moment.OPEN:
            while not calendar.kind(day).works:
                day -= timedelta(days=1)
        return zone.at(day, wall_minutes(when.time))


def _day_before(month: Month, number: int) -> date:
    """A day of the month before; a shorter month takes its last."""
    last = month.days.first - timedelta(days=1)
    return last.replace(day=min(number, last.day))
