"""Files that come as the body of a request: written aside under their name, read by the readers of files, gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import Depends, Query

from api.http.asked import AskedNow
from api.http.problems import Problem
from domain.language import Text

NAME: Final = r"^[^/\\\x00-\x1f]{1,180}\.(csv|csv\.gz|xlsx|CSV|XLSX)$"
BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/octet-stream", "text/csv")
        },
    }
}
"""What OpenAPI is told of the body of an upload."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in."""

    name: str
    content: bytes = field(repr=False)
    dry_run: bool = False
    """Only tell what would happen."""

    @contextmanager
    def file(self) -> Iterator[Path]:
        """The file on disk, under its name."""
        with TemporaryDirectory(prefix="paiban-") as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.content)
            yield path


def _upload(
    asked: AskedNow,
    name: Annotated[str, Query(pattern=NAME, examples=["calls.csv"])],
    dry_run: Annotated[bool, Query(description="only tell what would happen")] = False,  # noqa: FBT002 - a query
) -> Upload:
    if not asked.body:
        raise Problem("invalid", Text("没有文件内容", "there is nothing in the body"))
    return Upload(name, asked.body, dry_run)


UploadNow = Annotated[Upload, Depends(_upload)]
