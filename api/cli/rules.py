"""`paiban rules`: every rule, its source, its numbers, and who may waive it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import out
from api.files.whole import one_file_whole
from api.rulebook import rule_page
from api.speech import say


def rules_command(
    file: Annotated[
        Path | None, typer.Option("--out", help=say("写成 Markdown 文件", "write them as a Markdown file"))
    ] = None,
) -> None:
    """Print the catalogue."""
    if file is None:
        out.print(rule_page(), markup=False, soft_wrap=True)
        return
    with one_file_whole(file) as scratch:
        scratch.write_text(rule_page(), encoding="utf-8")
