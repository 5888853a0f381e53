"""The events that webhooks tell: entries of the log of these actions, with the facts that may leave the service."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from api.store import tables as t
from domain.language import Text


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event."""

    words: Text
    facts: tuple[str, ...] = ()
    """Facts that are told on; notes and reasons are not."""


EVENTS: Final[dict[str, Event]] = {
    "roster.opened": Event(Text("开始编制某月排班", "work on a month began"), ("month",)),
    "roster.version": Event(
        Text("班表新版本生效(发布、变更、换班、撤回)", "a version of a month is in force, or was withdrawn"),
        ("month", "kind", "changes"),
    ),
    "roster.proved": Event(Text("应急在岗再次验证", "the emergency cover of a month was proved again"), ("month",)),
    "request.made": Event(Text("提出意愿或请假", "a wish or leave was asked for"), ("kind", "number")),
    "request.decided": Event(Text("请求已审批", "a request was decided on"), ("state",)),
    "request.withdrawn": Event(Text("请求已撤回", "a request was taken back")),
    "leave.turned": Event(Text("休假状态变更", "a leave changed its state"), ("from", "to")),
    "swap.offered": Event(Text("发起换班", "a swap was offered"), ("kind", "parties")),
    "swap.moved": Event(Text("换班状态变更", "a swap changed its state"), ("from", "to", "reason")),
    "callout.started": Event(Text("开始找人顶班", "somebody is looked for to take a duty"), ("day", "floor")),
    "callout.ended": Event(Text("顶班结束", "a call-out ended"), ("state",)),
    "calls.imported": Event(Text("导入话单", "call records were imported"), ("name", "rows")),
    "calls.refused": Event(Text("话单文件被拒", "a file of call records was refused"), ("name",)),
    "forecast.made": Event(Text("完成话务预测", "a month was forecast"), ("month", "number")),
    "requirement.made": Event(Text("完成人力需求", "the people needed were worked out"), ("month", "number")),
    "people.imported": Event(Text("导入人员", "people were imported"), ("added", "changed")),
    "person.added": Event(Text("新增人员", "a person was added")),
    "person.changed": Event(Text("人员变更", "a person was changed")),
    "plan.made": Event(Text("站点方案更新", "a site has a new plan")),
    "line.gap": Event(Text("线路缺口告警", "a line will have a gap"), ("line", "lack", "start", "end")),
}
TEST: Final = "webhook.test"


def payload(entry: t.AuditEntry, site: str | None) -> bytes:
    """An event as it is sent and signed; its time is that of the change."""
    facts = {name: entry.facts[name] for name in EVENTS[entry.action].facts if name in entry.facts}
    return body(entry.action, entry.at.astimezone(UTC).isoformat(), {"site": site, "object": entry.object, **facts})


def body(kind: str, at: str, data: dict[str, object]) -> bytes:
    """The form that Standard Webhooks asks for: type, timestamp, data."""
    told = {"type": kind, "timestamp": at.replace("+00:00", "Z"), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
