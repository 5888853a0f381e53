"""Papers typeset in a process of their own (`python -m api.exports.typeset NAME`): data comes in, a PDF goes out.

The typesetter keeps what it has set in memory for good; a process of its own ends with it. Its fonts lie in a package
and go into the file, so that a paper reads the same everywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from api.http.problems import Problem
from domain.language import Text

PAPERS: Final = ("month", "day")
SECONDS: Final = 60.0
AT_ONCE: Final = BoundedSemaphore(2)
"""So many papers are set at a time."""
PATIENCE_S: Final = 15.0


def typeset(paper: str, data: Mapping[str, Any]) -> bytes:
    """A paper of these words, as a PDF."""
    told = json.dumps(data, ensure_ascii=False).encode()
    asked = [sys.executable, "-m", "api.exports.typeset", paper]
    if not AT_ONCE.acquire(timeout=PATIENCE_S):
        raise Problem("busy", Text("排版繁忙, 请稍后再试", "many papers are being set; try again soon"))
    try:
        return subprocess.run(asked, input=told, stdout=subprocess.PIPE, timeout=SECONDS, check=True).stdout  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Problem("busy", Text("排版超时", "typesetting took too long")) from error
    finally:
        AT_ONCE.release()


def main(paper: str) -> None:
    """Set what comes in."""
    import typst  # noqa: PLC0415 - of this process alone: it is large

    if paper not in PAPERS:
        raise SystemExit(f"no such paper: {paper}")
    source = Path(str(files("api.exports").joinpath(f"templates/{paper}.typ"))).read_bytes()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(files("pylopdf_fonts_zh_cn"))]
    )
    pdf = typst.compile(
        source,
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_tags=False,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main(sys.argv[1])
