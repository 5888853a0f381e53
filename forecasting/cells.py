"""Cells of a table as numbers; the first that is none is refused with its row and column."""

from __future__ import annotations

import pandas as pd

from domain.faults import BadInput
from domain.language import Text, plain


def numbers(cells: pd.Series[str], *, required: bool = False) -> pd.Series[float]:
    """Numbers of zero or more; blanks are NaN unless required."""
    blank = cells.isna() | (cells.str.strip() == "")
    found = pd.to_numeric(cells.where(~blank), errors="coerce").astype(float)
    wrong = (found.isna() & (required | ~blank)) | (found < 0) | (found == float("inf"))
    refuse_first(cells, wrong, Text("不是非负数字", "is not a number of zero or more"))
    return found


def refuse_first(cells: pd.Series[str], wrong: pd.Series[bool], why: Text) -> None:
    """Refuse the first wrong cell, if there is one."""
    if wrong.any():
        place = int(wrong.to_numpy().argmax())
        words = Text("“{cell}”{why}", "“{cell}” {why}").filled(cell=plain(cells.iloc[place]), why=why)
        raise BadInput(words, row=int(cells.index.to_numpy()[place]), column=str(cells.name))
