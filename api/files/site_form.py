"""The form of SITE.yaml: which fields there are, what each may hold, and what it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from api.callouts.policy import CalloutPolicy
from api.cycle.policy import Clock, CyclePolicy
from api.files.parts import Part, Words
from api.leave.policy import LeavePolicy
from api.lines.policy import LineForm
from api.requests.policy import WishPolicy
from api.swaps.policy import SwapPolicy
from constraints.catalogue import AnyRule
from constraints.packs import NONE
from constraints.policy import HOUSE_POLICY
from domain.circumstances import Exemption
from domain.language import Language, Refusal, Text, plain
from domain.people import Contract
from domain.shifts import Break, ShiftType
from domain.time import Days, Zone
from forecasting.calendar import calendar
from forecasting.require import Goal
from forecasting.shrinkage import shrinkage
from forecasting.staffing import USUAL_HANDLE_S, Demand, Target


def _zone(key: str) -> str:
    return Zone(key).key


def _country(code: str) -> str:
    calendar(code, ())
    return code.upper()


def _target(words: str) -> str:
    Target.parse(words)
    return words


class SiteForm(Part):
    """The part `site`."""

    id: str = Field(pattern=r"^[\w.-]+$", max_length=64)
    name: Words
    zone: Annotated[str, AfterValidator(_zone)]
    country: Annotated[str, AfterValidator(_country)] = "CN"
    households: int = Field(default=0, ge=0)
    lines: int | None = Field(default=None, ge=1)


class CallsForm(Part):
    """The part `calls`: how the records are to be read."""

    interval: Literal[5, 6, 10, 12, 15, 20, 30, 60] | None = None
    missing: float | None = Field(default=None, ge=0)
    queue: str | None = None


class WorkForm(Part):
    """One of `works`."""

    id: str = Field(pattern=r"^[\w.-]+$")
    label: Words
    target: Annotated[str, AfterValidator(_target)] = "answered:0.85"
    aht: float | None = Field(default=None, gt=0)
    patience: float = Field(default=120.0, gt=0)
    minimum: int = Field(default=0, ge=0)
    shrinkage: float | dict[str, float] = 0.0
    occupancy: float = Field(default=1.0, gt=0, le=1)
    concurrent: int = Field(default=1, ge=1, le=20)

    @field_validator("shrinkage")
    @classmethod
    def _shares(cls, given: float | dict[str, float]) -> float | dict[str, float]:
        shrinkage(given)
        return given

    def goal(self) -> Goal:
        """What the work demands of its staffing."""
        demand = Demand(self.aht or USUAL_HANDLE_S, self.patience, self.concurrent)
        lost, told = shrinkage(self.shrinkage), self.aht is not None
        return Goal(Target.parse(self.target), demand, self.minimum, lost, self.occupancy, told)


class BreakForm(Part):
    """One of a shift's `breaks`."""

    after: int = Field(ge=0)
    minutes: int = Field(gt=0)
    paid: bool = False
    until: int | None = Field(default=None, ge=0)
    step: int = Field(default=30, gt=0)


class ShiftForm(Part):
    """One of `shifts`."""

    code: str = Field(min_length=1, max_length=4)
    label: Words
    start: Clock
    end: Clock
    works: tuple[str, ...] = Field(min_length=1)
    handover: int = Field(default=0, ge=0)
    response: int | None = Field(default=None, ge=0)
    breaks: tuple[BreakForm, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        self.shift()
        return self

    def shift(self) -> ShiftType:
        """The shift type."""
        breaks = tuple(Break(pause.after, pause.minutes, pause.paid, pause.until, pause.step) for pause in self.breaks)
        return ShiftType(
            self.code, self.label.text(), self.start, self.end, self.works, breaks, self.handover, self.response
        )


class ContractForm(Part):
    """One of `contracts`."""

    id: str
    label: Words
    day_hours: float = Field(default=8, gt=0, le=24)
    month_hours: float | None = Field(default=None, ge=0, le=744)

    def contract(self) -> Contract:
        """The contract."""
        month = None if self.month_hours is None else round(self.month_hours * 60)
        return Contract(self.id, self.label.text(), round(self.day_hours * 60), month)


class ExemptionForm(Part):
    """One of `exemptions`."""

    first: date
    last: date
    reason: str
    agents: tuple[str, ...] = ()

    def exemption(self) -> Exemption:
        """The exemption."""
        return Exemption(Days(self.first, self.last), self.reason, self.agents)


class SiteFile(Part):
    """The whole file."""

    site: SiteForm
    language: Language = Language.ZH
    calls: CallsForm = CallsForm()
    works: tuple[WorkForm, ...] = Field(min_length=1)
    shifts: tuple[ShiftForm, ...] = Field(min_length=1)
    contracts: tuple[ContractForm, ...] = Field(min_length=1)
    policy: tuple[AnyRule, ...] = HOUSE_POLICY.rules
    law: str = NONE.id
    cycle: CyclePolicy = CyclePolicy()
    swaps: SwapPolicy = SwapPolicy()
    wishes: WishPolicy = WishPolicy()
    leave: LeavePolicy = LeavePolicy()
    callouts: CalloutPolicy = CalloutPolicy()
    lines: tuple[LineForm, ...] = Field(default=(), max_length=50)
    exemptions: tuple[ExemptionForm, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        _refuse_twice(Text("合同“{id}”重复", "contract “{id}” is named twice"), (each.id for each in self.contracts))
        _refuse_twice(Text("线路“{id}”重复", "line “{id}” is named twice"), (each.id for each in self.lines))
        return self


def _refuse_twice(words: Text, ids: Iterable[str]) -> None:
    for each, count in Counter(ids).items():
        if count > 1:
            raise Refusal(words.filled(id=plain(each)))
