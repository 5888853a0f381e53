"""roster.xlsx: the month grid, every duty as a row, and out of sight where the file comes from."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from api.files.formulas import harmless
from api.files.marker import Marker
from api.files.month_sheet import FONT, MonthPage, MonthSheet
from api.pauses import pauses
from domain.language import WEEKDAYS_EN, WEEKDAYS_ZH, Language, Text

TITLE: Final = Text("班次明细", "Duties")
HEAD: Final = (
    Text("工号", "Id"), Text("姓名", "Name"), Text("班组", "Team"), Text("日期", "Date"), Text("星期", "Weekday"),
    Text("班次", "Shift"), Text("名称", "Label"), Text("工作", "Work"), Text("开始", "Start"), Text("结束", "End"),
    Text("休息", "Breaks"), Text("工时", "Hours"),
)  # fmt: skip
WIDTHS: Final = (10, 12, 10, 12, 9, 7, 10, 10, 18, 18, 20, 8)


def write_workbook(target: Path | IO[bytes], month: MonthPage, marker: Marker | None = None) -> None:
    """Write a month; with a marker it can come back edited."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    first = month.roster.horizon.first
    sheet.title = f"{first.year}-{first.month:02d}"
    MonthSheet(sheet, month).fill()
    _duties(book.create_sheet(TITLE.said(month.language)), month)
    if marker:
        marker.write(book)
    book.save(target)


def _duties(sheet: Worksheet, month: MonthPage) -> None:
    """A row a duty, for filters and pivot tables."""
    sheet.append([words.said(month.language) for words in HEAD])
    for cell in sheet[1]:
        cell.font = Font(name=FONT, bold=True)
    site = month.situation.site
    people = {agent.id: agent for agent in month.situation.agents}
    for duty in month.roster.planned:
        shift, agent = site.shift(duty.shift), people[duty.agent]
        span = shift.span(site.zone, duty.day)
        weekday = (WEEKDAYS_ZH if month.language is Language.ZH else WEEKDAYS_EN)[duty.day.weekday()]
        labels = shift.label.said(month.language), site.work(duty.work).label.said(month.language)
        who = (agent.id, agent.name, agent.team)
        told = (*map(harmless, who), duty.day, weekday, harmless(duty.shift), *map(harmless, labels))
        times = (f"{span.start:%Y-%m-%d %H:%M}", f"{span.end:%Y-%m-%d %H:%M}", "; ".join(pauses(duty, site)))
        sheet.append([*told, *times, shift.paid_minutes(site.zone, duty.day) / 60])
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = sheet.dimensions
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(65 + place)].width = width
