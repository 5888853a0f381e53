"""Work that goes on by itself: jobs, milestones of the monthly cycle, and requests that must not happen twice."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Facts, Instant, Key, Month


class Job(Table):
    """A piece of work behind the scenes: what, for which site and month, how far it is, what came out."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "site_id", "month", "kind"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """The id of the workflow."""
    kind: Mapped[str] = mapped_column(String(16))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    state: Mapped[str] = mapped_column(String(16))
    """`waiting`, `running`, `done`, `failed`, `cancelled`."""
    given: Mapped[Facts]
    progress: Mapped[Facts]
    result: Mapped[Facts]
    stop: Mapped[str] = mapped_column(String(8), default="")
    """`take`: end now with the best so far; `cancel`: end with nothing."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    started_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]


class JobFile(Table):
    """The file that a job reads; gone when the job is over."""

    __tablename__ = "job_files"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Milestone(Table):
    """A moment of a site's month: when it is due, and when it was done."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("site_id", "month", "kind"), Index(None, "done_at", "due_at"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    kind: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    outcome: Mapped[str] = mapped_column(String(16), default="")
    reminded: Mapped[int] = mapped_column(Integer, default=0)


class Answered(Table):
    """An answer that was given under an Idempotency-Key: the same request gets it again."""

    __tablename__ = "answered"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    key: Mapped[str] = mapped_column(String(255))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    headers: Mapped[Facts]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Instant] = mapped_column(index=True)
