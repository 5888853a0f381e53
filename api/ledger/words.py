"""Bookings in words."""

from __future__ import annotations

from typing import Final

from domain.language import Text, plain

CAUSES: Final[dict[str, Text]] = {
    "publication": Text("{month}排班发布: 与公平份额之差", "roster of {month} published: against the fair share"),
    "import": Text("{month}历史排班导入: 与公平份额之差", "past roster of {month} imported: against the fair share"),
    "withdrawal": Text("{month}排班撤回", "roster of {month} withdrawn"),
    "change": Text("{month}当日调整", "a change within {month}"),
    "swap": Text("{month}换班", "a swap in {month}"),
    "call-in": Text("{month}临时顶班", "a call-in in {month}"),
}


def said(cause: str, month: str) -> Text:
    """Why something was booked."""
    return CAUSES.get(cause, plain(cause)).filled(month=plain(month))
