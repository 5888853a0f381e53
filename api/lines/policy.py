"""The lines of a site as its plan tells them."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from api.cycle.policy import Clock
from api.files.parts import Part, Words
from domain.language import Refusal, Text
from domain.lines import Line, OpenHours

ZH: Final = "您好, 这里是{site}。人工服务时间为{hours}。如遇燃气泄漏等紧急情况, 请立即拨打{emergency}。"
EN: Final = (
    "This is {site}. Our people are here {hours}. In an emergency, such as a smell of gas, call {emergency} at once."
)
HOLES: Final = frozenset({"site", "hours", "emergency"})
NUMBER: Final = r"^[0-9A-Za-z*#+_.@: -]*$"


class Announcement(Part):
    """What the machine says; `{site}`, `{hours}` and `{emergency}` are filled in."""

    zh: str = Field(default=ZH, max_length=500)
    en: str = Field(default=EN, max_length=500)

    @model_validator(mode="after")
    def _fills(self) -> Self:
        words = Text("通知中只能用{site}、{hours}、{emergency}", "it may hold {site}, {hours}, {emergency} alone")
        try:
            parts = [part for said in (self.zh, self.en) for part in Formatter().parse(said)]
        except ValueError as error:
            raise Refusal(words) from error
        if any(name is not None and (name not in HOLES or spec or how) for _, name, spec, how in parts):
            raise Refusal(words)
        return self

    def text(self) -> Text:
        """In both languages."""
        return Text(self.zh, self.en)


class HoursForm(Part):
    """Hours at which people are promised."""

    start: Clock
    end: Clock
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(default=(1, 2, 3, 4, 5, 6, 7), min_length=1)

    def hours(self) -> OpenHours:
        """As the engine knows them."""
        return OpenHours(self.start, self.end, frozenset(day - 1 for day in self.weekdays))


class LineForm(Part):
    """One of `lines`."""

    id: str = Field(pattern=r"^[\w.-]{1,64}$")
    label: Words
    works: tuple[str, ...] = Field(min_length=1, max_length=50)
    desk: str = Field(min_length=1, max_length=64, pattern=NUMBER)
    machine: str = Field(default="", max_length=64, pattern=NUMBER)
    emergency: str = Field(default="", max_length=64, pattern=NUMBER)
    people: int = Field(default=1, ge=1, le=999)
    hours: tuple[HoursForm, ...] = Field(default=(), max_length=20)
    announcement: Announcement = Announcement()

    def line(self) -> Line:
        """As the engine knows it."""
        return Line(
            self.id, self.label.text(), self.works, self.desk, self.machine, self.emergency, self.people,
            tuple(hours.hours() for hours in self.hours),
        )  # fmt: skip
