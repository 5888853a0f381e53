"""The whole search by columns: a first answer at once, annealing, the bound, dives, and neighbourhoods to the end."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from scheduler.columns.answer import Answer
from scheduler.columns.bundle import raise_bound
from scheduler.columns.closing import Closing
from scheduler.columns.coarse import coarsened
from scheduler.columns.compile import Compiled
from scheduler.columns.cooling import LONE_AFTER, LONE_BEFORE, ROUNDS, Cooling, Rounds
from scheduler.columns.descent import anneal, descend, first_answer
from scheduler.columns.dive import Dive
from scheduler.columns.generate import Generation
from scheduler.columns.groups import Groups
from scheduler.columns.master import Master
from scheduler.columns.mixture import Mixture
from scheduler.columns.neighbourhoods import Explorer
from scheduler.columns.remix import again

Heard = Callable[["Campaign"], None]

TRIES = 5
"""Orders in which a first answer is tried."""
MANY_ROWS = 700
"""With more rows the simplex is slow: the bundle finds the bound, small moves and groups of people the answers."""
WARM = 0.12
"""Until so much of the time is spent a worker anneals by whole months where rows are few."""
BOUND, BOUND_LARGE = 0.5, 0.6
"""So much of the time at most goes into the bound; with many rows the other worker's roster does not wait for it."""
BOUND_EXACT, ROUGHLY = 0.35, 1e-3
"""So much more of it may go into the exact bound, once the coarse one has come so near to its mixture."""
DIVES = 3
"""Dives from the root before neighbourhoods are searched."""
CLOSE = 0.02
"""From so small a gap on it is worth asking which months a better answer could hold."""
MONTHS, MONTHS_A_SECOND = 70_000, 700
"""So many months at most, altogether and for each second left, are written down to close what is left."""
HOT, COOL = 0.02, 0.0005
"""Temperatures of annealing, as shares of the first answer's price."""


class Campaign:
    """What all workers share: the best answer, the bound, and whether it is time to end."""

    def __init__(
        self, compiled: Compiled, seed: int, heard: Heard = lambda _: None, many_rows: int | None = None
    ) -> None:
        self.compiled = compiled
        self.clock = compiled.clock
        self.best: Answer | None = None
        self.bound = 0.0
        self.answers = 0
        self.fault: BaseException | None = None
        self._seed = seed
        self._heard = heard
        self._lock = threading.RLock()
        self._large = len(compiled.coupling.rows) > (MANY_ROWS if many_rows is None else many_rows)
        self._scale = 1.0
        self._teacher: Explorer | None = None
        self._root: Generation | None = None
        self._closing: Closing | None = None
        self._closed: Answer | None = None
        self._mixture: Mixture | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing can be better."""
        best = self.best
        return best is not None and best.clean and best.price <= self.bound + 1e-6

    def over(self) -> bool:
        """Whether to end."""
        return self.proved or self.fault is not None or self.clock.over()

    def run(self, workers: int, start: Answer | None = None) -> None:
        """Search until the end; with several workers one begins with the bound while the others anneal."""
        if start is not None:
            self.take(start)
        if not self._first():
            return
        others = [threading.Thread(target=self._kept, args=(number,), daemon=True) for number in range(1, workers)]
        for thread in others:
            thread.start()
        try:
            self._prove(lone=workers == 1)
            self._explore(0)
        except BaseException as fault:
            self.fault = self.fault or fault
            raise
        finally:
            for thread in others:
                thread.join()
        if self.fault is not None:
            raise self.fault

    def take(self, answer: Answer) -> None:
        """Remember an answer if it is the best so far; a clean one is never given up for another."""
        with self._lock:
            if self.best is None or (not answer.clean, answer.felt) < (not self.best.clean, self.best.felt - 1e-6):
                self.best = answer
                self.answers += 1
                self._heard(self)

    def raise_bound(self, bound: float) -> None:
        """Remember a bound if it is the best so far: prices are whole numbers."""
        with self._lock:
            if math.isfinite(bound) and math.ceil(bound - 1e-6) > self.bound:
                self.bound = float(math.ceil(bound - 1e-6))
                self._heard(self)

    def _kept(self, number: int) -> None:
        """A further worker; what goes wrong there is told by the first."""
        try:
            if self._large:
                self._by_cells(number, ROUNDS)
            else:
                self._anneal(self._randomly(number), WARM)
            self._explore(number)
        except BaseException as fault:  # noqa: BLE001 - handed to the first worker
            self.fault = fault

    def _randomly(self, number: int) -> Generator:
        return np.random.default_rng([self._seed, number])

    def _first(self) -> bool:
        """A first answer, clean if a few orders of people bring one."""
        randomly = self._randomly(99)
        order = list(range(len(self.compiled.people)))
        for _ in range(TRIES):
            answer = first_answer(self.compiled, order)
            if answer is None:
                return False
            self.take(answer)
            if (self.best is not None and self.best.clean) or self.over():
                break
            order = randomly.permutation(len(order)).tolist()
        self._scale = max(1.0, self.best.price if self.best else 1.0)
        return True

    def _anneal(self, randomly: Generator, until: float) -> None:
        """Anneal from the best answer until so much of the time is spent, cooling down on the way."""
        if self.best is None:
            return
        began, enough = self.clock.share, self.clock.until(until)

        def heat() -> float:
            gone = min(1.0, (self.clock.share - began) / max(1e-9, until - began))
            return self._scale * HOT * math.pow(COOL / HOT, gone)

        anneal(self.best, randomly, heat, lambda: enough() or self.over(), self.take)
        self.take(descend(self.best, randomly, self.over))

    def _by_cells(self, number: int, rounds: Rounds) -> None:
        """Anneal by small moves."""
        best = self.best
        if best is not None and not self.over():
            randomly = self._randomly(number)
            Cooling(self.compiled, randomly, lambda: self.best or best, self.take, self.over).run(rounds)

    def _prove(self, *, lone: bool) -> None:
        """The bound over everybody, and answers beside it."""
        if lone and self._large:
            self._by_cells(1, LONE_BEFORE)
        elif lone:
            self._anneal(self._randomly(0), WARM)
        if self.best is None or self.over():
            return
        if not self._large:
            self._simplex(self.best)
            return
        self._bundle(self.best)
        if lone:
            self._by_cells(1, LONE_AFTER)

    def _bundle(self, best: Answer) -> None:
        """Many rows: a proximal bundle."""
        coarse = coarsened(self.compiled)
        begun = [coarse.people[column.person].column(column.chosen) for column in best.columns]
        mixture = Mixture(coarse, [column for column in begun if column is not None])
        enough = self.clock.until(self.clock.share + BOUND_LARGE)
        met = raise_bound(mixture, self._randomly(0), lambda: enough() or self.over(), self.raise_bound, ROUGHLY)
        self._mixture = mixture
        if met and coarse is not self.compiled:
            self._exactly(mixture)

    def _exactly(self, coarse: Mixture) -> None:
        """From where the coarse bound met its mixture, with exact pricers: what counting coarsely gave away."""
        exact = again(self.compiled, coarse)
        if exact is not None:
            enough = self.clock.until(self.clock.share + BOUND_EXACT)
            raise_bound(exact, self._randomly(0), lambda: enough() or self.over(), self.raise_bound)
            self._mixture = exact

    def _simplex(self, best: Answer) -> None:
        """Few rows: the master's simplex, and dives from its vertex."""
        master = Master(self.compiled, range(len(self.compiled.people)))
        for column in best.columns:
            master.add(column)
        generation = Generation(self.compiled, master)
        until = self.clock.until(BOUND)
        generation.run(lambda: until() or self.over(), report=lambda: self.raise_bound(generation.bound))
        self.raise_bound(generation.bound)
        if math.isinf(master.value) or self.over():
            return
        explorer = Explorer(self.compiled, best, self._randomly(0))
        explorer.learn(generation)
        self._teacher = explorer
        self._root = generation
        for number in range(DIVES):
            if self.over():
                return
            found = Dive(self.compiled, master, self._randomly(10 + number) if number else None).run(self.over)
            if found is not None:
                answer = Answer(self.compiled, [found[person] for person in range(len(self.compiled.people))])
                self.take(descend(answer, self._randomly(20 + number), self.over))

    def _explore(self, number: int) -> None:
        """Search neighbourhoods of the best answer to the end."""
        if self.best is None:
            return
        randomly = self._randomly(30 + number)
        explorer = Explorer(self.compiled, self.best, randomly)
        groups: Groups | None = None
        while not self.over():
            if not number:
                self._close()
            if groups is None and (self._large or number % 2):
                groups = self._groups(randomly)
            if groups is None:
                explorer.follow(self.best, self._teacher)
                explorer.step(self.over)
                self.take(explorer.answer)
                continue
            groups.follow(self.best)
            if groups.step(self.over):
                self.take(descend(groups.answer, randomly, self.over))

    def _close(self) -> None:
        """Ask whether any union of the months that a better answer could hold is one; once for each best answer.

        The branch and bound is limited by the wall: a repeatable run goes without it.
        """
        best = self.best
        if self._root is None or best is None or best is self._closed or self.clock.repeatable:
            return
        if not best.clean or best.price - self.bound > CLOSE * best.price:
            return
        self._closed = best
        self._closing = self._closing or Closing(self._root)
        most = int(min(MONTHS, MONTHS_A_SECOND * self.clock.left))
        closed = self._closing.close(best, most, self.clock.left, lambda: self.over() or self.best is not best)
        if closed is None:
            return
        if closed.answer is not None:
            self.take(closed.answer)
        self.raise_bound(closed.bound)

    def _groups(self, randomly: Generator) -> Groups | None:
        """Groups around the best duals that are known; None before there are any."""
        if self.best is None:
            return None
        if self._mixture is not None:
            return Groups(self.compiled, self.best, self._mixture.centre, randomly)
        duals = self._teacher.duals if self._teacher is not None else None
        if duals is None:
            return None
        centre = np.concatenate([duals.rows, *(duals.sums[person.number] for person in self.compiled.people)])
        return Groups(self.compiled, self.best, centre, randomly)
