"""Bodies and answers about calls and the people they need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.files.parts import WordsForm
from api.http.forms import Body, Code, Day, Instant, Name, Shown
from api.store import tables as t
from domain.calendar import DayKind
from domain.language import Refusal, Text
from domain.time import Days, Span


class BatchShown(Shown):
    """One import of call records."""

    id: int | None = Field(description="null: a dry run")
    name: str
    rows: int
    calls: int
    first: date
    last: date
    per_call: bool
    fresh: bool = Field(default=True, description="false: the same content was imported before")
    made_at: datetime | None


class UpliftForm(Body):
    """More or fewer calls over a span."""

    kind: Literal["uplift"]
    name: Name
    start: Instant
    end: Instant
    factor: float = Field(ge=0, le=100)
    queue: Code | None = None

    @model_validator(mode="after")
    def _fits(self) -> UpliftForm:
        Span(self.start, self.end)
        return self

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        ends = {"from": self.start.isoformat(), "to": self.end.isoformat()}
        return {**ends, "factor": self.factor, "queue": self.queue}


class DayTotalForm(Body):
    """So many calls on a day."""

    kind: Literal["day-total"]
    name: Name
    day: Day
    calls: float = Field(ge=0, le=1e7)
    queue: Code | None = None

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        return {"day": self.day.isoformat(), "calls": self.calls, "queue": self.queue}


NewLayer = Annotated[UpliftForm | DayTotalForm, Field(discriminator="kind")]


class LayerShown(Shown):
    """A scheduler's own change over a forecast."""

    id: int
    name: str
    facts: dict[str, Any]
    made_at: datetime


class ForecastHead(Shown):
    """A version of a forecast in a list."""

    number: int
    interval: int = Field(description="minutes")
    calls: dict[str, float] = Field(description="of the month, by queue")
    made_at: datetime


class DayForeseen(Shown):
    """One queue's calls of a day."""

    day: date
    mean: float = Field(examples=[412.5])
    p10: float = Field(description="with the next: eight of ten such days lie within", examples=[371.0])
    p90: float = Field(examples=[455.0])
    model: float = Field(description="the model's own mean, before layers", examples=[398.0])
    holiday: WordsForm | None = Field(description="its name by the calendar of the site")
    events: list[str] = Field(description="what else moves its calls")


class Series(Shown):
    """One queue's calls, interval by interval."""

    queue: str
    mean: list[float]
    p10: list[float]
    p90: list[float]
    model: list[float] = Field(description="the model's own mean, before layers")
    handle_s: list[float] | None
    days: list[DayForeseen]


class ForecastShown(ForecastHead):
    """A forecast under its layers."""

    starts: list[datetime]
    series: list[Series]
    layers: list[LayerShown]


class NeedShown(Shown):
    """People needed for a work over an interval."""

    start: datetime
    end: datetime
    work: str
    heads: int
    fractional: float


class RequirementShown(Shown):
    """People needed in a month."""

    number: int
    forecast: int | None = Field(description="the id of the forecast it was worked out from; null: uploaded")
    person_hours: float
    needs: list[NeedShown]


class NewSpecialDay(Body):
    """Days over the calendar of the country."""

    first: Day
    last: Day
    kind: DayKind | Literal["event"]
    name: Name

    @model_validator(mode="after")
    def _fits(self) -> NewSpecialDay:
        if len(Days(self.first, self.last)) > 400:
            raise Refusal(Text("一次最多400天", "400 days at most at a time"))
        return self


class SpecialDayShown(Shown):
    """Days over the calendar of the country."""

    id: int
    first: date
    last: date
    kind: str
    name: str
    everywhere: bool = Field(description="of all sites, not of this one alone")


def batch_shown(row: t.CallBatch, *, fresh: bool = True) -> BatchShown:
    """One import of call records."""
    return BatchShown(
        id=row.id,
        name=row.name,
        rows=row.rows,
        calls=row.calls,
        first=row.first,
        last=row.last,
        per_call=row.per_call,
        fresh=fresh,
        made_at=row.made_at,
    )


def layer_shown(row: t.Layer) -> LayerShown:
    """A scheduler's own change over a forecast."""
    return LayerShown(id=row.id, name=row.name, facts=row.facts, made_at=row.made_at)


def forecast_head(row: t.Forecast) -> ForecastHead:
    """A version of a forecast in a list."""
    return ForecastHead(number=row.number, interval=row.interval, calls=row.facts["calls"], made_at=row.made_at)
