from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.files.formulas import STARTS, harmless, unquoted
from api.files.tables import column, read_table, write_csv
from api.files.whole import one_file_whole, written_whole
from domain.faults import BadInput

TEXT = "工号,姓名\nB001,王伟\n\nB002,李芳\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(TEXT.encode(encoding))
    frame = read_table(tmp_path / "a.csv")
    assert column(frame, "姓名").to_dict() == {2: "王伟", 4: "李芳"}


def test_semicolons_and_tabs_part_columns_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TEXT.replace(",", ";"), encoding="utf-8")
    assert list(read_table(tmp_path / "a.csv").columns) == ["工号", "姓名"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"PK\x03\x04 a workbook by another name"),
        ("a.csv", b""),
        ("a.csv", b"\x00\x01\x02\xff\xfe\x00"),
        ("a.csv", b'a,b\n1,2,3\n4,5,6\n"open'),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-6]),
        ("a.xlsx", b"a,b\n1,2\n"),
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("missing.csv", None),
    ],
)
def test_files_that_are_not_what_they_say_are_refused_by_name(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as fault:
        read_table(tmp_path / name)
    assert fault.value.file == name


@given(st.text())
def test_no_cell_is_a_formula_for_a_spreadsheet(words: str) -> None:
    assert not harmless(words).startswith(STARTS)
    assert unquoted(harmless(words)) in {words, unquoted(words)}


def test_a_csv_opens_in_excel_with_chinese_names(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ("姓名",), [("=王伟",)])
    assert (tmp_path / "a.csv").read_bytes() == "\ufeff姓名\n'=王伟\n".encode()


def test_nothing_is_left_of_files_whose_writing_failed(tmp_path: Path) -> None:
    def fail() -> None:
        with written_whole(tmp_path / "plan") as scratch:
            (scratch / "roster.csv").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_single_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def fail() -> None:
        with one_file_whole(tmp_path / "a.csv") as scratch:
            scratch.write_text("half", encoding="utf-8")
            raise RuntimeError

    (tmp_path / "a.csv").write_text("before", encoding="utf-8")
    with pytest.raises(RuntimeError):
        fail()
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["before"]
