"""Duties and leave in the words of a calendar."""

from __future__ import annotations

from api.pauses import pauses
from domain.language import Language, Refusal, Text, plain
from domain.roster import Duty
from domain.site import Site

PERHAPS = Text("换班待定: {what}", "swap pending: {what}")
CANCELLED = Text("已取消: {what}", "cancelled: {what}")


def summary(site: Site, duty: Duty, language: Language) -> str:
    """A duty by label and work, with its code where the label does not tell it; a type that is gone by its code."""
    try:
        shift, work = site.shift(duty.shift), site.work(duty.work)
    except Refusal:
        return duty.shift
    label, code = shift.label.said(language), shift.code
    named = label if label.startswith(code) else f"{code} {label}"
    return f"{named} · {work.label.said(language)}"


def description(site: Site, duty: Duty, language: Language) -> str:
    """Hand-over and breaks."""
    try:
        shift, times = site.shift(duty.shift), ", ".join(pauses(duty, site))
    except Refusal:
        return ""
    handover = Text("交接班{minutes}分钟", "hand-over {minutes} min").filled(minutes=plain(shift.handover))
    rests = Text("休息 {times}", "break {times}").filled(times=plain(times)) if times else None
    parts = [part for part in (handover if shift.handover else None, rests) if part]
    return Text("; ".join(part.zh for part in parts), "; ".join(part.en for part in parts)).said(language)


def perhaps(what: str, language: Language) -> str:
    """What may come of a swap."""
    return PERHAPS.filled(what=plain(what)).said(language)


def cancelled(what: str, language: Language) -> str:
    """What is no longer, for clients that do not show it struck through."""
    return CANCELLED.filled(what=plain(what)).said(language)
