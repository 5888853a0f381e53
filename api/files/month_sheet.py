"""The month grid as a scheduler in China knows it, ready to print on A3 landscape."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from api.colours import HOLIDAY, LEAVE, REST, WEEKEND, Colour, shift_colour
from api.files.formulas import harmless
from constraints.figures import PersonMonth, months
from domain.calendar import DayKind
from domain.language import WEEKDAYS_EN, WEEKDAYS_ZH, Language, Text, plain
from domain.requests import NOT_HERE
from domain.roster import Duty, Roster
from domain.shifts import ShiftType
from domain.situation import Situation

LEFT: Final = (Text("序号", "No."), Text("工号", "Id"), Text("姓名", "Name"), Text("班组", "Team"))
RIGHT: Final = (
    Text("出勤天数", "Days"),
    Text("工时合计", "Hours"),
    Text("夜班数", "Nights"),
    Text("休息天数", "Rest"),
    Text("加班", "Over"),
    Text("备注", "Notes"),
)
REST_CODE: Final = Text("休", "–")
LEAVE_CODES: Final = {
    "annual": "年",
    "sick": "病",
    "personal": "事",
    "marriage": "婚",
    "maternity": "产",
    "bereavement": "丧",
    "lieu": "调",
    "training": "培",
    NOT_HERE: "/",
}
HEAD_ROWS: Final = 3
LONGEST_CHOICE: Final = 255
"""Signs of a list of choices; Excel takes no longer one."""
THIN: Final = Side(style="thin", color="BFC4CC")
BOX: Final = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
INK: Final = "1F2430"
FONT: Final = "Microsoft YaHei"
MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month to be laid on paper."""

    roster: Roster
    situation: Situation
    language: Language
    state: Text | None = None
    """Draft or version; None: it is not told."""


class MonthSheet:
    """The sheet while it is being filled."""

    def __init__(self, sheet: Worksheet, month: MonthPage) -> None:
        self.sheet = sheet
        self.roster, self.situation = month.roster, month.situation
        self.language, self.state = month.language, month.state
        self.days = list(self.roster.horizon)
        self.duties: defaultdict[tuple[str, date], list[Duty]] = defaultdict(list)
        for duty in self.roster.planned:
            self.duties[duty.agent, duty.day].append(duty)
        self.width = len(LEFT) + len(self.days) + len(RIGHT)
        self.leave = {(leave.agent, day): leave.kind for leave in self.situation.leaves for day in leave.days}

    def fill(self) -> None:
        """Title, heads, a row a person, heads per shift, legend, signatures, print set-up."""
        self._title()
        self._heads()
        for number, month in enumerate(months(self.roster, self.situation), start=1):
            self._person(HEAD_ROWS + number, number, month)
        self._choices()
        row = HEAD_ROWS + len(self.situation.agents) + 1
        row = self._daily(row)
        row = self._legend(row + 1)
        self._signatures(row + 1)
        self._print_setup()

    def _title(self) -> None:
        first = self.days[0]
        words = Text("{site} {year}年{month}月排班表{state}", "{site}: roster {year}-{month:02d}{state}")
        state = Text(f" ({self.state.zh})", f" ({self.state.en})") if self.state else plain("")
        text = words.filled(site=self.situation.site.name, year=first.year, month=first.month, state=state)
        self.sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=self.width)
        cell = self.sheet.cell(1, 1)
        cell.value = harmless(text.said(self.language))
        cell.font, cell.alignment = Font(name=FONT, bold=True, size=18), MIDDLE
        self.sheet.row_dimensions[1].height = 32

    def _heads(self) -> None:
        for column, text in enumerate(LEFT, start=1):
            self._merged_head(column, text)
        for place, day in enumerate(self.days):
            column = len(LEFT) + 1 + place
            self._put_bold(2, column, day.day, self._day_colour(day))
            self._put(3, column, weekday(day, self.language), self._day_colour(day))
        for place, text in enumerate(RIGHT):
            self._merged_head(len(LEFT) + len(self.days) + 1 + place, text)

    def _merged_head(self, column: int, text: Text) -> None:
        self._put_bold(2, column, text.said(self.language))
        self._put(3, column, None)
        self.sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)

    def _person(self, row: int, number: int, month: PersonMonth) -> None:
        agent = month.agent
        self._put(row, 1, number)
        for column, value in enumerate((agent.id, agent.name, agent.team), start=2):
            self._put(row, column, value)
        for place, day in enumerate(self.days):
            self._cell(row, len(LEFT) + 1 + place, month, day)
        worked = len(month.duties)
        rest = sum(day not in month.duties and (agent.id, day) not in self.leave for day in self.days)
        totals = (
            worked,
            round(month.paid_minutes / 60, 1),
            month.nights,
            rest,
            round(month.overtime_minutes / 60, 1),
            None,
        )
        for place, total in enumerate(totals):
            self._put(row, len(LEFT) + len(self.days) + 1 + place, total)

    def _cell(self, row: int, column: int, month: PersonMonth, day: date) -> None:
        duties, kind = self.duties.get((month.agent.id, day)), self.leave.get((month.agent.id, day))
        if duties:
            codes = "+".join(duty.shift for duty in duties)
            self._put_bold(row, column, codes, shift_colour(self.situation.site.shift(duties[0].shift)))
        elif kind:
            self._put(row, column, LEAVE_CODES.get(kind, "假") if self.language is Language.ZH else "L", LEAVE)
        else:
            self._put(row, column, REST_CODE.said(self.language), self._day_colour(day)).font = _font(REST.text)

    def _choices(self) -> None:
        """The codes to choose from in every cell; others may be written, too."""
        codes = [shift.code for shift in self.situation.site.shifts]
        told = ",".join([*codes, REST_CODE.said(self.language)])
        if not any("," in code for code in codes) and len(told) <= LONGEST_CHOICE:
            chosen = DataValidation("list", formula1=f'"{told}"', allow_blank=True, showErrorMessage=False)
            first, last = (get_column_letter(len(LEFT) + place) for place in (1, len(self.days)))
            chosen.add(f"{first}{HEAD_ROWS + 1}:{last}{HEAD_ROWS + len(self.situation.agents)}")
            self.sheet.add_data_validation(chosen)

    def _daily(self, row: int) -> int:
        """Heads per shift and day."""
        label = Text("每日在岗人数", "On duty")
        heads = Counter((duty.day, duty.shift) for duty in self.roster.planned)
        for shift in self.situation.site.shifts:
            self._put(row, 1, f"{label.said(self.language)} {shift.code}")
            self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(LEFT))
            for place, day in enumerate(self.days):
                self._put(row, len(LEFT) + 1 + place, heads[day, shift.code], shift_colour(shift))
            row += 1
        return row

    def _legend(self, row: int) -> int:
        shifts = (shift_words(shift, self.language) for shift in self.situation.site.shifts)
        rest = Text("休 休息  年 年假  病 病假  事 事假  调 调休  培 培训  值 值班  备 备班", "– rest  L leave")
        words = Text("班次说明: ", "Codes: ").said(self.language) + "  ".join([*shifts, rest.said(self.language)])
        return self._wide(row, words)

    def _signatures(self, row: int) -> None:
        words = Text(
            "制表: ______________    审核: ______________    批准: ______________    日期: ______________",
            "Made by: ______________    Checked: ______________    Approved: ______________    Date: ______________",
        )
        self._wide(row, words.said(self.language))

    def _wide(self, row: int, words: str) -> int:
        self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=self.width)
        cell = self.sheet.cell(row, 1)
        cell.value, cell.font = words, Font(name=FONT)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        self.sheet.row_dimensions[row].height = 30
        return row + 1

    def _print_setup(self) -> None:
        sheet = self.sheet
        sheet.freeze_panes = f"{get_column_letter(len(LEFT) + 1)}{HEAD_ROWS + 1}"
        widths = (5, 9, 10, 8, *(4.3 for _ in self.days), 6, 7, 7, 6, 6, 10)
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 8  # A3
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"1:{HEAD_ROWS}"
        if sheet.oddFooter is not None:
            sheet.oddFooter.center.text = "&P / &N"

    def _day_colour(self, day: date) -> Colour | None:
        kind = self.situation.calendar.kind(day)
        if kind is DayKind.STATUTORY:
            return HOLIDAY
        return None if kind.works else WEEKEND

    def _put(self, row: int, column: int, value: str | float | None, colour: Colour | None = None) -> Cell | MergedCell:
        cell = self.sheet.cell(row, column)
        cell.value = harmless(value) if isinstance(value, str) else value
        cell.alignment, cell.border = MIDDLE, BOX
        cell.font = _font(colour.text if colour else INK)
        if colour:
            cell.fill = _fill(colour.back)
        return cell

    def _put_bold(self, row: int, column: int, value: str | float | None, colour: Colour | None = None) -> None:
        self._put(row, column, value, colour).font = _font(colour.text if colour else INK, bold=True)


def weekday(day: date, language: Language) -> str:
    """A day of the week in one or two signs."""
    return WEEKDAYS_ZH[day.weekday()] if language is Language.ZH else WEEKDAYS_EN[day.weekday()][:2]


def shift_words(shift: ShiftType, language: Language) -> str:
    """A shift in a legend: code, label and times."""
    return f"{shift.code} {shift.label.said(language)} {shift.start:%H:%M}–{shift.end:%H:%M}"


@cache
def _font(colour: str, *, bold: bool = False) -> Font:
    return Font(name=FONT, color=colour, bold=bold)


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour)
