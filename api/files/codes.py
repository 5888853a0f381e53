"""What the codes of a foreign sheet mean: known by themselves, remembered, or to be asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.files.site import SitePlan
from domain.language import Refusal, Text
from domain.shifts import ShiftType

REST: Final = frozenset({"", "休", "休息", "公休", "轮休", "例休", "OFF", "R", "-", "–", "—", "/", "○", "〇"})
TIMES: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-~至–]\s*(\d{1,2})(?:[:.](\d{2}))?")
LEAVE: Final = {"AL": "annual", "SL": "sick"}


class Means(StrEnum):
    """What a cell says of a day."""

    SHIFT = "shift"
    REST = "rest"
    LEAVE = "leave"
    KEEP = "keep"
    """Nothing: the cell of the draft stays as it is."""


class Meaning(BaseModel):
    """What a code means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: Means
    shift: str | None = Field(default=None, max_length=64, description="of a shift: its code")
    work: str | None = Field(default=None, max_length=64, description="of a shift: which work; null: as it fits")
    leave: str | None = Field(default=None, max_length=32, description="of leave: its kind; null: any")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.means is Means.SHIFT) != (self.shift is not None):
            raise Refusal(Text("班次须写代码, 其他不写", "a shift tells its code, and nothing else does"))
        return self

    def refuse_unknown(self, plan: SitePlan) -> None:
        """Refuse a shift, work or kind of leave that the site does not have."""
        if self.shift is not None:
            plan.site.shift(self.shift)
        if self.work is not None:
            plan.site.work(self.work)
        if self.leave is not None:
            plan.leave.kind(self.leave)


class Guess(BaseModel):
    """What a code may mean, and whether that is sure."""

    model_config = ConfigDict(frozen=True)

    meaning: Meaning | None
    sure: bool


UNKNOWN: Final = Guess(meaning=None, sure=False)


def guess(code: str, plan: SitePlan) -> Guess:
    """What a code means by itself: a shift by its code or label, rest, leave; what only looks like one is unsure."""
    words = unicodedata.normalize("NFKC", code).strip()
    sure = _by_name(words, plan) or _rest(words) or _leave(words, plan)
    if sure is not None:
        return Guess(meaning=sure, sure=True)
    alike = _by_times(words, plan.site.shifts) or _alike(words, plan.site.shifts)
    return Guess(meaning=alike, sure=False) if alike else UNKNOWN


def _by_name(words: str, plan: SitePlan) -> Meaning | None:
    """A shift by its code or label; which work may follow after a stroke: 早/emergency, 早/应急."""
    name, _, work = words.partition("/")
    names = {name, words}
    for shift in plan.site.shifts:
        if names & {shift.code, shift.label.zh, shift.label.en}:
            works = (each for each in plan.site.works if work in {each.id, each.label.zh, each.label.en})
            found = next(works, None)
            if not work or found or words == shift.code:
                return Meaning(means=Means.SHIFT, shift=shift.code, work=found.id if found else None)
    return None


def _rest(words: str) -> Meaning | None:
    return Meaning(means=Means.REST) if words.upper() in REST else None


def _leave(words: str, plan: SitePlan) -> Meaning | None:
    """A kind of leave by its name, or by a first sign that no other kind has."""
    kinds = plan.leave.kinds
    for kind in kinds:
        alone = sum(other.zh[0] == kind.zh[0] for other in kinds) == 1
        names = {kind.zh, kind.en, kind.id, *([kind.zh[0]] if alone else [])}
        if words in names or LEAVE.get(words.upper()) == kind.id:
            return Meaning(means=Means.LEAVE, leave=kind.id)
    return Meaning(means=Means.LEAVE) if words in {"假", "L"} else None


def _by_times(words: str, shifts: Iterable[ShiftType]) -> Meaning | None:
    """The only shift of these times: 8-16, 08:00-16:00."""
    found = TIMES.fullmatch(words)
    if found is None:
        return None
    start, end = (f"{int(found[hour]) % 24:02d}:{found[past] or '00'}" for hour, past in ((1, 2), (3, 4)))
    return _only(shift for shift in shifts if (f"{shift.start:%H:%M}", f"{shift.end:%H:%M}") == (start, end))


def _alike(words: str, shifts: Iterable[ShiftType]) -> Meaning | None:
    """The only shift whose code or label begins so, or that it begins with."""
    return _only(
        shift
        for shift in shifts
        if any(name.startswith(words) or words.startswith(name) for name in (shift.code, shift.label.zh))
    )


def _only(shifts: Iterator[ShiftType]) -> Meaning | None:
    found = list(shifts)
    return Meaning(means=Means.SHIFT, shift=found[0].code) if len(found) == 1 else None
