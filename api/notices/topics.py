"""What notices are about: people choose by topic what they are told where."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from api.callouts import words as callouts
from api.leave import words as leave
from api.lines import words as lines
from api.notices.words import SERVICE
from api.swaps import words as swaps
from domain.language import Text


class Topic(StrEnum):
    """Something that notices are about."""

    CYCLE = "cycle"
    ROSTER = "roster"
    SWAPS = "swaps"
    LEAVE = "leave"
    CALLOUTS = "callouts"
    ATTENDANCE = "attendance"
    LINES = "lines"
    SERVICE = "service"


NAMES: Final[dict[Topic, Text]] = {
    Topic.CYCLE: Text("排班周期与截止", "the monthly cycle and its deadlines"),
    Topic.ROSTER: Text("班表发布与变更", "rosters: published, changed, withdrawn"),
    Topic.SWAPS: Text("换班", "swaps"),
    Topic.LEAVE: Text("休假", "leave"),
    Topic.CALLOUTS: Text("临时顶班", "call-outs"),
    Topic.ATTENDANCE: Text("考勤", "attendance"),
    Topic.LINES: Text("线路缺口", "gaps of lines"),
    Topic.SERVICE: Text("服务与账号", "the service and one's account"),
}
URGENT: Final = frozenset({Topic.CALLOUTS, Topic.LINES})
"""Told in quiet hours too."""
KINDS: Final[dict[str, Topic]] = {
    "roster": Topic.ROSTER,
    "publication-failed": Topic.ROSTER,
    "absence": Topic.ATTENDANCE,
    **dict.fromkeys(swaps.NOTICES, Topic.SWAPS),
    **dict.fromkeys(leave.NOTICES, Topic.LEAVE),
    **dict.fromkeys(callouts.NOTICES, Topic.CALLOUTS),
    **dict.fromkeys(lines.NOTICES, Topic.LINES),
    **dict.fromkeys(("deputy", "drop-refused", *SERVICE), Topic.SERVICE),
}


def topic_of(kind: str) -> Topic:
    """The topic of a kind of notice; all others are of the cycle."""
    return KINDS.get(kind, Topic.CYCLE)
