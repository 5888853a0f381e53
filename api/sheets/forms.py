"""Bodies and answers about sheets that come in."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from api.files.codes import Guess, Meaning
from api.http.forms import Body, Line, Shown
from api.rosters.forms import VerdictShown


class SheetKeyForm(Body):
    """What the codes of a kind of sheet mean, and whom its names mean."""

    codes: dict[Line, Meaning] = Field(default={}, max_length=200)
    people: dict[Line, Line] = Field(default={}, max_length=2000, description="number by name; empty: nobody")


class SheetKeyShown(Shown):
    """A key that is remembered."""

    name: str
    revision: int
    codes: dict[str, Meaning]
    people: dict[str, str]


class CodeShown(Shown):
    """A code of a sheet."""

    code: str
    cells: int
    first: str = Field(description="the first cell that has it", examples=["G5"])
    guess: Guess


class RowShown(Shown):
    """A row of a sheet, and who that is."""

    row: int
    written: str
    agent: str | None


class SheetShown(Shown):
    """What a sheet says, as far as it is understood; whatever is not sure is to be told in a key."""

    sheet: str
    sheets: list[str]
    ours: bool = Field(description="it was exported here, and knows what each cell said")
    days: list[str]
    codes: list[CodeShown]
    rows: list[RowShown]
    asks: int = Field(description="codes and rows that are to be told")
    merged: int = Field(description="areas of merged cells: only their first cell is read")
    fills: dict[str, int] = Field(description="cells by colour: a colour is not read; tell its sense by a code")


class UnaskedLeave(Shown):
    """Leave in a sheet that nobody has approved."""

    agent: str
    day: date
    code: str


class Uploaded(Shown):
    """What a file changes in the draft."""

    dry_run: bool
    duties: int = Field(description="of the draft with the changes")
    changes: list[dict[str, Any]] = Field(description="cell by cell: agent, day, old, new")
    clashes: list[dict[str, Any]] = Field(description="changed here too since the file was made: old here, new there")
    unasked: list[UnaskedLeave] = Field(description="leave in the sheet that nobody has approved; it is not taken")
    absent: list[str] = Field(description="people whom the sheet does not name; their cells stay")
    verdict: VerdictShown
