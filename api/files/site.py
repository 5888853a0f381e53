"""SITE.yaml: one site with its works, shifts, contracts, targets and policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from api.callouts.policy import CalloutPolicy
from api.cycle.policy import CyclePolicy
from api.files.site_form import SiteFile
from api.files.tables import read_bytes
from api.leave.policy import LeavePolicy
from api.lines.policy import LineForm
from api.requests.policy import WishPolicy
from api.swaps.policy import SwapPolicy
from constraints.packs import pack
from constraints.policy import Policy
from domain.circumstances import Exemption
from domain.faults import BadInput
from domain.language import Language, Refusal, Text, plain
from domain.people import Contract
from domain.site import Site, Work
from domain.time import Zone
from forecasting.require import Goal


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All that the file of a site says."""

    site: Site
    language: Language
    contracts: dict[str, Contract]
    goals: dict[str, Goal]
    policy: Policy
    interval: int | None
    missing: float | None
    queue: str
    """The work of calls that name no queue."""
    cycle: CyclePolicy
    swaps: SwapPolicy
    wishes: WishPolicy
    leave: LeavePolicy
    callouts: CalloutPolicy
    lines: tuple[LineForm, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    @property
    def skills(self) -> frozenset[str]:
        """The certificates that matter here: of the works, and what rules ask for."""
        asked = (getattr(rule, "skill", None) for rule in self.policy.rules)
        return frozenset({work.id for work in self.site.works} | {skill for skill in asked if skill})


def read_site(path: Path) -> SitePlan:
    """The site of a file; a fault names line and field."""
    try:
        raw = YAML(typ="rt").load(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput(Text("不是 UTF-8 文本", "is not UTF-8 text"), file=path.name) from error
    except YAMLError as error:
        raise _not_yaml(error, path.name) from error
    if not isinstance(raw, Mapping):
        raise BadInput(Text("不是站点文件: 没有字段", "is no site: it has no fields"), file=path.name)
    try:
        return plan_of(SiteFile.model_validate(raw))
    except ValidationError as error:
        raise _first_fault(error, raw, path.name) from error
    except Refusal as error:
        raise BadInput(error.text, file=path.name) from error


def plan_of(file: SiteFile) -> SitePlan:
    """What a document says of its site."""
    site = Site(
        file.site.id,
        file.site.name.text(),
        Zone(file.site.zone),
        tuple(Work(work.id, work.label.text()) for work in file.works),
        tuple(shift.shift() for shift in file.shifts),
        file.site.country,
        file.site.households,
    )
    for line in file.lines:
        line.line()
        for work in line.works:
            site.work(work)
    return SitePlan(
        site,
        file.language,
        {contract.id: contract.contract() for contract in file.contracts},
        {work.id: work.goal() for work in file.works},
        Policy(rules=file.policy).under(pack(file.law)),
        file.calls.interval,
        file.calls.missing,
        site.work(file.calls.queue or site.works[0].id).id,
        file.cycle,
        file.swaps,
        file.wishes,
        file.leave,
        file.callouts,
        file.lines,
        tuple(form.exemption() for form in file.exemptions),
    )


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
    return words.removeprefix(".")


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
