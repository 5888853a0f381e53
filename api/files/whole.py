"""Writing all or nothing: files appear in their folder together, after the last of them is complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.faults import BadInput
from domain.language import Text


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """A scratch folder whose content moves into `folder` if the block ends well, and vanishes if not.

    Files of the same name are replaced; other files in the folder stay.
    """
    refuse_unwritable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield scratch
        folder.mkdir(exist_ok=True)
        for made in sorted(scratch.iterdir()):
            _move(made, folder / made.name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def one_file_whole(path: Path) -> Iterator[Path]:
    """A scratch path that becomes `path` if the block ends well."""
    if path.is_dir():
        raise BadInput(Text("是文件夹, 不是文件", "is a folder, not a file"), file=str(path))
    refuse_unwritable(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as scratch:
        made = Path(scratch) / path.name
        yield made
        made.replace(path)


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder that cannot be made or written, before any work is done for it."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        raise BadInput(Text("是文件, 不是文件夹", "is a file, not a folder"), file=str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        raise BadInput(Text("没有写入权限", "may not be written"), file=str(there))


def _move(made: Path, place: Path) -> None:
    if made.is_dir() and place.is_dir():
        shutil.rmtree(place)
    made.replace(place)
