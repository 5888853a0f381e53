"""The hidden sheet of a month that was written here: of which site, month and draft it is, and what each cell said.

It lets a file come back after the draft has moved on: what the file changes is known without asking the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook

from api.files.cells import Sheet
from api.files.formulas import harmless
from api.files.tables import read_date, told
from domain.faults import BadInput
from domain.language import Text, plain
from domain.roster import Duty

TITLE: Final = "_paiban"
FORM: Final = "1"


@dataclass(frozen=True, slots=True)
class Marker:
    """What a file knows of where it comes from."""

    site: str
    month: str
    source: str
    """`draft/12` or `version/3`."""
    duties: tuple[Duty, ...]

    def write(self, book: Workbook) -> None:
        """Lay the sheet into a workbook, out of sight."""
        sheet = book.create_sheet(TITLE)
        sheet.sheet_state = "veryHidden"
        sheet.append([TITLE, FORM, self.site, self.month, self.source])
        for duty in self.duties:
            row = (duty.day.isoformat(), duty.agent, duty.shift, duty.work, " ".join(map(str, duty.breaks)))
            sheet.append([harmless(words) for words in row])


def find_marker(sheets: Sequence[Sheet]) -> Marker | None:
    """The mark of a workbook; None: it was made elsewhere."""
    sheet = next((sheet for sheet in sheets if sheet.name == TITLE), None)
    if sheet is None:
        return None
    head = sheet.rows[0] if sheet.rows else ()
    if tuple(head[:2]) != (TITLE, FORM) or len(head) < 5:
        words = Text("隐藏表“{name}”已损坏, 请重新导出", "the hidden sheet “{name}” is spoilt; export the month again")
        raise BadInput(words.filled(name=plain(TITLE)))
    return Marker(head[2], head[3], head[4], tuple(_duties(sheet.rows[1:])))


def _duties(rows: Iterable[Sequence[str]]) -> Iterable[Duty]:
    for number, row in enumerate(rows, start=2):
        day, agent, shift, work, breaks = (*row, "", "", "", "", "")[:5]
        try:
            layout = tuple(int(part) for part in breaks.split())
        except ValueError as error:
            words = Text("隐藏表的休息时间已损坏", "the breaks of the hidden sheet are spoilt")
            raise BadInput(words, row=number) from error
        yield Duty(told("date", lambda day=day: read_date(day), number), agent, shift, work, layout)  # type: ignore[misc]
