"""A month grid laid over the draft: what it changes, what it cannot mean, and what changed on both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from api.files.codes import Guess, Meaning, Means, guess
from api.files.grid import Grid, Line
from api.rosters.given import Given, drafted
from domain.faults import BadInput
from domain.language import Text, joined, plain
from domain.people import Agent
from domain.roster import Change, Duty, replaced

Cell = tuple[str, date]
BETWEEN: Final = "+"
"""Between two codes of one cell."""
NOBODY: Final = ""
"""The person of a row that is nobody's: a sum, a heading."""
MOST_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Key:
    """How a site reads foreign sheets: what its codes mean, and who is meant by a name."""

    codes: Mapping[str, Meaning] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    """A person's number by name; empty: nobody."""

    def parts(self, code: str) -> list[str]:
        """The codes of a cell: one, or several with a sign between them."""
        return [code] if code in self.codes else [part.strip() for part in code.split(BETWEEN)]

    def guess(self, code: str, given: Given) -> Guess:
        """What a code means."""
        known = self.codes.get(code)
        return Guess(meaning=known, sure=True) if known else guess(code, given.plan)

    def person(self, line: Line, given: Given) -> Agent | None:
        """Who is meant by a row: as remembered, by number, by a name that only one has; None: not known."""
        known = next((self.people[words] for words in (line.number, line.name) if words in self.people), None)
        wanted = (known if known is not None else line.number).casefold()
        agents = given.situation.agents
        named = [agent for agent in agents if known is None and agent.name == line.name]
        return next((agent for agent in agents if agent.id.casefold() == wanted), named[0] if len(named) == 1 else None)

    def nobody(self, line: Line) -> bool:
        """Whether a row is remembered as nobody's."""
        return NOBODY in {self.people.get(words) for words in (line.number, line.name)}


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What a grid makes of a draft."""

    changes: tuple[Change, ...]
    clashes: tuple[Change, ...]
    """Cells that were changed here too, since the file was made: `old` is the draft's, `new` the file's."""
    unasked: tuple[tuple[str, date, str], ...]
    """Leave in the sheet that nobody has approved: person, day, code."""
    absent: tuple[str, ...]
    """People of the draft whom the sheet does not name; their cells stay."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A grid whose people and codes are all known."""

    given: Given
    told: dict[Cell, tuple[str, list[Meaning]]]
    """What is written in each cell, and what it means."""

    @classmethod
    def of(cls, grid: Grid, key: Key, given: Given) -> Self:
        """Read a grid; `BadInput` for people and codes that are not known."""
        people, meanings = _people(grid, key, given), _meanings(grid, key, given)
        lines = [(people[line.row], line) for line in grid.lines if line.row in people]
        told = {(who.id, day): (code, meanings[code]) for who, line in lines for day, code in line.codes.items()}
        return cls(given, told)

    def over_draft(self, base: Iterable[Duty] | None = None) -> Overlaid:
        """Lay it over the draft; `base`: what the cells said when the file was made, where that is known."""
        duties = drafted(self.given).planned
        draft = _by_cell(duties)
        before = draft if base is None else _by_cell(base)
        changes: list[Change] = []
        clashes: list[Change] = []
        for cell, (_, meanings) in self.told.items():
            was, here = before.get(cell, []), draft.get(cell, [])
            if any(meaning.means is Means.KEEP for meaning in meanings) or _says(meanings, was, here):
                continue
            wanted = self._duties(cell, meanings, here or was)
            found = replaced(set(here) - set(wanted), set(wanted) - set(here))
            (changes if _alike(was, here) else clashes).extend(found)
        absent = {duty.agent for duty in duties} - {who for who, _ in self.told}
        return Overlaid(tuple(changes), tuple(clashes), tuple(self._unasked()), tuple(sorted(absent)))

    def _duties(self, cell: Cell, meanings: list[Meaning], before: list[Duty]) -> list[Duty]:
        """The duties that codes ask for; one that stays keeps its work and its breaks."""
        number, day = cell
        asked = [meaning for meaning in meanings if meaning.means is Means.SHIFT]
        return [
            next((duty for duty in before if _is(meaning, duty)), None)
            or Duty(day, number, str(meaning.shift), meaning.work or self._work(cell, meaning, before))
            for meaning in asked
        ]

    def _work(self, cell: Cell, meaning: Meaning, before: list[Duty]) -> str:
        """The work of a new duty: that of the cell before, else the first that the person is certified for."""
        number, day = cell
        works = self.given.plan.site.shift(str(meaning.shift)).works
        agent = self.given.situation.agent(number)
        wanted = [duty.work for duty in before if duty.work in works]
        return next(iter([*wanted, *(work for work in works if agent.may(work, day))]), works[0])

    def _unasked(self) -> Iterator[tuple[str, date, str]]:
        """Leave that the sheet tells and nobody approved."""
        approved = {(leave.agent, day) for leave in self.given.situation.leaves for day in leave.days}
        for cell, (code, meanings) in self.told.items():
            if any(meaning.means is Means.LEAVE for meaning in meanings) and cell not in approved:
                yield *cell, code


def _people(grid: Grid, key: Key, given: Given) -> dict[int, Agent]:
    """Who each row is; two rows of one person, or a person who is not known, are refused."""
    found: dict[int, Agent] = {}
    rows: dict[str, int] = {}
    for line in grid.lines:
        agent = key.person(line, given)
        if agent is None:
            if key.nobody(line):
                continue
            words = Text("不认识“{who}”, 或有同名者; 请写工号", "“{who}” is not known here, or not the only one")
            raise BadInput(words.filled(who=plain(line.who)), row=line.row)
        if agent.id in rows:
            words = Text("与第{row}行是同一个人", "is the same person as row {row}")
            raise BadInput(words.filled(row=plain(rows[agent.id])), row=line.row)
        found[line.row], rows[agent.id] = agent, line.row
    return found


def _meanings(grid: Grid, key: Key, given: Given) -> dict[str, list[Meaning]]:
    """What each cell's words mean; codes that are not known are refused, all of them at once."""
    counted = Counter(code for line in grid.lines for code in line.codes.values())
    guesses = {code: [(part, key.guess(part, given)) for part in key.parts(code)] for code in counted}
    unknown = Counter({part: counted[code] for code, told in guesses.items() for part, sure in told if not sure.sure})
    if unknown:
        words = Text("不认识的代码: {codes}; 请先说明其含义", "codes that are not known: {codes}; tell what they mean")
        codes = joined([plain(f"“{code}” ×{count}") for code, count in unknown.most_common(MOST_NAMED)])
        raise BadInput(words.filled(codes=codes), column=_first(grid, key, set(unknown)))
    return {code: [sure.meaning for _, sure in told if sure.meaning] for code, told in guesses.items()}


def _first(grid: Grid, key: Key, codes: set[str]) -> str | None:
    """The first cell with one of these codes."""
    cells = ((line, day, words) for line in grid.lines for day, words in line.codes.items())
    return next((grid.place(line, day) for line, day, words in cells if codes & set(key.parts(words))), None)


def _says(meanings: list[Meaning], *cells: list[Duty]) -> bool:
    """Whether these codes say the same as one of these cells."""
    asked = [meaning for meaning in meanings if meaning.means is Means.SHIFT]
    return any(
        len(asked) == len(duties) and all(any(_is(meaning, duty) for duty in duties) for meaning in asked)
        for duties in cells
    )


def _is(meaning: Meaning, duty: Duty) -> bool:
    return duty.shift == meaning.shift and meaning.work in {None, duty.work}


def _alike(one: list[Duty], other: list[Duty]) -> bool:
    return sorted((duty.shift, duty.work) for duty in one) == sorted((duty.shift, duty.work) for duty in other)


def _by_cell(duties: Iterable[Duty]) -> dict[Cell, list[Duty]]:
    cells: defaultdict[Cell, list[Duty]] = defaultdict(list)
    for duty in duties:
        cells[duty.agent, duty.day].append(duty)
    return dict(cells)
