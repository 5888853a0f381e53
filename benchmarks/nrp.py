"""The public shift-scheduling benchmark on the product's own rules and solver; the last line printed is one of JSON.

python -m benchmarks.nrp INSTANCE.txt --seconds 60 --threads 2 --out solution.csv
python -m benchmarks.nrp --folder ../shared/data/nrp --json bench-out/nrp.json    # every instance in a folder
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from benchmarks.nrp_format import FIRST, problem_of, read
from benchmarks.nrp_judge import judge
from benchmarks.table import show
from domain.roster import Roster
from scheduler.problem import Limits
from scheduler.result import Progress
from scheduler.solve import solve

BEST_KNOWN = {
    1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 9: 439, 10: 4631, 11: 3443, 12: 4040,
    13: 1348, 14: 1278, 15: 3829, 16: 3225, 17: 5746, 18: 4459, 19: 3149,
}  # fmt: skip
"""Best known values (schedulingbenchmarks.org; wssuite/NurseScheduler)."""


def main() -> None:
    """Solve one instance, or all of a folder."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path, nargs="?")
    parser.add_argument("--folder", type=Path, help="solve every instance in it")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the solution goes: employee,day,shift")
    parser.add_argument("--json", type=Path, help="where a folder's table goes as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    options = parser.parse_args()
    if options.folder:
        if not options.folder.exists():
            print(f"skipped: there is no folder {options.folder}")
            return
        paths = sorted(options.folder.glob("Instance*.txt"), key=_number)
        show("Public shift-scheduling benchmark", [_row(path, options) for path in paths], options)
    elif options.instance:
        print(json.dumps(_measure(options.instance, options)))
    else:
        parser.error("name an instance or a folder")


def _number(path: Path) -> int:
    digits = "".join(letter for letter in path.stem if letter.isdigit())
    return int(digits) if digits else 0


def _row(path: Path, options: Namespace) -> dict[str, object]:
    found = _measure(path, options)
    best = BEST_KNOWN.get(_number(path))
    objective = found["objective"]
    gap = None if best is None or not isinstance(objective, int) else 100 * (objective - best) / best
    return {"instance": path.stem, **found, "best known": best, "above it %": gap}


def _measure(path: Path, options: Namespace) -> dict[str, object]:
    began = time.monotonic()
    problem = problem_of(read(path))

    def tell(moment: Progress) -> None:
        if not options.quiet and moment.objective is not None:
            print(f"{moment.seconds:7.1f} s  {moment.objective:8.0f}  bound {moment.bound:8.1f}", flush=True)

    limits = Limits(seconds=options.seconds - (time.monotonic() - began), threads=options.threads, seed=options.seed)
    result = solve(problem, limits, report=tell)
    seconds = time.monotonic() - began
    if result.roster is None:
        return {"objective": None, "bound": result.bound, "seconds": round(seconds, 2), "violations": None}
    with tempfile.TemporaryDirectory() as folder:
        out = options.out or Path(folder) / "solution.csv"
        write(result.roster, out)
        judged = judge(path, out)
    return {
        "objective": judged.objective,
        "bound": round(result.bound, 3),
        "seconds": round(seconds, 2),
        "violations": len(judged.violations),
        "status": result.status.value,
    }


def write(roster: Roster, path: Path) -> None:
    """A roster as employee,day,shift; days count from zero."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["employee", "day", "shift"])
        table.writerows((duty.agent, (duty.day - FIRST).days, duty.shift) for duty in roster.planned)


if __name__ == "__main__":
    main()
