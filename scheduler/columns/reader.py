"""Reads the shapes of one person, each once, into the arrays of a `Reading`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from constraints.shapes import AnyOf, Cover, Entries, Forbid, Run, Shape, Succession, Sum
from scheduler.columns.choices import Choices, TooWide
from scheduler.columns.judge import NEVER, Judge
from scheduler.columns.meters import LOCAL_DAYS, Meter
from scheduler.columns.reading import Flags, Mark, Reading, Rest, Stretch, Window

MOST_BUNDLES = 62


class Reader:
    """Reads the shapes of one person, each once."""

    def __init__(self, choices: Choices, remembered: int = LOCAL_DAYS) -> None:
        """`remembered`: over so many days a hard sum is remembered exactly on the way."""
        self.choices = choices
        self.remembered = remembered
        days, width = len(choices.cells), choices.kinds_width
        cost = np.full((days, width), NEVER)
        for day, kinds in enumerate(choices.kinds):
            cost[day, :kinds] = 0.0
        self.reading = Reading(choices, cost, np.zeros((days, width, 1), dtype=np.uint64), None)
        self._marks: dict[tuple[tuple[int, int], ...], int] = {}
        self._meters: dict[tuple[bytes, tuple[tuple[int, int], ...], int], Meter] = {}
        self._clock()

    def _clock(self) -> None:
        """When the duties of each choice begin and end; no duty begins never and ends before all."""
        shape = self.reading.cost.shape
        self.start, self.end = np.full(shape, 1 << 60, dtype=np.int64), np.full(shape, -(1 << 60), dtype=np.int64)
        for day, cell in enumerate(self.choices.cells):
            for number, entries in enumerate(cell):
                if entries:
                    kind = self.choices.kind[day, number]
                    self.start[day, kind] = min(entry.start for entry in entries)
                    self.end[day, kind] = max(entry.end for entry in entries)

    def read(self, shapes: Iterable[Shape]) -> Reading:
        """Read all shapes; `Cover` belongs to everybody and is not read here."""
        for shape in shapes:
            match shape:
                case Forbid():
                    self._forbid(shape)
                case Succession():
                    self._succession(shape)
                case Run():
                    self._run(shape)
                case Sum():
                    self._sum(shape)
                case AnyOf():
                    self._any_of(shape)
                case Cover():
                    pass
                case _:
                    raise TypeError(f"no way to read {shape!r}")
        self.reading.meters = list(self._meters.values())
        return self.reading

    def _cells(self, entries: Entries) -> list[tuple[int, int]]:
        """The day and choice of the entries."""
        places = self.choices.places
        return list(dict.fromkeys(places[entry] for entry in entries if entry in places))

    def _forbid(self, shape: Forbid) -> None:
        free = tuple(entry for entry in shape.forbidden if not entry.fixed)
        if shape.price is None:
            for cell in self._cells(free):
                self.reading.cost[cell] = NEVER
            return
        if len(free) > 1 and len(shape.price.steps) > 1:
            self.reading.exact = False
        for cell in self._cells(free):
            self.reading.cost[cell] += shape.cost(1)

    def _flags(self, entries: Entries) -> Flags:
        """[day, choice]: whether the choice is one of the entries."""
        flags: Flags = np.zeros(self.reading.cost.shape, dtype=np.bool_)
        for cell in self._cells(entries):
            flags[cell] = True
        return flags

    def _clash(self, shape: Succession, sides: tuple[Flags, Flags], offset: int) -> Flags:
        """[day, choice, later choice]: whether the choices of two days so far apart clash."""
        earlier, later = sides
        near = self.start[offset:, None, :] < self.end[:-offset, :, None] + shape.apart
        clash: Flags = (near | (offset <= shape.days)) & earlier[:-offset, :, None] & later[offset:, None, :]
        clash[: max(0, self.choices.known - offset)] = False
        return clash

    def _succession(self, shape: Succession) -> None:
        days = self.reading.days
        sides = self._flags(shape.earlier), self._flags(shape.later)
        offset = 1
        while offset < days:
            clash = self._clash(shape, sides, offset)
            if offset > max(1, shape.days) and not clash.any():
                return
            if shape.price is None:
                self._forbid_after(clash, offset)
            elif offset == 1:
                if self.reading.follow_cost is None:
                    width = self.choices.kinds_width
                    self.reading.follow_cost = np.zeros((days, width, width))
                self.reading.follow_cost[:-1] += clash * float(shape.cost(1))
                self.reading.exact &= len(shape.price.steps) == 1
            elif clash.any():
                self.reading.exact = False
            offset += 1

    def _forbid_after(self, clash: Flags, offset: int) -> None:
        forbids = self.reading.forbids
        if forbids.shape[2] < offset:
            more = np.zeros((*forbids.shape[:2], offset - forbids.shape[2]), dtype=np.uint64)
            forbids = self.reading.forbids = np.concatenate([forbids, more], axis=2)
        bits = np.uint64(1) << np.arange(clash.shape[2], dtype=np.uint64)
        forbids[: clash.shape[0], :, offset - 1] |= np.where(clash, bits, np.uint64(0)).sum(axis=2, dtype=np.uint64)

    def _run(self, shape: Run) -> None:
        first = (shape.about.day - self.choices.first).days
        last = first + len(shape.days) - 1
        of_class = np.zeros(self.reading.cost.shape, dtype=np.uint8)
        for place, entries in enumerate(shape.days):
            if first + place < 0:
                continue
            of_class[first + place] = shape.idle
            for cell in self._cells(entries):
                of_class[cell] = not shape.idle
        cost = NEVER if shape.price is None else float(shape.cost(1))
        self.reading.exact &= shape.price is None or len(shape.price.steps) == 1
        longest = shape.longest if shape.longest is not None else 0
        self.reading.runs.append(Stretch(of_class, first, last, first + shape.known, shape.shortest, longest, cost))

    def _any_of(self, shape: AnyOf) -> None:
        open_bundles = [bundle for bundle in shape.bundles if not any(entry.fixed for entry in bundle)]
        if not open_bundles:
            return
        spans = sorted(sorted(self._cells(bundle)) for bundle in open_bundles)
        first, last = spans[0][0][0], max(cells[-1][0] for cells in spans)
        begins: dict[int, int] = {}
        ends: dict[int, int] = {}
        breaks: dict[tuple[int, int], int] = {}
        bit_until: list[int] = []
        for cells in spans:
            begin, end = cells[0][0], cells[-1][0]
            bit = next((bit for bit, until in enumerate(bit_until) if until < begin), len(bit_until))
            if bit >= MOST_BUNDLES:
                raise TooWide("too many free stretches at once")
            bit_until[bit : bit + 1] = [end]
            begins[begin] = begins.get(begin, 0) | 1 << bit
            ends[end] = ends.get(end, 0) | 1 << bit
            for cell in cells:
                breaks[cell] = breaks.get(cell, 0) | 1 << bit
        cost = NEVER if shape.price is None else float(shape.cost(1))
        self.reading.rests.append(Rest(first, last, begins, ends, breaks, cost))

    def _sum(self, shape: Sum) -> None:
        constant = 0
        add: dict[tuple[int, int], int] = {}
        marks: dict[int, int] = {}
        places = self.choices.places
        for term in shape.terms:
            if len(term.entries) == 1 and not term.entries[0].fixed:  # nearly all are so: worth a shorter way
                cell = places.get(term.entries[0])
                if cell is not None:
                    add[cell] = add.get(cell, 0) + term.weight
                continue
            if any(entry.fixed for entry in term.entries):
                constant += term.weight
                continue
            hits = self._cells(term.entries)
            if len({day for day, _ in hits}) > 1:
                mark = self._mark(hits)
                marks[mark] = marks.get(mark, 0) + term.weight
            else:
                for cell in hits:
                    add[cell] = add.get(cell, 0) + term.weight
        judge = Judge.of(shape, constant)
        self._place(add, marks, judge)

    def _mark(self, hits: Sequence[tuple[int, int]]) -> int:
        key = tuple(sorted(hits))
        if key not in self._marks:
            self._marks[key] = len(self.reading.marks)
            self.reading.marks.append(Mark(key[0][0], key[-1][0], list(key)))
        return self._marks[key]

    def _place(self, add: dict[tuple[int, int], int], marks: dict[int, int], judge: Judge) -> None:
        """Put a sum where it is cheapest to remember: in the price of a choice, in a window of days, or in a meter."""
        days = {day for day, _ in add} | {day for mark in marks for day in self._span(mark)}
        if not days:
            self.reading.constant += judge.cost(0)
        elif len(days) == 1 and not marks:
            self._by_choice(days.pop(), add, judge)
        elif not add and len(marks) == 1:
            self._by_mark(marks, judge)
        elif (rate := judge.linear(_most(add, marks), _least(add, marks))) is not None:
            self._by_rate(add, marks, rate, judge)
        elif max(days) - min(days) < (self.remembered if not marks and judge.price is None else LOCAL_DAYS):
            self.reading.windows.append(Window(min(days), max(days), add, sorted(marks.items()), judge))
        else:
            self._by_meter(add, marks, judge)

    def _span(self, mark: int) -> range:
        return range(self.reading.marks[mark].first, self.reading.marks[mark].last + 1)

    def _by_choice(self, day: int, add: dict[tuple[int, int], int], judge: Judge) -> None:
        for number in range(self.choices.kinds[day]):
            self.reading.cost[day, number] += judge.cost(add.get((day, number), 0))

    def _by_mark(self, marks: dict[int, int], judge: Judge) -> None:
        ((mark, weight),) = marks.items()
        without, with_it = judge.cost(0), judge.cost(weight)
        if without == NEVER:
            self.reading.windows.append(
                Window(self.reading.marks[mark].first, self.reading.marks[mark].last, {}, [(mark, weight)], judge)
            )
            return
        self.reading.constant += without
        self.reading.marks[mark].cost += with_it - without

    def _by_rate(self, add: dict[tuple[int, int], int], marks: dict[int, int], rate: float, judge: Judge) -> None:
        self.reading.constant += judge.cost(0)
        for (day, number), weight in add.items():
            self.reading.cost[day, number] += rate * weight
        for mark, weight in marks.items():
            self.reading.marks[mark].cost += rate * weight

    def _by_meter(self, add: dict[tuple[int, int], int], marks: dict[int, int], judge: Judge) -> None:
        weights = np.zeros(self.reading.cost.shape, dtype=np.int64)
        for cell, weight in add.items():
            weights[cell] = weight
        key = weights.tobytes(), tuple(sorted(marks.items())), judge.constant
        if key not in self._meters:
            self._meters[key] = Meter(weights, tuple(sorted(marks.items())), self._bounds(add, marks))
        self._meters[key].judges.append(judge)

    def _bounds(self, add: dict[tuple[int, int], int], marks: dict[int, int]) -> tuple[int, int]:
        """The least and the most that a month can add up to, a choice a day."""
        by_day: dict[int, list[int]] = {}
        for (day, _), weight in add.items():
            by_day.setdefault(day, [0]).append(weight)
        least = sum(min(weights) for weights in by_day.values()) + sum(min(0, weight) for weight in marks.values())
        most = sum(max(weights) for weights in by_day.values()) + sum(max(0, weight) for weight in marks.values())
        return least, most


def _most(add: dict[tuple[int, int], int], marks: dict[int, int]) -> int:
    return sum(max(0, weight) for weight in add.values()) + sum(max(0, weight) for weight in marks.values())


def _least(add: dict[tuple[int, int], int], marks: dict[int, int]) -> int:
    return sum(min(0, weight) for weight in add.values()) + sum(min(0, weight) for weight in marks.values())


def read_person(choices: Choices, shapes: Iterable[Shape], remembered: int = LOCAL_DAYS) -> Reading:
    """Read all personal shapes of one person; hard sums over so many days are remembered exactly."""
    return Reader(choices, remembered).read(shapes)
