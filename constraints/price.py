"""The convex price of a gap between what is and what should be."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Step(BaseModel):
    """So many units of the gap cost this much each; no number means all that remain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: int | None = Field(default=None, gt=0)
    each: int = Field(ge=0)


class Price(BaseModel):
    """Steps of rising price per unit of the gap; a plain number is one step without end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _number(cls, given: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever the file held
        return {"steps": [{"each": given}]} if isinstance(given, int) else given

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema tells of the plain number, too."""
        steps = handler.resolve_ref_schema(handler(core))
        whole = dict(steps)
        steps.clear()
        steps["anyOf"] = [whole, {"type": "integer", "minimum": 0}]
        return steps

    @model_validator(mode="after")
    def _convex(self) -> Price:
        eaches = [step.each for step in self.steps]
        if eaches != sorted(eaches):
            raise ValueError("the price of each further unit must not fall")
        if any(step.units is None for step in self.steps[:-1]) or self.steps[-1].units is not None:
            raise ValueError("the last step, and only the last, has no number of units")
        return self

    def of(self, gap: int) -> int:
        """What a gap of so many units costs."""
        cost = 0
        for step in self.steps:
            part = gap if step.units is None else min(gap, step.units)
            cost += part * step.each
            gap -= part
        return cost


def flat(each: int) -> Price:
    """The same price for every unit."""
    return Price(steps=(Step(each=each),))


def rising(*steps: tuple[int | None, int]) -> Price:
    """Steps given as (units, price each)."""
    return Price(steps=tuple(Step(units=units, each=each) for units, each in steps))
