"""`paiban audit`: verify the log, and take its head to be kept elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from api.audit.chain import Head, first_bad, head_of
from api.cli.console import AsJson, out, print_json
from api.cli.serve import opened
from api.files.tables import read_bytes
from api.settings import Settings
from api.speech import say
from domain.faults import BadInput
from domain.language import Text

TOUCHED: Final = 1
audit = typer.Typer(no_args_is_help=True, help=say("操作日志", "The log of everything that was done"))


@audit.command("verify", help=say("逐条校验日志", "Go through the whole log"))
def verify(
    head: Annotated[
        Path | None, typer.Option(help=say("先前导出的末端", "a head exported before: the log must go through it"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Name the first entry that is not as it was sealed; exit code 1 if there is one."""
    with opened(Settings()).reading() as session:
        bad, last = first_bad(session, _read(head) if head else None), head_of(session)
    if as_json:
        print_json({"holds": bad is None, "first_bad": bad, "last": last.last, "hash": last.hash})
    elif bad is None:
        out.print(say("日志完整, 共 {last} 条", "the log holds: {last} entries", last=last.last))
    else:
        out.print(say("第 {bad} 条被改动", "entry {bad} is not as it was sealed", bad=bad), style="red")
    raise typer.Exit(0 if bad is None else TOUCHED)


@audit.command("head", help=say("导出日志末端", "Print the head, to be kept elsewhere"))
def head_command() -> None:
    """The number and hash of the last entry, as JSON."""
    with opened(Settings()).reading() as session:
        last = head_of(session)
    print_json({"last": last.last, "hash": last.hash})


def _read(path: Path) -> Head:
    try:
        told = json.loads(read_bytes(path))
        return Head(int(told["last"]), str(told["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        words = Text("不是导出的日志末端", "is no exported head: write what `paiban audit head` prints")
        raise BadInput(words, file=path.name) from error
