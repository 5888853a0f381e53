from __future__ import annotations

import subprocess
import sys
import time

SCRIPT = """
import os, signal, threading
from constraints.policy import Policy
from scheduler.problem import Limits, Problem
from scheduler.solve import solve
from tests.scheduler.test_solve import SMALL, week
told = threading.Event()
def interrupt():
    told.wait(60)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt, daemon=True).start()
result = solve(Problem(week(30), Policy(rules=SMALL.rules[1:])), Limits(seconds=600, threads=2),
               report=lambda moment: moment.roster and told.set())
assert result.roster is not None and result.report.clean
print("taken")
"""


def test_an_interrupt_from_the_keyboard_takes_the_best_roster_so_far() -> None:
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=300, check=False)
    assert (ended.returncode, ended.stdout) == (0, "taken\n"), ended.stderr
    assert time.monotonic() - began < 200
