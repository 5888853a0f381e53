"""Lists in pages: each tells the cursor of the next, which is good for nothing else."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import Field
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from api.http.forms import Shown
from api.http.problems import Problem
from domain.language import Text

MOST: Final = 200
Item = TypeVar("Item")
Row = TypeVar("Row")
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


class Page(Shown, Generic[Item]):
    """Some of a list."""

    items: list[Item]
    next: str | None = Field(default=None, description="the cursor of the next page; null: this is the last")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page is asked for."""

    after: tuple[Any, ...] | None
    limit: int

    def ask(self, asked: Asked, column: InstrumentedAttribute[Any], *, newest_first: bool = False) -> Asked:
        """What is to be read for the page: after its cursor, in the order of a unique column, and one row more."""
        ordered = asked.order_by(column.desc() if newest_first else column).limit(self.limit + 1)
        last = _number(self.after) if column.type.python_type is int else _word(self.after)
        if last is None:
            return ordered
        return ordered.where(column < last if newest_first else column > last)

    def page(
        self, rows: Sequence[Row], key: Callable[[Row], tuple[Any, ...]], show: Callable[[Row], Item]
    ) -> Page[Item]:
        """A page of rows, of which one more than wanted was read."""
        shown = rows[: self.limit]
        more = _cursor(key(shown[-1])) if len(rows) > self.limit else None
        return Page(items=[show(row) for row in shown], next=more)


def _wanted(
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> Wanted:
    return Wanted(_read(cursor) if cursor else None, limit)


WantedPage = Annotated[Wanted, Depends(_wanted)]


def _cursor(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _read(cursor: str) -> tuple[Any, ...]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (binascii.Error, ValueError) as error:
        raise Problem("invalid", Text("游标无效", "this is no cursor")) from error
    if not isinstance(key, list) or not all(isinstance(part, str | int) for part in key):
        raise Problem("invalid", Text("游标无效", "this is no cursor"))
    return tuple(key)


def _number(after: tuple[Any, ...] | None) -> int | None:
    """The cursor of a list that goes by number."""
    if after is None:
        return None
    if len(after) != 1 or not isinstance(after[0], int) or not 0 <= after[0] < 2**63:
        raise Problem("invalid", Text("游标无效", "this is no cursor"))
    return after[0]


def _word(after: tuple[Any, ...] | None) -> str | None:
    """The cursor of a list that goes by a word."""
    return str(after[0]) if after else None
