"""A complete living example: a gas site of 40 agents with a year of calls, drawn from a stated random process."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from api.example.calls import draw_calls
from api.example.people import write_people
from api.files.whole import written_whole

MONTH = "2026-12"
"""The month to be planned with the example."""


def site_text() -> str:
    """SITE.yaml of the example, with its comments."""
    return files(__name__).joinpath("site.yaml").read_text(encoding="utf-8")


def site_document() -> dict[str, Any]:
    """The same as data, each time anew."""
    found: dict[str, Any] = YAML(typ="safe").load(site_text())
    return found


def write_example(folder: Path, seed: int = 20261125) -> None:
    """Write site.yaml, calls.csv.gz and people.csv; the same seed gives the same files."""
    with written_whole(folder) as scratch:
        (scratch / "site.yaml").write_text(site_text(), encoding="utf-8")
        calls = draw_calls(seed)
        calls.to_csv(scratch / "calls.csv.gz", index=False, compression={"method": "gzip", "mtime": 1})
        write_people(scratch / "people.csv", seed)
