"""Tables that leave the service, as CSV for programs and as workbooks for people; nothing in them is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.files.formulas import harmless
from api.files.tables import csv_octets
from domain.language import Language, Text

Cell = str | float | date
Row = Sequence[Cell]
WIDTH, WIDEST = 10, 40


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by the names that programs know, each with its heading; and rows."""

    columns: Mapping[str, Text]
    rows: Sequence[Row]

    def csv(self) -> bytes:
        """Headed by the names of the columns."""
        return csv_octets([self.columns, *map(_harmless, self.rows)])

    def workbook(self, language: Language, *, named: bool = False) -> bytes:
        """Headed in a language; `named`: the names stand in a second row for whoever reads it in."""
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
        sheet.append([words.said(language) for words in self.columns.values()])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        if named:
            sheet.append(list(self.columns))
        for row in self.rows:
            sheet.append(_harmless(row))
        sheet.freeze_panes = f"C{3 if named else 2}"
        self._widen(sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def _widen(self, sheet: Worksheet) -> None:
        for place in range(len(self.columns)):
            longest = max((len(str(row[place])) for row in self.rows), default=0)
            sheet.column_dimensions[get_column_letter(place + 1)].width = min(WIDEST, max(WIDTH, longest + 2))


def _harmless(row: Iterable[Cell]) -> list[Cell]:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]
