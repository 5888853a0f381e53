"""`paiban backup`, `paiban restore`: the whole store in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import AsJson, out, print_json
from api.cli.serve import opened
from api.ops.backup import Backed, backup, restore
from api.settings import Settings
from api.speech import say
from api.store.migrate import migrate

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=say("备份文件", "the file of the backup"))]
Passphrase = Annotated[
    str, typer.Option(envvar="PAIBAN_BACKUP_PASSPHRASE", help=say("加密口令", "seals the file; empty: not sealed"))
]


def backup_command(file: FileArgument, passphrase: Passphrase = "", as_json: AsJson = False) -> None:
    """Write the store to a file and verify it."""
    _tell(backup(opened(Settings()), file, passphrase), file, as_json=as_json)


def restore_command(file: FileArgument, passphrase: Passphrase = "", as_json: AsJson = False) -> None:
    """Fill an empty store from a file; it is migrated first."""
    store = opened(Settings())
    migrate(store.engine)
    _tell(restore(store, file, passphrase), file, as_json=as_json)


def _tell(told: Backed, file: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"rows": told.rows, "tables": told.tables, "audit": told.audit_last, "file": str(file)})
    else:
        words = "{rows} 行, 日志 {entries} 条 → {file}", "{rows} rows, {entries} entries of the log → {file}"
        out.print(say(*words, rows=told.rows, entries=told.audit_last, file=str(file)))
