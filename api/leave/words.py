"""Notices about leave in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from domain.language import Text, day_text, plain

NOTICES: Final[dict[str, Text]] = {
    "leave-asked": Text("{who}申请{days}的假, 请审批", "{who} asks for leave, {days}: please decide"),
    "leave-told": Text("{who}电话请假, {days}", "{who} told by phone: away {days}"),
    "leave-file": Text(
        "您{days}的假由电话告知, 请在{due}前补办手续, 逾期按旷工处理",
        "your leave of {days} was told by phone: file it by {due}, or it counts as absence",
    ),
    "leave-approved": Text("您{days}的假已批准", "your leave of {days} is approved"),
    "leave-declined": Text("您{days}的假未获批准: {reason}", "your leave of {days} is declined: {reason}"),
    "leave-waitlisted": Text(
        "{days}请假人数已满, 您已进入候补", "too many are away on {days}: you are on the waiting list"
    ),
    "leave-place": Text(
        "{days}有空位, 您的请假已提交审批", "there is a place on {days}: your leave goes to be decided"
    ),
    "leave-escalated": Text(
        "{who}申请{days}的假逾期未审批, 已转交您", "leave of {who}, {days}, was not decided in time: it is yours now"
    ),
    "leave-late": Text("{who}申请{days}的假仍未审批", "leave of {who}, {days}, still waits for your decision"),
    "leave-lapsed": Text("{who}{days}的假未按时补办, 记为旷工", "leave of {who}, {days}, was not filed: absence"),
    "leave-full": Text("您{days}的假候补未成功: 一直没有空位", "no place on {days} came free: your leave is declined"),
    "leave-withdrawn": Text("{who}撤回了{days}的假", "{who} withdrew the leave of {days}"),
}


def said(kind: str, facts: Mapping[str, Any]) -> Text:
    """A notice in one line."""
    first, last = (day_text(date.fromisoformat(facts[name])) for name in ("first", "last"))
    days = first if facts["first"] == facts["last"] else Text("{first}至{last}", "{first} to {last}")
    told = days.filled(first=first, last=last)
    return NOTICES[kind].filled(
        who=plain(facts["name"]), days=told, due=plain(facts.get("due", "")), reason=plain(facts.get("reason", ""))
    )
