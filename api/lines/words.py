"""Gaps of lines in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from constraints.unattended import Gap, Lack
from domain.language import Text, plain
from domain.time import Span, Zone

LACKS: Final[dict[Lack, Text]] = {
    Lack.NOTHING: Text(
        "{line} {start}至{end}无人接听, 也没有录音", "{line}: from {start} to {end} nobody and no machine answers"
    ),
    Lack.NO_EMERGENCY: Text(
        "{line} {start}至{end}转录音, 但录音没有应急电话",
        "{line}: from {start} to {end} a machine answers that names no number for emergencies",
    ),
    Lack.PROMISED: Text(
        "{line} {start}至{end}承诺有人接听, 但无人在岗",
        "{line}: people are promised from {start} to {end}, nobody is there",
    ),
    Lack.NOT_PUBLISHED: Text(
        "{line} {start}至{end}尚无已发布的排班", "{line}: no roster is in force from {start} to {end}"
    ),
}
NOTICES: Final = ("line-gap",)


def gap_words(gap: Gap) -> Text:
    """A gap in one line."""
    return _words(gap.lack, gap.line.label, gap.span)


def gap_facts(gap: Gap) -> dict[str, Any]:
    """A gap as a notice keeps it."""
    label = {"zh": gap.line.label.zh, "en": gap.line.label.en}
    told = {"line": gap.line.id, "label": label, "lack": gap.lack.value}
    return {**told, "start": gap.span.start.isoformat(), "end": gap.span.end.isoformat()}


def said(facts: Mapping[str, Any], zone: Zone) -> Text:
    """The same out of a notice."""
    start, end = (datetime.fromisoformat(facts[name]).astimezone(zone.info) for name in ("start", "end"))
    return _words(Lack(facts["lack"]), Text(**facts["label"]), Span(start, end))


def _words(lack: Lack, line: Text, span: Span) -> Text:
    start, end = (plain(f"{moment:%m-%d %H:%M}") for moment in (span.start, span.end))
    return LACKS[lack].filled(line=line, start=start, end=end)
