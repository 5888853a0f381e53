"""The people of a site from a table: one row a person, lists within a cell parted by semicolons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar

import pandas as pd

from api.files.site import SitePlan
from api.files.tables import column, column_if_any, naming, read_date, read_table, told
from api.pauses import laid
from constraints.rules.fairness import Burden
from domain.circumstances import Opening, Protection
from domain.faults import BadInput
from domain.language import Refusal, Text, plain
from domain.people import Agent, Certificate, Contract
from domain.requests import Leave, Pin, Unavailability, Wish, WishKind
from domain.roster import Duty
from domain.time import Days, Span

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "agent_id", "工号"),
    "name": ("name", "姓名"),
    "contract": ("contract", "合同"),
    "skills": ("skills", "skill", "技能", "证书"),
    "team": ("team", "班组"),
    "leave": ("leave", "休假", "请假"),
    "unavailable": ("unavailable", "不可排班"),
    "wishes": ("wishes", "意愿"),
    "duties": ("duties", "last_month", "上月班次"),
    "pins": ("pins", "锁定"),
    "protected": ("protected", "受保护"),
    "opening": ("opening", "期初"),
}
REQUIRED: Final = ("id", "name", "contract", "skills")
WISHES: Final = {
    "off": WishKind.OFF,
    "休": WishKind.OFF,
    "on": WishKind.ON,
    "avoid": WishKind.AVOID,
    "免": WishKind.AVOID,
}

PERIOD: Final = ("paid", "owed")
"""Hours of the averaging period so far, in the column of opening balances."""
ALMOST: Final = 0.75
"""How like a known skill an unknown one must be to be a slip of the pen; other certificates people may hold freely."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class People:
    """All that the file of people says."""

    agents: tuple[Agent, ...]
    history: tuple[Duty, ...] = ()
    leaves: tuple[Leave, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    protections: tuple[Protection, ...] = ()
    openings: tuple[Opening, ...] = ()


@dataclass
class _Reading:
    """What has been read so far."""

    plan: SitePlan
    agents: list[Agent] = field(default_factory=list)
    history: list[Duty] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    unavailabilities: list[Unavailability] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    protections: list[Protection] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)

    def person(self, cells: dict[str, str]) -> None:
        """Take one row."""
        agent_id = _cell("id", cells, _identity)
        if any(agent.id.casefold() == agent_id.casefold() for agent in self.agents):
            words = Text("工号“{id}”出现两次(不分大小写)", "two people have the id “{id}” (capitals do not count)")
            raise BadInput(words.filled(id=plain(agent_id)), column="id")
        contract = _cell("contract", cells, self._contract)
        certificates = tuple(_cell("skills", cells, _listed(self._certificate)))
        self.agents.append(Agent(agent_id, _cell("name", cells, _filled), contract, certificates, cells["team"]))
        self.leaves += _cell("leave", cells, _listed(lambda words: _leave(agent_id, words)))
        self.unavailabilities += _cell("unavailable", cells, _listed(lambda words: self._span(agent_id, words)))
        self.wishes += _cell("wishes", cells, _listed(lambda words: self._wish(agent_id, words)))
        self.history += _cell("duties", cells, _listed(lambda words: self._duty(agent_id, words)))
        self.pins += _cell("pins", cells, _listed(lambda words: self._pin(agent_id, words)))
        self.protections += _cell("protected", cells, _listed(lambda words: _protection(agent_id, words)))
        parts = _cell("opening", cells, _listed(_balance))
        self.openings += [_opening(agent_id, dict(parts))] if parts else []

    def _contract(self, words: str) -> Contract:
        if words not in self.plan.contracts:
            message = Text("没有合同“{id}”, 已有: {known}", "there is no contract “{id}”; known are {known}")
            raise Refusal(message.filled(id=plain(words), known=plain("、".join(self.plan.contracts))))
        return self.plan.contracts[words]

    def _certificate(self, words: str) -> Certificate:
        skill, _, validity = (part.strip() for part in words.partition(":"))
        meant = get_close_matches(skill, self.plan.skills, 1, ALMOST)
        if skill not in self.plan.skills and meant:
            message = Text("没有技能“{skill}”, 是否为“{meant}”?", "there is no skill “{skill}”; is it “{meant}”?")
            raise Refusal(message.filled(skill=plain(skill), meant=plain(meant[0])))
        start, _, end = (part.strip() for part in validity.partition(".."))
        return Certificate(skill, read_date(start) if start else None, read_date(end) if end else None)

    def _duty(self, agent_id: str, words: str) -> Duty:
        found = re.fullmatch(r"(\S+)\s+([^@\s]+)(?:@(\S+))?(?:\s+([\d:,]+))?", words)
        if not found:
            raise Refusal(_wanted("2026-11-28 夜", "2026-11-28 夜@emergency", "2026-11-28 夜 02:15"))
        site = self.plan.site
        shift = site.shift(found[2])
        duty = Duty(read_date(found[1]), agent_id, shift.code, site.work(found[3] or shift.works[0]).id)
        return replace(duty, breaks=laid(found[4], duty, site)) if found[4] else duty

    def _pin(self, agent_id: str, words: str) -> Pin:
        found = re.fullmatch(r"(\S+)\s+(\S+)", words)
        if not found:
            raise Refusal(_wanted("2026-12-24 早", "2026-12-24 off"))
        shift = None if WISHES.get(found[2]) is WishKind.OFF else self.plan.site.shift(found[2]).code
        return Pin(agent_id, read_date(found[1]), shift)

    def _wish(self, agent_id: str, words: str) -> Wish:
        found = re.fullmatch(r"(\S+)\s+(off|休|on|avoid|免)(?:\s+([^*\s]+))?(?:\s*\*\s*([1-9]))?", words)
        if not found:
            raise Refusal(_wanted("2026-12-24 off*3", "2026-12-25 on 早", "2026-12-26 avoid 夜"))
        shift = self.plan.site.shift(found[3]).code if found[3] else None
        return Wish(agent_id, read_date(found[1]), WISHES[found[2]], shift, int(found[4] or 1))

    def _span(self, agent_id: str, words: str) -> Unavailability:
        start, _, end = words.partition("..")
        return Unavailability(agent_id, Span(self._moment(start), self._moment(end)))

    def _moment(self, words: str) -> datetime:
        try:
            moment = datetime.fromisoformat(words.strip())
        except ValueError as error:
            raise Refusal(_wanted("2026-12-05T08:00..2026-12-05T12:00")) from error
        zone = self.plan.site.zone
        return moment if moment.tzinfo else zone.at(moment.date(), moment.hour * 60 + moment.minute)


def read_people(path: Path, plan: SitePlan) -> People:
    """The people of a file; a fault names row and column."""
    frame = read_table(path)
    with naming(path):
        cells = {
            name: column(frame, *names) if name in REQUIRED else column_if_any(frame, *names)
            for name, names in COLUMNS.items()
        }
        reading = _Reading(plan)
        for row in frame.index:
            _read_row(reading, cells, int(row))
        if not reading.agents:
            raise BadInput(Text("文件里没有人员", "there is nobody in the file"))
    return People(
        tuple(reading.agents),
        tuple(reading.history),
        tuple(reading.leaves),
        tuple(reading.unavailabilities),
        tuple(reading.wishes),
        tuple(reading.pins),
        tuple(reading.protections),
        tuple(reading.openings),
    )


def _read_row(reading: _Reading, columns: dict[str, pd.Series[str] | None], row: int) -> None:
    cells = {name: "" if cells is None else str(cells.loc[row]) for name, cells in columns.items()}
    try:
        reading.person(cells)
    except BadInput as fault:
        raise BadInput(fault.text, row=row, column=fault.column) from fault


def _cell(name: str, cells: dict[str, str], read: Callable[[str], Thing]) -> Thing:
    return told(name, lambda: read(cells[name]))


def _listed(read: Callable[[str], Thing]) -> Callable[[str], list[Thing]]:
    return lambda words: [read(part.strip()) for part in re.split(r"[;；\n]", words) if part.strip()]


def _filled(words: str) -> str:
    if not words:
        raise Refusal(Text("不能为空", "must not be empty"))
    return words


def _identity(words: str) -> str:
    if not re.fullmatch(r"\w[\w.-]{0,63}", words):
        raise Refusal(
            Text(
                "“{id}”不能作工号: 只用字母、数字、点和横线", "“{id}” is no id: letters, digits, dot and dash only"
            ).filled(id=plain(words))
        )
    return words


def _leave(agent_id: str, words: str) -> Leave:
    span, _, kind = words.partition(" ")
    first, _, last = span.partition("..")
    return Leave(agent_id, Days(read_date(first), read_date(last or first)), kind.strip() or "annual")


def _protection(agent_id: str, words: str) -> Protection:
    """`due 2027-02-14` or `born 2026-08-01`."""
    found = re.fullmatch(r"(due|born|预产|出生)\s+(\S+)", words)
    if not found:
        raise Refusal(_wanted("due 2027-02-14", "born 2026-08-01", "预产 2027-02-14", "出生 2026-08-01"))
    day = read_date(found[2])
    expecting = found[1] in ("due", "预产")
    return Protection.expecting(agent_id, day) if expecting else Protection.with_child(agent_id, day)


def _balance(words: str) -> tuple[str, float]:
    """`nights +2`, `paid 310.5` (hours of the averaging period)."""
    found = re.fullmatch(rf"({'|'.join((*Burden, *PERIOD))})\s+([+-]?\d+(?:\.\d+)?)", words)
    if not found:
        raise Refusal(_wanted("nights +2", "late -1", "paid 310.5; owed 320"))
    return found[1], float(found[2])


def _opening(agent_id: str, parts: dict[str, float]) -> Opening:
    burdens = {name: round(number) for name, number in parts.items() if name not in PERIOD}
    paid, owed = (round(parts.get(name, 0.0) * 60) for name in PERIOD)
    return Opening(agent_id, burdens, paid, owed)


def _wanted(*examples: str) -> Text:
    return Text("格式不对, 应如 {examples}", "is not understood; write {examples}").filled(
        examples=plain(" / ".join(examples))
    )
