"""A judge of the public benchmark that shares no code with the product: it reads the two files and nothing else."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path


@dataclass(frozen=True)
class Judgement:
    """The objective of the benchmark and every hard rule that is broken, in words."""

    objective: int
    violations: tuple[str, ...]


def judge(instance: Path, solution: Path) -> Judgement:
    """Judge a solution of columns employee,day,shift (days count from zero)."""
    sections = _sections(instance)
    days = int(sections["SECTION_HORIZON"][0][0])
    shifts = {row[0]: (int(row[1]), set(row[2].split("|")) - {""}) for row in sections["SECTION_SHIFTS"]}
    plan: dict[str, list[str]] = {row[0]: [""] * days for row in sections["SECTION_STAFF"]}
    violations: list[str] = []
    with solution.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cell = plan[line["employee"]]
            if cell[int(line["day"])]:
                violations.append(f"{line['employee']} has two shifts on day {line['day']}")
            cell[int(line["day"])] = line["shift"]
    for row in sections["SECTION_STAFF"]:
        violations += _personal(row, plan[row[0]], shifts)
    for row in sections.get("SECTION_DAYS_OFF", []):
        violations += [f"{row[0]} works on day off {day}" for day in row[1:] if plan[row[0]][int(day)]]
    return Judgement(_objective(sections, plan), tuple(violations))


def _sections(path: Path) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("SECTION_"):
            rows = found.setdefault(line, [])
        elif line and not line.startswith("#"):
            rows.append(line.split(","))
    return found


def _personal(row: list[str], plan: list[str], shifts: dict[str, tuple[int, set[str]]]) -> list[str]:
    name = row[0]
    most_minutes, least_minutes, longest, shortest, off, weekends = (int(word) for word in row[2:])
    found = []
    for pair in row[1].split("|"):
        code, most = pair.split("=")
        if plan.count(code) > int(most):
            found.append(f"{name} has {plan.count(code)} of {code}, at most {most}")
    minutes = sum(shifts[code][0] for code in plan if code)
    if not least_minutes <= minutes <= most_minutes:
        found.append(f"{name} works {minutes} minutes, not {least_minutes} to {most_minutes}")
    found += [
        f"{name} has {plan[day + 1]} after {plan[day]} on day {day + 1}"
        for day in range(len(plan) - 1)
        if plan[day] and plan[day + 1] in shifts[plan[day]][1]
    ]
    start = 0
    for works, run in groupby(bool(code) for code in plan):
        length = len(list(run))
        inside = start > 0 and start + length < len(plan)
        if works and length > longest:
            found.append(f"{name} works {length} days in a row from day {start}")
        if inside and length < (shortest if works else off):
            found.append(f"{name} {'works' if works else 'is off'} only {length} days in a row from day {start}")
        start += length
    worked = sum(any(plan[day : day + 2]) for day in range(5, len(plan), 7))
    if worked > weekends:
        found.append(f"{name} works {worked} weekends, at most {weekends}")
    return found


def _objective(sections: dict[str, list[list[str]]], plan: dict[str, list[str]]) -> int:
    cost = 0
    for name, day, code, weight in sections.get("SECTION_SHIFT_ON_REQUESTS", []):
        cost += int(weight) * (plan[name][int(day)] != code)
    for name, day, code, weight in sections.get("SECTION_SHIFT_OFF_REQUESTS", []):
        cost += int(weight) * (plan[name][int(day)] == code)
    for day, code, need, under, over in sections["SECTION_COVER"]:
        heads = sum(cells[int(day)] == code for cells in plan.values())
        cost += max(0, int(need) - heads) * int(under) + max(0, heads - int(need)) * int(over)
    return cost
