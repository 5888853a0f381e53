"""Writing all or nothing: files appear in their folder together, after the last of them is complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """A scratch folder whose content moves into `folder` if the block ends well, and vanishes if not.

    Files of the same name are replaced; other files in the folder stay.
    """
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
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as scratch:
        made = Path(scratch) / path.name
        yield made
        made.replace(path)


def _move(made: Path, place: Path) -> None:
    if made.is_dir() and place.is_dir():
        shutil.rmtree(place)
    made.replace(place)
