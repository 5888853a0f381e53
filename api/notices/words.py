"""Notices in words: a subject and a body for each kind, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from api.callouts import words as callouts
from api.leave import words as leave
from api.lines import words as lines
from api.rosters.cells import to_change
from api.swaps import words as swaps
from domain.language import Text, day_text, plain
from domain.roster import Change
from domain.time import Zone

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice in words."""

    subject: Text
    body: Text


CYCLE: Final[dict[str, Text]] = {
    "wishes-open": Text("{month}的排班意愿现已开放", "wishes for {month} are open"),
    "wishes-closed": Text("{month}的排班意愿已截止", "wishes for {month} have closed"),
    "close-due": Text("{month}的排班意愿将于{due}截止", "wishes for {month} close on {due}"),
    "forecast-late": Text("{month}的话务预测尚未完成", "the forecast of {month} is late"),
    "roster-built": Text("{month}的排班草案已生成, 请审阅", "the draft roster of {month} is there to be reviewed"),
    "build-due": Text("{month}的排班须于{due}前完成", "the roster of {month} is to be built by {due}"),
    "build-late": Text("{month}的排班逾期未完成", "the roster of {month} is late"),
    "publish-due": Text("{month}的排班须于{due}前发布", "the roster of {month} is to be published by {due}"),
    "publish-late": Text("{month}的排班逾期未发布", "the roster of {month} is not published, and late"),
}
SERVICE: Final[dict[str, Text]] = {
    "channel-failed": Text("通知渠道“{name}”无法送达: {reason}", "the channel “{name}” cannot be reached: {reason}"),
    "channel-test": Text("这是一条测试通知, 来自“{name}”", "this is a test of “{name}”"),
    "hook-stopped": Text("事件推送“{name}”已停用: {reason}", "the webhook “{name}” was stopped: {reason}"),
}
ROSTER: Final = Text("{month}的排班: 您有{count}处变动", "roster of {month}: {count} changes of yours")
WITHDRAWN: Final = Text("{month}的排班已撤回", "the roster of {month} was withdrawn")
FREE: Final = Text("休", "off")
WISHES: Final = Text(
    "您的意愿共{asked}分, 未满足{refused}分", "your wishes weigh {asked}; {refused} of that is not met"
)


def one_line(text: Text) -> Letter:
    """A notice that its subject tells whole."""
    return Letter(text, text)


def letter_of(kind: str, facts: Facts, zone: Zone) -> Letter:
    """A notice in words; a kind that has none of its own tells its name."""
    return WAYS.get(kind, _of_cycle)(kind, facts, zone)


def _of_cycle(kind: str, facts: Facts, zone: Zone) -> Letter:
    due = datetime.fromisoformat(facts["due_at"]).astimezone(zone.info) if "due_at" in facts else None
    told = {"month": plain(facts.get("month", "")), "due": plain(f"{due:%Y-%m-%d %H:%M}" if due else "")}
    return one_line(CYCLE.get(kind, plain(kind)).filled(**told))


def _of_swap(_: str, facts: Facts, __: Zone) -> Letter:
    return Letter(swaps.subject(facts), swaps.body(facts))


def _of_absence(_: str, facts: Facts, __: Zone) -> Letter:
    day = day_text(date.fromisoformat(facts["day"]))
    subject = Text("{day}: 记为旷工", "absence on {day}").filled(day=day)
    why = (
        "{day}的班未经批准由他人顶替, 双方均记为旷工; 有异议请联系主管",
        "the duty on {day} was worked by somebody else without approval; ask the manager if that is wrong",
    )
    return Letter(subject, Text(*why).filled(day=day))


def _of_roster(_: str, facts: Facts, __: Zone) -> Letter:
    changes = [to_change(row) for row in facts["changes"]]
    subject = WITHDRAWN if facts["kind"] == "withdrawal" else ROSTER
    lines = [_line(change) for change in changes] + ([plain(facts["note"])] if facts["note"] else [])
    lines += (
        [WISHES.filled(**{name: plain(count) for name, count in facts["wishes"].items()})] if facts["wishes"] else []
    )
    body = Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))
    return Letter(subject.filled(month=plain(facts["month"]), count=plain(len(changes))), body)


def _of_deputy(_: str, facts: Facts, zone: Zone) -> Letter:
    until = datetime.fromisoformat(facts["until"]).astimezone(zone.info)
    words = Text("{giver}委托您代为审批, 至{until}", "{giver} lends you decisions until {until}")
    return one_line(words.filled(giver=plain(facts["giver"]), until=plain(f"{until:%Y-%m-%d %H:%M}")))


def _of_leave(kind: str, facts: Facts, _: Zone) -> Letter:
    return one_line(leave.said(kind, facts))


def _of_callout(kind: str, facts: Facts, zone: Zone) -> Letter:
    return one_line(callouts.said(kind, facts, zone))


def _of_gap(_: str, facts: Facts, zone: Zone) -> Letter:
    return one_line(lines.said(facts, zone))


def _of_drop(_: str, facts: Facts, __: Zone) -> Letter:
    subject = Text("话单文件“{file}”未能导入", "the call records “{file}” were refused").filled(
        file=plain(facts["file"])
    )
    return Letter(subject, Text(facts["zh"], facts["en"]))


def _of_failed(_: str, facts: Facts, __: Zone) -> Letter:
    words = Text("{month}的排班未能按时发布: {why}", "the roster of {month} could not be published as planned: {why}")
    return one_line(words.filled(month=plain(facts["month"]), why=Text(facts["zh"], facts["en"])))


def _of_service(kind: str, facts: Facts, _: Zone) -> Letter:
    return one_line(SERVICE[kind].filled(**{name: plain(fact) for name, fact in facts.items()}))


def _line(change: Change) -> Text:
    old, new = (plain(duty.shift) if duty else FREE for duty in (change.old, change.new))
    words = Text("{day}: {old} → {new}", "{day}: {old} → {new}")
    return words.filled(day=day_text(change.day), old=old, new=new)


WAYS: Final[dict[str, Callable[[str, Facts, Zone], Letter]]] = {
    "roster": _of_roster,
    "absence": _of_absence,
    "deputy": _of_deputy,
    "publication-failed": _of_failed,
    **dict.fromkeys(SERVICE, _of_service),
    "drop-refused": _of_drop,
    **dict.fromkeys(lines.NOTICES, _of_gap),
    **dict.fromkeys(swaps.NOTICES, _of_swap),
    **dict.fromkeys(leave.NOTICES, _of_leave),
    **dict.fromkeys(callouts.NOTICES, _of_callout),
}
