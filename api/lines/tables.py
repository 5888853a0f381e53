"""The unattended plan as exchanges and calendars read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from api.feeds.calendar import Head, Occasion, written
from api.feeds.own import uid
from api.files.formulas import harmless
from api.files.site import SitePlan
from api.files.tables import csv_octets
from api.lines.forms import ForwardShown, GapShown, LineShown, UnattendedShown
from api.lines.plan import Led, announcement
from api.lines.words import gap_words
from constraints.unattended import Forward, Gap, Target
from domain.language import Language, Text, plain
from domain.time import Days

HEADER: Final = ("line", "start", "end", "target", "where", "announcement_zh", "announcement_en")
SUMMARIES: Final = {
    Target.DESK: Text("{line} → 人工 {where}", "{line} → people {where}"),
    Target.MACHINE: Text("{line} → 录音 {where}", "{line} → machine {where}"),
    Target.NOTHING: Text("{line} 无人接听!", "{line}: nobody answers!"),
}


def shown(found: Sequence[Led], plan: SitePlan, days: Days, language: Language) -> UnattendedShown:
    """As JSON."""
    lines = [_line(led, plan, language) for led in found]
    return UnattendedShown(site=plan.site.id, zone=plan.site.zone.key, first=days.first, last=days.last, lines=lines)


def _line(led: Led, plan: SitePlan, language: Language) -> LineShown:
    return LineShown(
        id=led.form.id,
        label={"zh": led.form.label.zh, "en": led.form.label.en},
        forwards=[_forward(led, forward, plan) for forward in led.forwards],
        gaps=[_gap(gap, language) for gap in led.gaps],
    )


def _gap(gap: Gap, language: Language) -> GapShown:
    start, end = _at(gap.span.start), _at(gap.span.end)
    return GapShown(start=start, end=end, lack=gap.lack, words=gap_words(gap).said(language))


def csv_of(found: Sequence[Led], plan: SitePlan) -> bytes:
    """As CSV, a row a span."""
    return csv_octets([HEADER, *(_row(_forward(led, each, plan), led) for led in found for each in led.forwards)])


def _row(told: ForwardShown, led: Led) -> list[str]:
    said = told.announcement or {"zh": "", "en": ""}
    numbers = (led.form.id, told.start, told.end, told.target, told.where)  # an exchange dials them as they are
    return [*numbers, harmless(said["zh"]), harmless(said["en"])]


def calendar_of(found: Sequence[Led], plan: SitePlan, days: Days, language: Language, changed_at: datetime) -> bytes:
    """As a calendar, an event a span."""
    name = Text("{site} · 线路转接", "{site} · lines").filled(site=plan.site.name).said(language)
    occasions = [_occasion(led, forward, plan, language, changed_at) for led in found for forward in led.forwards]
    return written(Head(name, plan.site.zone.key, days), occasions)


def _occasion(led: Led, forward: Forward, plan: SitePlan, language: Language, changed_at: datetime) -> Occasion:
    said = announcement(led, forward, plan)
    words = SUMMARIES[forward.target].filled(line=forward.line.label, where=plain(forward.where))
    return Occasion(
        uid=uid(f"line/{plan.site.id}/{led.form.id}/{forward.span.start.isoformat()}"),
        when=forward.span,
        summary=words.said(language),
        changed_at=changed_at,
        location=forward.where,
        description=said.said(language) if said else "",
        busy=False,
    )


def _forward(led: Led, forward: Forward, plan: SitePlan) -> ForwardShown:
    said = announcement(led, forward, plan)
    return ForwardShown(
        start=_at(forward.span.start),
        end=_at(forward.span.end),
        target=forward.target,
        where=forward.where,
        announcement={"zh": said.zh, "en": said.en} if said else None,
    )


def _at(moment: datetime) -> str:
    return moment.isoformat()
