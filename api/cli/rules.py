"""`paiban rules`: every rule, its source, its numbers, and who may waive it; every law pack with its articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.app import contract_page
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
    contract_of: Annotated[
        bool, typer.Option("--contract", help=say("改为列出接口契约 (OpenAPI)", "the contract (OpenAPI) instead"))
    ] = False,
) -> None:
    """Print the catalogue of rules, the law packs, who may do what, the events of webhooks, or the contract."""
    asked = {contract_page: contract_of, event_page: events, rights_page: rights, law_page: laws}
    page = next((make for make, wanted in asked.items() if wanted), rule_page)()
    if file is None:
        out.print(page, markup=False, soft_wrap=True)
        return
    with one_file_whole(file) as scratch:
        scratch.write_text(page, encoding="utf-8")
