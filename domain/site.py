"""A site: one public number, its kinds of work and its shift types."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Refusal, Text, plain
from domain.shifts import ShiftType
from domain.time import Zone


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: a queue of calls and, by the same id, the skill that serves it."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Site:
    """A project company with its hotline."""

    id: str
    name: Text
    zone: Zone
    works: tuple[Work, ...]
    shifts: tuple[ShiftType, ...]
    country: str = "CN"
    households: int = 0

    def __post_init__(self) -> None:
        _once([work.id for work in self.works], Text("工作", "work"))
        _once([shift.code for shift in self.shifts], Text("班次", "shift"))
        known = {work.id for work in self.works}
        for shift in self.shifts:
            for work in shift.works:
                if work not in known:
                    raise Refusal(
                        Text(
                            "班次“{code}”的工作“{work}”未定义", "shift “{code}” serves “{work}”, which is not a work"
                        ).filled(code=plain(shift.code), work=plain(work))
                    )

    def shift(self, code: str) -> ShiftType:
        """The shift type of a code."""
        for shift in self.shifts:
            if shift.code == code:
                return shift
        codes = "、".join(known.code for known in self.shifts)
        raise Refusal(
            Text("没有班次“{code}”, 已有: {codes}", "there is no shift “{code}”; known are {codes}").filled(
                code=plain(code), codes=plain(codes)
            )
        )

    def work(self, work_id: str) -> Work:
        """The kind of work of an id."""
        for work in self.works:
            if work.id == work_id:
                return work
        raise Refusal(
            Text("没有工作“{work}”, 已有: {works}", "there is no work “{work}”; known are {works}").filled(
                work=plain(work_id), works=plain("、".join(work.id for work in self.works))
            )
        )


def _once(names: list[str], what: Text) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Refusal(
                Text("{what}“{name}”重复", "{what} “{name}” is named twice").filled(what=what, name=plain(name))
            )
