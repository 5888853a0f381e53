"""DBOS Transact as the engine of jobs: durable on SQLite and PostgreSQL alike (docs/decisions/0019).

One process has one engine. The version of its protocol is pinned: a job that began under older code ends under newer.
"""

from __future__ import annotations

import os
from typing import Final
from uuid import uuid4

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy.orm import Session

from api.jobs.liveness import Liveness
from api.jobs.rows import SEARCHES
from api.jobs.tasks import Tools, run
from api.store import tables as t

PROTOCOL: Final = "paiban-1"
"""Of the workflow below: never reorder or remove its steps; a new shape gets a new name."""
WORKFLOW: Final = "paiban.job"
SOLVES, OTHERS = "paiban-solves", "paiban-jobs"
POLL_SECONDS: Final = 0.5
_tools: Tools | None = None


@DBOS.step(name="paiban.run", preemptible=True)
async def _run(job_id: int) -> None:
    assert _tools is not None  # noqa: S101 - set before the engine is launched
    await run(_tools, job_id)


@DBOS.workflow(name=WORKFLOW)
async def _job(job_id: int) -> None:
    await _run(job_id)


class Engine:
    """Runs jobs in this process, and hands jobs over to whichever process runs them."""

    def __init__(self, tools: Tools, url: str, *, works: bool = True) -> None:
        self._tools, self._url, self._works = tools, url, works
        embedded = tools.store.dialect == "sqlite"
        self.executor = "local" if embedded else f"{os.getpid()}-{uuid4().hex[:12]}"
        self._liveness = None if embedded or not works else Liveness(url, self.executor)
        self._client: DBOSClient | None = None

    def start(self) -> None:
        """Launch; jobs that this process left behind go on."""
        global _tools  # noqa: PLW0603 - DBOS registers functions, not objects
        _tools = self._tools
        if self._liveness:
            self._liveness.hold()
        DBOS(config=self._config())
        if not self._works:
            DBOS.listen_queues([])
        DBOS.launch()
        self._register()
        self._client = DBOSClient(system_database_url=self._url)
        if self._liveness:
            self._liveness.start()

    def stop(self) -> None:
        """Stop within a moment; what runs goes on at the next start, or in another process."""
        if self._liveness:
            self._liveness.stop()
        if self._client:
            self._client.destroy()
        DBOS.destroy(workflow_completion_timeout_sec=0)

    def hand(self, session: Session, job: t.Job) -> None:
        """Enqueue a job in the transaction that asks for it."""
        assert self._client is not None  # noqa: S101 - started before anything asks
        queue = SOLVES if job.kind in SEARCHES else OTHERS
        options = {
            "workflow_name": WORKFLOW,
            "queue_name": queue,
            "workflow_id": job.key,
            "app_version": PROTOCOL,
            "queue_partition_key": f"site-{job.site_id}",
        }
        self._client.enqueue_in_transaction(session, options, job.id)  # type: ignore[arg-type]

    def _config(self) -> DBOSConfig:
        return {
            "name": "paiban",
            "system_database_url": self._url,
            "sys_db_pool_size": 5,
            "application_version": PROTOCOL,
            "executor_id": self.executor,
            "log_level": "WARNING",
            "enable_otlp": False,
            "use_listen_notify": False,
        }

    def _register(self) -> None:
        """Solves take the cores that there are; one of a site at a time."""
        solves = max(1, (os.cpu_count() or 2) // 2)
        for name, at_once in ((SOLVES, solves), (OTHERS, 4)):
            DBOS.register_queue(
                name,
                worker_concurrency=at_once,
                partition_concurrency=1,
                polling_interval_sec=POLL_SECONDS,
                on_conflict="always_update",
            )
