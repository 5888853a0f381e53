"""`paiban rules`: every rule, its source, its numbers, and who may waive it; every law pack with its articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import out
from api.eventbook import event_page
from api.files.whole import one_file_whole
from api.lawbook import law_page
from api.rightsbook import rights_page
from api.rulebook import rule_page
from api.speech import say


def rules_command(
    file: Annotated[
        Path | None, typer.Option("--out", help=say("写成 Markdown 文件", "write them as a Markdown file"))
    ] = None,
    laws: Annotated[
        bool, typer.Option("--laws", help=say("改为列出法规包", "the law packs instead of the rules"))
    ] = False,
    rights: Annotated[
        bool, typer.Option("--rights", help=say("改为列出权限表", "the matrix of rights instead"))
    ] = False,
    events: Annotated[
        bool, typer.Option("--events", help=say("改为列出事件", "the events of webhooks instead"))
    ] = False,
) -> None:
    """Print the catalogue of rules, the law packs, who may do what, or the events that webhooks tell."""
    page = event_page() if events else rights_page() if rights else law_page() if laws else rule_page()
    if file is None:
        out.print(page, markup=False, soft_wrap=True)
        return
    with one_file_whole(file) as scratch:
        scratch.write_text(page, encoding="utf-8")
