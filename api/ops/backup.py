"""A whole store in one file, verified, sealed at will; and back into an empty store of either database.

The file is a gzipped line of JSON a row, table by table in the order of their dependence, with a manifest at the end:
counts, a checksum of each table, the head of the log. What DBOS keeps of running jobs is not in it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import Connection, Date, LargeBinary, Table, func, insert, select, text

from api.audit.chain import first_bad, head_of
from api.store.migrate import current, revision_of
from api.store.store import Store
from api.store.tables import Table as Base
from api.store.types import UtcDateTime
from domain.faults import BadInput
from domain.language import Refusal, Text, plain

FORMAT: Final = 1
SEALED: Final = b"paiban-sealed-1\n"
SALT, NONCE = 16, 12
BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Backed:
    """What a backup holds."""

    rows: int
    tables: dict[str, int]
    audit_last: int
    audit_hash: str
    revision: str


def backup(store: Store, path: Path, passphrase: str = "") -> Backed:
    """Write the whole store as one moment saw it, then read the file again to be sure."""
    packed = io.BytesIO()
    with gzip.open(packed, "wt", encoding="utf-8", compresslevel=6) as sink:
        _write(store, sink)
    content = packed.getvalue()
    whole = _sealed(content, passphrase) if passphrase else content
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_bytes(whole)
    scratch.replace(path)
    return verified(path, passphrase)


def verified(path: Path, passphrase: str = "") -> Backed:
    """Read a backup through and check every sum; a file that was cut or touched is refused."""
    tables: dict[str, int] = {}
    sums: dict[str, str] = {}
    manifest = None
    for line in _lines(path, passphrase):
        told = json.loads(line)
        if "manifest" in told:
            manifest = told["manifest"]
            break
        name = told["table"]
        tables[name] = tables.get(name, 0) + 1
        sums[name] = _summed(sums.get(name, ""), line)
    if manifest is None or manifest["format"] != FORMAT:
        raise _damaged(path)
    if manifest["tables"] != tables or manifest["sums"] != sums:
        raise _damaged(path)
    head = manifest["audit"]
    return Backed(sum(tables.values()), tables, head["last"], head["hash"], manifest["revision"])


def restore(store: Store, path: Path, passphrase: str = "") -> Backed:
    """Fill an empty store of the same revision from a backup, all of it or nothing."""
    told = verified(path, passphrase)
    if not current(store.engine) or revision_of(store.engine) != told.revision:
        words = Text("备份的版本是 {revision}, 请先迁移", "the backup is of revision {revision}; migrate to it first")
        raise Refusal(words.filled(revision=plain(told.revision)))
    with store.engine.begin() as connection:
        _refuse_filled(connection)
        for table, rows in _rows(path, passphrase):
            connection.execute(insert(table), rows)
        if store.dialect == "postgresql":
            _count_on(connection)
    with store.reading() as session:
        head = head_of(session)
        if first_bad(session) is not None or (head.last, head.hash) != (told.audit_last, told.audit_hash):
            raise Refusal(Text("恢复后的日志不完整", "the log does not hold after the restore"))
    return told


def _write(store: Store, sink: TextIO) -> None:
    """Every row, then the manifest."""
    counts: dict[str, int] = {}
    sums: dict[str, str] = {}
    with store.reading() as session:
        if store.dialect == "postgresql":
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        for table in Base.metadata.sorted_tables:
            asked = select(table).order_by(*table.primary_key.columns)
            for row in session.execute(asked.execution_options(yield_per=BATCH)).mappings():
                line = json.dumps({"table": table.name, "row": _plain(dict(row))}, ensure_ascii=False, sort_keys=True)
                sink.write(line + "\n")
                counts[table.name] = counts.get(table.name, 0) + 1
                sums[table.name] = _summed(sums.get(table.name, ""), line)
        head = head_of(session)
    manifest = {
        "format": FORMAT,
        "revision": revision_of(store.engine),
        "tables": counts,
        "sums": sums,
        "audit": {"last": head.last, "hash": head.hash},
    }
    sink.write(json.dumps({"manifest": manifest}, sort_keys=True) + "\n")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:  # noqa: ANN401 - a cell
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _rows(path: Path, passphrase: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of a backup, some of one table at a time."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    name, batch = "", list[dict[str, Any]]()
    for line in _lines(path, passphrase):
        told = json.loads(line)
        if "manifest" in told:
            break
        if batch and (told["table"] != name or len(batch) >= BATCH):
            yield tables[name], batch
            batch = []
        name = told["table"]
        batch.append(_read(tables[name], told["row"]))
    if batch:
        yield tables[name], batch


def _read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    found = dict(row)
    for column in table.columns:
        value = found.get(column.name)
        if value is None:
            continue
        if isinstance(column.type, UtcDateTime):
            found[column.name] = datetime.fromisoformat(value)
        elif isinstance(column.type, Date):
            found[column.name] = date.fromisoformat(value)
        elif isinstance(column.type, LargeBinary):
            found[column.name] = base64.b64decode(value)
    return found


def _refuse_filled(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            raise Refusal(Text("只能恢复到空的数据库", "only an empty store can be filled from a backup"))


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came; a file of a job has the number of its job."""
    for table in (table for table in Base.metadata.sorted_tables if "id" in table.columns):
        last = f"SELECT max(id) FROM {table.name}"  # noqa: S608 - names of our own
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), ({last}))"))


def _lines(path: Path, passphrase: str) -> Iterator[str]:
    content = path.read_bytes()
    if content.startswith(SEALED):
        content = _opened(content, passphrase, path)
    try:
        with gzip.open(io.BytesIO(content), "rt", encoding="utf-8") as source:
            for line in source:
                yield line.rstrip("\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise _damaged(path) from error


def _sealed(content: bytes, passphrase: str) -> bytes:
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    return SEALED + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, SEALED)


def _opened(content: bytes, passphrase: str, path: Path) -> bytes:
    body = content[len(SEALED) :]
    salt, nonce, sealed = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, SEALED)
    except InvalidTag as error:
        words = Text("口令不对, 或文件已损坏", "the passphrase is wrong, or the file is damaged")
        raise BadInput(words, file=path.name) from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, 32, n=2**15, r=8, p=1).derive(passphrase.encode())


def _summed(before: str, line: str) -> str:
    return hashlib.sha256((before + line).encode()).hexdigest()


def _damaged(path: Path) -> BadInput:
    return BadInput(Text("备份不完整或已损坏", "the backup is cut or damaged"), file=path.name)
