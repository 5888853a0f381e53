"""Cells that no spreadsheet takes for a formula (ASVS 5.0, 1.2.10)."""

from __future__ import annotations

from typing import Final

STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """A cell with a quote before what a spreadsheet might work out."""
    return f"'{cell}" if cell.startswith(STARTS) else cell


def unquoted(cell: str) -> str:
    """The cell as it was before that."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS) else cell
