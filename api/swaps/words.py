"""Swaps in words: each state, each reason, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from domain.language import Text, day_text, plain

STATES: Final[dict[str, Text]] = {
    "offered": Text("等待对方答复", "waits for an answer"),
    "waiting-scheduler": Text("等待排班员审批", "waits for the scheduler"),
    "waiting-manager": Text("等待主管审批", "waits for the manager"),
    "approved": Text("已批准并生效", "approved and in force"),
    "declined": Text("对方不同意", "declined"),
    "countered": Text("对方另有提议", "another offer took its place"),
    "refused": Text("未获批准", "refused"),
    "rejected": Text("违反规则, 未能成立", "a rule stands against it"),
    "expired": Text("已过期", "expired"),
    "cancelled": Text("已取消", "cancelled"),
    "superseded": Text("排班已变动, 换班作废", "void: the roster changed"),
    "withdrawn": Text("已撤回", "taken back"),
}
NOTICES: Final = (*(f"swap-{state}" for state in STATES), "swap-reminder", "swap-undecided")
"""The kinds of notice that tell of a swap."""
REASONS: Final[dict[str, Text]] = {
    "declined": Text("对方不同意", "somebody did not agree"),
    "countered": Text("对方提出了另一方案", "somebody offered something else"),
    "refused": Text("审批人未批准", "who decides did not approve"),
    "rule-broken": Text("违反硬性规则", "a hard rule would be broken"),
    "floor-broken": Text("应急在岗将低于底线", "the emergency floor would not be kept"),
    "time-over": Text("未在期限内答复或审批", "nobody answered or decided in time"),
    "duty-begun": Text("班次已开始", "the duty has begun"),
    "cancelled": Text("发起人取消", "who asked took it back"),
    "roster-changed": Text("排班已变动", "the roster under it changed"),
    "duty-in-other-swap": Text("该班已在另一换班中", "the duty is in another swap"),
    "escalated": Text("逾期未审批, 已转交主管", "nobody decided in time: the manager may too"),
    "taken-back": Text("当事人在撤回时限内撤回", "a party took it back in time"),
}
KINDS: Final[dict[str, Text]] = {
    "cover": Text("代班", "cover"),
    "exchange": Text("换班", "exchange"),
    "day-off": Text("换休", "swap of days off"),
    "open-shift": Text("认领空班", "claim of an open duty"),
    "part": Text("部分代班", "part of a duty"),
    "cycle": Text("多人轮换", "ring"),
    "bundle": Text("多班互换", "several duties"),
}


def said(state: str, reason: Mapping[str, Any]) -> Text:
    """A state with its reason; what a human gave as reason comes last."""
    words, code, note = STATES[state], reason.get("code"), str(reason.get("note", ""))
    if code and REASONS[code] != words:
        words = Text("{state}: {why}", "{state}: {why}").filled(state=words, why=REASONS[code])
    return Text("{words} ({note})", "{words} ({note})").filled(words=words, note=plain(note)) if note else words


def subject(facts: Mapping[str, Any]) -> Text:
    """What a notice of a swap begins with."""
    words = Text("{kind} {day}: {state}", "{kind} on {day}: {state}")
    return words.filled(
        kind=KINDS[facts["kind"]], day=day_text(date.fromisoformat(facts["day"])), state=STATES[facts["state"]]
    )


def body(facts: Mapping[str, Any]) -> Text:
    """The duties that change hands, one a line, and why it ended."""
    lines = [_line(*row) for row in facts["legs"]]
    if "code" in facts:
        lines.append(REASONS[facts["code"]])
    return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def _line(day: str, giver: str, shift: str, taker: str) -> Text:
    words = Text("{day} {shift}: {giver} → {taker}", "{day} {shift}: {giver} → {taker}")
    nobody = Text("空班", "open")
    return words.filled(
        day=day_text(date.fromisoformat(day)),
        shift=plain(shift),
        giver=plain(giver) if giver else nobody,
        taker=plain(taker),
    )
