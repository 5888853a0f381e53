"""A running solve on the screen: time, score, bound, gap and cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.console import err
from api.speech import say
from constraints.figures import cover, shortfall
from domain.situation import Situation
from scheduler.problem import Limits
from scheduler.result import Progress as Moment

Watch = Callable[[Moment], None]


@contextmanager
def watching(situation: Situation, limits: Limits) -> Iterator[Watch]:
    """A progress bar that follows the moments of a solve."""
    columns = TextColumn("· {task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.fields[state]}")
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(say("求解排班", "solving the roster"), total=limits.seconds, state="")
        state = _State(situation)

        def watch(moment: Moment) -> None:
            bar.update(task, completed=min(limits.seconds, moment.seconds), state=state.told(moment))

        yield watch


class _State:
    """What is known of the best roster so far."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._score: float | None = None
        self._covered: float | None = None

    def told(self, moment: Moment) -> str:
        """The state in words after a moment."""
        if moment.objective is not None and moment.roster is not None:
            self._score = moment.objective
            self._covered = shortfall(cover(moment.roster, self._situation)).covered_share
        if self._score is None or self._covered is None:
            return say("下界 {bound}", "bound {bound}", bound=f"{moment.bound:,.0f}")
        return say(
            "评分 {score} · 下界 {bound} · 差距 {gap} · 需求 {covered} · 第{n}个",
            "score {score} · bound {bound} · gap {gap} · need {covered} · no. {n}",
            score=f"{self._score:,.0f}",
            bound=f"{moment.bound:,.0f}",
            gap=f"{max(0.0, self._score - moment.bound) / max(1.0, self._score):.1%}",
            covered=f"{self._covered:.1%}",
            n=moment.incumbents,
        )
