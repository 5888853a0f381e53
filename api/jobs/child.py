"""The solver in a process of its own: `python -m api.jobs.child`.

A pickled problem comes on standard input, progress goes out as lines of JSON. The line `take` ends the search with the
best so far; the end of standard input ends the process: it does not outlive who started it.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import sys
import threading
from typing import Any, BinaryIO, Final

from api.rosters.cells import to_rows
from scheduler.problem import Limits, Problem
from scheduler.result import Progress
from scheduler.solve import solve

HEAD: Final = struct.Struct("!Q")
ORPHANED: Final = 3


def packed(problem: Problem, limits: Limits) -> bytes:
    """What the process is sent."""
    body = pickle.dumps((problem, limits), protocol=pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(body)) + body


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Solve what comes in."""
    (length,) = HEAD.unpack(source.read(HEAD.size))
    problem, limits = pickle.loads(source.read(length))  # noqa: S301 - from the process that started this one
    taken = threading.Event()
    threading.Thread(target=_listen, args=(source, taken), daemon=True).start()

    def tell(line: dict[str, Any]) -> None:
        sink.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        sink.flush()

    result = solve(problem, limits, report=lambda moment: tell(_progress(moment)), stop=taken.is_set)
    report = result.report
    tell(
        {
            "end": result.status.value,
            "rows": to_rows(result.roster.planned) if result.roster else None,
            "score": report.score if report else None,
            "clean": report.clean if report else False,
            "bound": result.bound,
            "seconds": result.seconds,
        }
    )


def _progress(moment: Progress) -> dict[str, Any]:
    return {
        "seconds": round(moment.seconds, 3),
        "objective": moment.objective,
        "bound": moment.bound,
        "incumbents": moment.incumbents,
        "rows": to_rows(moment.roster.planned) if moment.roster else None,
    }


def _listen(source: BinaryIO, taken: threading.Event) -> None:
    """Wait for the wish to end, or for the end of whoever could wish it."""
    for line in source:
        if line.strip() == b"take":
            taken.set()
    os._exit(ORPHANED)


if __name__ == "__main__":
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints does not disturb the lines
    main(sys.stdin.buffer, out)
    os._exit(0)
