"""Tables of any make as strings: CSV, CSV.gz and xlsx, UTF-8 or GB18030; every row keeps its number in the file."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Final, TypeVar

import pandas as pd

from api.files.cells import TABLE, read_sheets
from api.files.formulas import harmless, unquoted
from domain.faults import BadInput
from domain.language import Refusal, Text, plain

Thing = TypeVar("Thing")

LARGEST_BYTES: Final = 512 * 1024 * 1024
"""Of unpacked text; a year of single calls of a large site is a tenth of it."""
ENCODINGS: Final = ("utf-8-sig", "gb18030")


def read_table(path: Path) -> pd.DataFrame:
    """All cells as strings, empty cells as NaN; the index is the row of the file as a spreadsheet counts it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(Text("文件不存在", "there is no such file"), file=path.name) from error
    except OSError as error:
        raise BadInput(Text("文件无法读取", "the file cannot be read"), file=path.name) from error
    try:
        frame = (
            _workbook(content) if path.suffix.lower() == ".xlsx" else _text_table(_decoded(_unpacked(content, path)))
        )
    except BadInput as fault:
        raise fault.at(path.name) from fault
    return frame


def read_bytes(path: Path) -> bytes:
    """The bytes of a file."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(Text("文件不存在", "there is no such file"), file=path.name) from error
    except IsADirectoryError as error:
        raise BadInput(Text("是文件夹, 不是文件", "is a folder, not a file"), file=path.name) from error
    except OSError as error:
        raise BadInput(Text("文件无法读取", "the file cannot be read"), file=path.name) from error


def _unpacked(content: bytes, path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            text = packed.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(Text("不是完整的 gzip 文件", "is not a whole gzip file")) from error
    if len(text) > LARGEST_BYTES:
        raise BadInput(Text("解压后文件过大", "is too large when unpacked"))
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        raise BadInput(
            Text("不是CSV文本; 扩展名与内容不符", "is not CSV text; its name says something else than its content")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, ("utf-16",))
    return _tried(content, ENCODINGS)


def _tried(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput(Text("不是文本文件(应为 UTF-8 或 GB18030)", "is not text in UTF-8 or GB18030"))


def _text_table(text: str) -> pd.DataFrame:
    if not text.strip():
        raise BadInput(Text("文件是空的", "is empty"))
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    try:
        cells = pd.read_csv(
            io.StringIO(text), dtype=str, sep=separator, header=None, skipinitialspace=True, skip_blank_lines=False
        )
    except (pd.errors.ParserError, csv.Error) as error:
        row = re.search(r"line (\d+)", str(error))
        words = Text(
            "这一行的格数与表头不符, 或引号没有结束", "has more cells than the heading, or a quote that does not end"
        )
        raise BadInput(words, row=int(row[1]) if row else None) from error
    return _headed(cells)


def _workbook(content: bytes) -> pd.DataFrame:
    return framed(read_sheets(content, TABLE)[0].rows)


def framed(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Cells as a table, the first row as headings; empty cells as NaN."""
    if not any(any(row) for row in rows):
        raise BadInput(Text("文件是空的", "is empty"))
    return _headed(pd.DataFrame(rows, dtype=object).replace("", float("nan")))


def _plain(cell: object) -> object:
    return unquoted(cell) if isinstance(cell, str) else cell


def _headed(cells: pd.DataFrame) -> pd.DataFrame:
    """The first row as headings, each once; the others by their number in the file, empty ones left out."""
    heads = cells.iloc[0].fillna("").astype(str).str.strip()
    named = heads[heads != ""]
    if named.duplicated().any():
        words = Text("列名“{name}”出现两次", "the heading “{name}” is there twice")
        raise BadInput(words.filled(name=plain(named[named.duplicated()].iloc[0])), row=1)
    frame = cells.iloc[1:].map(_plain).astype(object).set_axis(heads.tolist(), axis="columns")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame.loc[:, [bool(name) for name in heads]].dropna(how="all")


def column(frame: pd.DataFrame, *names: str) -> pd.Series[str]:
    """The column of any of these names, blanks as empty strings; it must be there."""
    found = column_if_any(frame, *names)
    if found is None:
        words = Text("缺少列“{name}”; 文件中有: {has}", "column “{name}” is missing; the file has {has}")
        has = plain(", ".join(map(str, frame.columns)))
        raise BadInput(words.filled(name=plain("/".join(names)), has=has), row=1, column=names[0])
    return found


def column_if_any(frame: pd.DataFrame, *names: str) -> pd.Series[str] | None:
    """The column of any of these names, or None."""
    for found in frame.columns:
        if str(found).lower() in names:
            return frame[found].fillna("").str.strip()
    return None


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Faults found in the block get the name of the file."""
    try:
        yield
    except BadInput as fault:
        raise fault.at(path.name) from fault
    except Refusal as refusal:
        raise BadInput(refusal.text, file=path.name) from refusal


def told(name: str, find: Callable[[], Thing], row: int | None = None) -> Thing:
    """What a cell names; a refusal gets the place of the cell."""
    try:
        return find()
    except Refusal as refusal:
        raise BadInput(refusal.text, row=row, column=name) from refusal


def read_date(words: str) -> date:
    """A date that exists, written 2026-12-24, or as spreadsheets leave it: 2026/12/24, 2026-12-24 00:00:00."""
    spelled = words.strip().removesuffix(" 00:00:00").replace("/", "-")
    year, *rest = spelled.split("-")
    try:
        return date.fromisoformat("-".join([year, *(part.zfill(2) for part in rest)]))
    except ValueError as error:
        message = Text(
            "“{words}”不是存在的日期, 应如 2026-12-24", "“{words}” is not a date that exists; write 2026-12-24"
        )
        raise Refusal(message.filled(words=plain(words))) from error


def read_moment(words: str, zone: tzinfo) -> datetime:
    """A moment, written 2026-12-07 08:00; without an offset it is of the zone."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise Refusal(Text("应为时间, 如 2026-12-07 08:00", "a time is wanted, as 2026-12-07 08:00")) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def csv_octets(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as a CSV that Excel opens as UTF-8, its lines ended as RFC 4180 has them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """A CSV that Excel opens as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
