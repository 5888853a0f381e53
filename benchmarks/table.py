"""A table on the screen and the same figures as JSON."""

from __future__ import annotations

import json
import platform
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def arguments(about: str) -> ArgumentParser:
    """The options that every benchmark has."""
    parser = ArgumentParser(description=about)
    parser.add_argument("--json", type=Path, help="where the figures go as JSON")
    return parser


def show(name: str, rows: list[dict[str, object]], options: Namespace) -> None:
    """Print the rows and write them if wished."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    cells = [heads, *([_shown(row.get(head)) for head in heads] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(heads))]
    print(f"\n{name}")
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))
    if options.json:
        machine = {"python": sys.version.split()[0], "machine": platform.machine()}
        facts = {"benchmark": name, "machine": machine, "rows": rows}
        options.json.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
