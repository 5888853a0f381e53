"""What stands on the papers: a month a team, and a day's sheet; words alone, laid out elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from api.colours import NIGHT, shift_colour
from api.exports.month import Kept
from api.files.month_sheet import REST_CODE, shift_words, weekday
from api.pauses import pauses
from constraints.figures import PersonMonth, months
from domain.calendar import DayKind
from domain.language import Language, Text, day_text, plain
from domain.roster import Duty
from domain.shifts import ShiftType

LEFT: Final = (Text("序号", "No."), Text("工号", "Id"), Text("姓名", "Name"))
TOTALS: Final = (Text("出勤", "Days"), Text("工时", "Hours"), Text("夜班", "Nights"), Text("休息", "Rest"))
SIGNS: Final = (
    Text("制表:", "Made by:"),
    Text("审核:", "Checked:"),
    Text("批准:", "Approved:"),
    Text("日期:", "Date:"),
)
DAY_SIGNS: Final = (Text("交班人:", "Handed over by:"), Text("接班人:", "Taken over by:"), Text("时间:", "Time:"))
LOG: Final = (Text("天气/设备", "Weather, systems"), Text("值班记录", "Log"), Text("待办移交", "Open matters"))
COLUMNS: Final = (
    Text("工号", "Id"), Text("姓名", "Name"), Text("班组", "Team"), Text("工作", "Work"), Text("休息", "Breaks"),
    Text("签到", "On"), Text("签退", "Off"), Text("备注", "Notes"),
)  # fmt: skip
NO_TEAM: Final = Text("未分组", "no team")


def month_paper(kept: Kept, language: Language, team: str, made: datetime) -> dict[str, Any]:
    """A month, a team a page; `team`: only this one."""
    days = list(kept.roster.horizon)
    people: defaultdict[str, list[PersonMonth]] = defaultdict(list)
    for month in months(kept.roster, kept.given.situation):
        people[month.agent.team].append(month)
    wanted = {name: found for name, found in sorted(people.items()) if team in ("", name)}
    return {
        **_frame(kept, kept.name(language), language, made),
        "left": _said(LEFT, language),
        "days": [str(day.day) for day in days],
        "weekdays": [weekday(day, language) for day in days],
        "totals": _said(TOTALS, language),
        "signs": _said(SIGNS, language),
        "legend": _legend(kept, language),
        "teams": [_team(kept, name, found, language) for name, found in wanted.items()],
    }


def day_paper(kept: Kept, day: date, language: Language, made: datetime) -> dict[str, Any]:
    """Who works on a day, shift by shift; the night of the eve that reaches into it is of the eve's sheet."""
    site = kept.given.plan.site
    title = Text("{site} 值班表 {day}", "{site}: {day}").filled(site=site.name, day=day_text(day)).said(language)
    duties = [duty for duty in kept.roster.planned if duty.day == day]
    shifts = [shift for shift in site.shifts if any(duty.shift == shift.code for duty in duties)]
    return {
        **_frame(kept, title, language, made),
        "columns": _said(COLUMNS, language),
        "shifts": [_shift(kept, shift, duties, language) for shift in shifts],
        "log": _said(LOG, language),
        "signs": _said(DAY_SIGNS, language),
        "nobody": Text("当日无人排班", "nobody is rostered on this day").said(language),
    }


def _frame(kept: Kept, title: str, language: Language, made: datetime) -> dict[str, Any]:
    """What stands on every page."""
    local = made.astimezone(kept.given.plan.site.zone.info)
    page = (Text("第", "page"), Text("页 / 共", "of"), Text("页", ""))
    printed = Text("打印于 {at}", "printed {at}").filled(at=plain(f"{local:%Y-%m-%d %H:%M}"))
    told = {"title": title, "state": kept.state.said(language), "made": printed.said(language)}
    return {**told, "lang": language.value[:2], "page": _said(page, language)}


def _team(kept: Kept, name: str, people: Sequence[PersonMonth], language: Language) -> dict[str, Any]:
    heads = Counter((duty.day, duty.shift) for month in people for duty in month.duties.values())
    days = list(kept.roster.horizon)
    return {
        "name": name or NO_TEAM.said(language),
        "rows": [_person(kept, number, month, language) for number, month in enumerate(people, start=1)],
        "heads": [
            {"name": f"{shift.code} {shift.label.said(language)}", "counts": [heads[day, shift.code] for day in days]}
            for shift in kept.given.plan.site.shifts
        ],
    }


def _person(kept: Kept, number: int, month: PersonMonth, language: Language) -> dict[str, Any]:
    mine = (leave for leave in kept.given.situation.leaves if leave.agent == month.agent.id)
    leaves = {day: leave.kind for leave in mine for day in leave.days}
    cells = [_cell(kept, month, day, leaves, language) for day in kept.roster.horizon]
    rest = sum(cell["shade"] in ("plain", "off", "holiday") and not cell["duty"] for cell in cells)
    totals = (len(month.duties), f"{month.paid_minutes / 60:.1f}".removesuffix(".0"), month.nights, rest)
    told = {"number": str(number), "id": month.agent.id, "name": month.agent.name}
    return {**told, "cells": cells, "totals": [str(total) for total in totals]}


def _cell(kept: Kept, month: PersonMonth, day: date, leaves: Mapping[date, str], language: Language) -> dict[str, Any]:
    """What stands in a cell, and how it is shaded: it reads the same in black and white."""
    duty = month.duties.get(day)
    if duty:
        night = shift_colour(kept.given.plan.site.shift(duty.shift)) is NIGHT
        return {"text": duty.shift, "shade": "night" if night else "plain", "duty": True}
    if day in leaves:
        return {"text": Text("假", "L").said(language), "shade": "leave", "duty": False}  # it hangs on a wall: no kind
    kind = kept.given.situation.calendar.kind(day)
    shade = "holiday" if kind is DayKind.STATUTORY else "plain" if kind.works else "off"
    return {"text": REST_CODE.said(language), "shade": shade, "duty": False}


def _shift(kept: Kept, shift: ShiftType, duties: Sequence[Duty], language: Language) -> dict[str, Any]:
    mine = [duty for duty in duties if duty.shift == shift.code]
    count = Text("{n}人", "{n} people").filled(n=plain(len(mine)))
    return {
        "name": f"{shift.code} {shift.label.said(language)}",
        "times": f"{shift.start:%H:%M}–{shift.end:%H:%M}",
        "count": count.said(language),
        "rows": list(_rows(kept, mine, language)),
    }


def _rows(kept: Kept, duties: Sequence[Duty], language: Language) -> Iterator[list[str]]:
    site = kept.given.plan.site
    for duty in duties:
        agent = kept.given.situation.agent(duty.agent)
        work = site.work(duty.work).label.said(language)
        yield [agent.id, agent.name, agent.team, work, ", ".join(pauses(duty, site))]


def _legend(kept: Kept, language: Language) -> str:
    told = (shift_words(shift, language) for shift in kept.given.plan.site.shifts)
    marks = Text("深底: 夜班  浅底: 休息日/节假日  下划线: 休假", "dark: night  light: day of rest  underlined: leave")
    return "    ".join([*told, marks.said(language)])


def _said(words: Sequence[Text], language: Language) -> list[str]:
    return [text.said(language) for text in words]
