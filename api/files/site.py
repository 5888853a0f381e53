"""SITE.yaml: one site with its works, shifts, contracts, targets and policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from api.files.tables import read_bytes
from constraints.catalogue import AnyRule
from constraints.policy import HOUSE_POLICY, Policy
from domain.faults import BadInput
from domain.language import Language, Refusal, Text, plain
from domain.people import Contract
from domain.shifts import Break, ShiftType
from domain.site import Site, Work
from domain.time import Zone
from forecasting.calendar import calendar
from forecasting.require import Goal
from forecasting.staffing import Demand, Target


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All that the file of a site says."""

    site: Site
    language: Language
    contracts: dict[str, Contract]
    goals: dict[str, Goal]
    handle_told: frozenset[str]
    """Works whose handle time the file states; the others take it from the records."""
    policy: Policy
    interval: int | None
    missing: float | None
    queue: str
    """The work of calls that name no queue."""

    @property
    def skills(self) -> frozenset[str]:
        """What a certificate may be for: the works, and what rules ask for."""
        asked = (getattr(rule, "skill", None) for rule in self.policy.rules)
        return frozenset({work.id for work in self.site.works} | {skill for skill in asked if skill})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _both(given: object) -> object:
    return {"zh": given, "en": given} if isinstance(given, str) else given


class _Words(_Part):
    zh: str
    en: str

    def text(self) -> Text:
        return Text(self.zh, self.en)


Words = Annotated[_Words, BeforeValidator(_both)]


def _zone(key: str) -> str:
    return Zone(key).key


def _country(code: str) -> str:
    calendar(code, ())
    return code.upper()


def _target(words: str) -> str:
    Target.parse(words)
    return words


def _whole_minutes(clock: time) -> time:
    if clock.second or clock.microsecond or clock.tzinfo:
        raise Refusal(Text("只写时和分, 如 07:45", "hours and minutes only, as 07:45"))
    return clock


Clock = Annotated[time, AfterValidator(_whole_minutes)]


class _Site(_Part):
    id: str = Field(pattern=r"^[\w.-]+$", max_length=64)
    name: Words
    zone: Annotated[str, AfterValidator(_zone)]
    country: Annotated[str, AfterValidator(_country)] = "CN"
    households: int = Field(default=0, ge=0)


class _Calls(_Part):
    interval: Literal[5, 10, 15, 30, 60] | None = None
    missing: float | None = Field(default=None, ge=0)
    queue: str | None = None


class _Work(_Part):
    id: str = Field(pattern=r"^[\w.-]+$")
    label: Words
    target: Annotated[str, AfterValidator(_target)] = "answered:0.85"
    aht: float | None = Field(default=None, gt=0)
    patience: float = Field(default=120.0, gt=0)
    minimum: int = Field(default=0, ge=0)
    shrinkage: float = Field(default=0.0, ge=0, lt=0.9)


class _Break(_Part):
    after: int = Field(ge=0)
    minutes: int = Field(gt=0)
    paid: bool = False


class _Shift(_Part):
    code: str = Field(min_length=1, max_length=4)
    label: Words
    start: Clock
    end: Clock
    works: tuple[str, ...] = Field(min_length=1)
    handover: int = Field(default=0, ge=0)
    breaks: tuple[_Break, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _shift(self)
        return self


class _Contract(_Part):
    id: str
    label: Words
    day_hours: float = Field(default=8, gt=0, le=24)
    month_hours: float | None = Field(default=None, ge=0, le=744)


class _File(_Part):
    site: _Site
    language: Language = Language.ZH
    calls: _Calls = _Calls()
    works: tuple[_Work, ...] = Field(min_length=1)
    shifts: tuple[_Shift, ...] = Field(min_length=1)
    contracts: tuple[_Contract, ...] = Field(min_length=1)
    policy: tuple[AnyRule, ...] = HOUSE_POLICY.rules


DEFAULT_HANDLE_S = 240.0


def read_site(path: Path) -> SitePlan:
    """The site of a file; a fault names line and field."""
    try:
        raw = YAML(typ="rt").load(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput(Text("不是 UTF-8 文本", "is not UTF-8 text"), file=path.name) from error
    except YAMLError as error:
        raise _not_yaml(error, path.name) from error
    try:
        return _plan(_File.model_validate(raw))
    except ValidationError as error:
        raise _first_fault(error, raw, path.name) from error
    except Refusal as error:
        raise BadInput(error.text, file=path.name) from error


def _plan(file: _File) -> SitePlan:
    site = Site(
        file.site.id,
        file.site.name.text(),
        Zone(file.site.zone),
        tuple(Work(work.id, work.label.text()) for work in file.works),
        tuple(_shift(shift) for shift in file.shifts),
        file.site.country,
        file.site.households,
    )
    return SitePlan(
        site,
        file.language,
        {contract.id: _contract(contract) for contract in file.contracts},
        {work.id: _goal(work) for work in file.works},
        frozenset(work.id for work in file.works if work.aht is not None),
        Policy(rules=file.policy),
        file.calls.interval,
        file.calls.missing,
        site.work(file.calls.queue or site.works[0].id).id,
    )


def _shift(shift: _Shift) -> ShiftType:
    breaks = tuple(Break(pause.after, pause.minutes, pause.paid) for pause in shift.breaks)
    return ShiftType(shift.code, shift.label.text(), shift.start, shift.end, shift.works, breaks, shift.handover)


def _contract(contract: _Contract) -> Contract:
    month = None if contract.month_hours is None else round(contract.month_hours * 60)
    return Contract(contract.id, contract.label.text(), round(contract.day_hours * 60), month)


def _goal(work: _Work) -> Goal:
    demand = Demand(work.aht or DEFAULT_HANDLE_S, work.patience)
    return Goal(Target.parse(work.target), demand, work.minimum, work.shrinkage)


def _not_yaml(error: Exception, name: str) -> BadInput:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or error
    words = Text("不是有效的 YAML: {why}", "is not valid YAML: {why}").filled(why=plain(problem))
    return BadInput(words, file=name, row=mark.line + 1 if mark else None)


def _first_fault(error: ValidationError, raw: object, name: str) -> BadInput:
    fault = error.errors(include_url=False)[0]
    path = [part for part in fault["loc"] if not (isinstance(part, str) and _is_tag(part, fault["loc"]))]
    inner = fault.get("ctx", {}).get("error")
    if isinstance(inner, Refusal):
        return BadInput(inner.text, file=name, row=_line(raw, path), column=_dotted(path))
    words = {
        "missing": Text("缺少此字段", "this field is missing"),
        "extra_forbidden": Text("没有这个字段, 请检查拼写", "there is no such field; check the spelling"),
        "union_tag_invalid": Text("没有这条规则; 用 paiban rules 查看", "there is no such rule; see paiban rules"),
    }.get(fault["type"], Text("取值不正确: {why}", "has a wrong value: {why}").filled(why=plain(fault["msg"])))
    return BadInput(words, file=name, row=_line(raw, path), column=_dotted(path))


def _is_tag(part: str, where: tuple[int | str, ...]) -> bool:
    """Pydantic puts the kind of a rule into the path; the file has no such level."""
    place = where.index(part)
    return len(where) > 2 and where[0] == "policy" and place == 2


def _dotted(path: list[int | str]) -> str:
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "YAML"


def _line(raw: Any, path: list[int | str]) -> int | None:  # noqa: ANN401 - ruamel's nodes carry lines, untyped
    line: int | None = None
    for part in path:
        marks = getattr(raw, "lc", None)
        try:
            line = marks.item(part)[0] + 1 if isinstance(part, int) else marks.key(part)[0] + 1  # type: ignore[union-attr]
            raw = raw[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line
