"""Notices about call-outs in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from domain.language import Text, day_text, plain
from domain.time import Zone

NOTICES: Final[dict[str, Text]] = {
    "callout-asked": Text(
        "{floor}{duty}需要人顶班(工资{pay}%), 请在{by}前答复",
        "{floor}can you take {duty} (paid at {pay} %)? Please answer by {by}",
    ),
    "callout-settled": Text("{duty}的顶班已解决, 谢谢", "{duty} is settled; thank you"),
    "callout-filled": Text("{duty}由{taker}顶班", "{taker} takes {duty}"),
    "callout-exhausted": Text("{floor}{duty}无人顶班, 请处理", "{floor}nobody takes {duty}: please act"),
    "callout-over": Text("{duty}的顶班请求已失效", "the call-out for {duty} is over"),
}
FLOOR: Final = Text("【应急底线】", "Emergency floor: ")
DUTY: Final = Text("{day}{shift}班", "{shift} on {day}")


def said(kind: str, facts: Mapping[str, Any], zone: Zone) -> Text:
    """A notice in one line."""
    by = datetime.fromisoformat(facts["answer_by"]).astimezone(zone.info) if "answer_by" in facts else None
    return NOTICES[kind].filled(
        floor=FLOOR if facts["floor"] else plain(""),
        duty=DUTY.filled(day=day_text(date.fromisoformat(facts["day"])), shift=plain(facts["shift"])),
        taker=plain(facts["taker"]),
        pay=plain(facts.get("pay", "")),
        by=plain(f"{by:%m-%d %H:%M}" if by else ""),
    )
