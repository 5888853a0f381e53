"""What bodies and answers share: no unknown field, no control signs, words and times of a sane length."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, Strict, StringConstraints

from domain.language import Refusal, Text
from domain.time import EARLIEST_YEAR, LATEST_YEAR, Month

CONTROL: Final = {chr(sign) for sign in (*range(9), 11, 12, *range(14, 32), 127)}


def _printable(words: str) -> str:
    if CONTROL.intersection(words) or any(0xD800 <= ord(sign) <= 0xDFFF for sign in words):
        raise Refusal(Text("不能含控制字符", "control characters are not taken"))
    return words


def _one_line(words: str) -> str:
    if "\n" in words or "\r" in words or "\t" in words:
        raise Refusal(Text("只能是一行", "one line only"))
    return _printable(words)


def _month(words: str) -> str:
    return str(Month.parse(words))


def _in_reach(moment: datetime) -> datetime:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise Refusal(Text("年份应在1980至2199之间", "a year from 1980 to 2199 is wanted"))
    return moment


Day = Annotated[date, Field(ge=date(EARLIEST_YEAR, 1, 1), le=date(LATEST_YEAR, 12, 31))]
Instant = Annotated[AwareDatetime, AfterValidator(_in_reach)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_one_line)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_one_line)]
Flag = Annotated[bool, Strict()]
"""True or false, and nothing that only looks like it."""
Whole = Annotated[int, Strict()]
"""A whole number, and neither `true` nor `"1"`."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_printable)]
Code = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]{0,63}$")]
MonthWords = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d{2}$"), AfterValidator(_month), Field(examples=["2026-12"])
]


class Body(BaseModel):
    """What comes in: foreign fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Shown(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True)
