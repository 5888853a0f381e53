"""A process of its own for what takes its time: `python -m api.jobs.child`.

A pickled question comes on standard input, progress goes out as lines of JSON, at last the line that tells the end. The
line `take` ends the search with the best so far; the end of standard input ends the process: it does not outlive who
started it.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import sys
import threading
from typing import BinaryIO, Final

from api.jobs.questions import Facts, Question

HEAD: Final = struct.Struct("!Q")
ORPHANED: Final = 3


def packed(question: Question) -> bytes:
    """What the process is sent."""
    body = pickle.dumps(question, protocol=pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(body)) + body


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer what comes in."""
    (length,) = HEAD.unpack(source.read(HEAD.size))
    question: Question = pickle.loads(source.read(length))  # noqa: S301 - from the process that started this one
    taken = threading.Event()
    threading.Thread(target=_listen, args=(source, taken), daemon=True).start()

    def tell(line: Facts) -> None:
        sink.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        sink.flush()

    tell({"end": question.answer(tell, taken.is_set)})


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
