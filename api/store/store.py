"""Transactions: one that reads, one that writes and tells the log what it did; both with the time they began."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session

from api.audit.chain import Actor, Deed, append
from api.store.engine import READ_ONLY, open_engine

Clock = Callable[[], datetime]
NOBODY = Actor()


def _system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Work:
    """A transaction that writes: what it did goes into the log when it ends, or nothing of it happens."""

    session: Session
    actor: Actor
    now: datetime
    deeds: list[Deed] = field(default_factory=list)

    def did(self, action: str, what: str, site_id: int | None = None, **facts: Any) -> None:  # noqa: ANN401 - JSON
        """Remember something for the log."""
        self.deeds.append(Deed(action, what, site_id, facts))


class Writing(Session):
    """A session of a transaction that writes; it knows whether it has written already."""

    has_written = False


@event.listens_for(Writing, "after_flush")
def _flushed(session: Writing, _: object) -> None:
    session.has_written = True


@event.listens_for(Writing, "do_orm_execute")
def _executed(asked: ORMExecuteState) -> None:
    if not asked.is_select and isinstance(asked.session, Writing):
        asked.session.has_written = True


@dataclass(slots=True)
class Written:
    """How often this process has written: what it remembers of the store may be old by one."""

    times: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """A database with its clock."""

    engine: Engine
    clock: Clock = _system_clock
    written: Written = field(default_factory=Written)

    @classmethod
    def open(cls, url: str, clock: Clock = _system_clock) -> Store:
        """The store of an address."""
        return cls(open_engine(url), clock)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    def now(self) -> datetime:
        """The time by the clock of this store."""
        return self.clock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that reads."""
        with self.engine.connect().execution_options(**{READ_ONLY: True}) as connection, Session(connection) as session:
            yield session

    @contextmanager
    def writing(self, actor: Actor = NOBODY) -> Iterator[Work]:
        """A transaction that writes; an error undoes all of it."""
        with Writing(self.engine, expire_on_commit=False) as session, session.begin():
            work = Work(session, actor, self.clock())
            yield work
            session.flush()
            append(session, actor, work.deeds, work.now)
        self.written.times += 1
