"""What is measured, in the format of Prometheus: requests, jobs, the age of what waits, the head of the log."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Header, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select

from api.audit.chain import head_of
from api.http.desk import OPEN, ServiceNow
from api.http.problems import Problem, declared
from api.ops.counts import REGISTRY
from api.service import Service
from api.store import tables as t

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
router = APIRouter(tags=["operation"])


@router.get("/metrics", openapi_extra=OPEN, response_class=Response, responses=declared("not-found", "invalid"))
def metrics(service: ServiceNow, authorization: Annotated[str | None, Header()] = None) -> Response:
    """The measures, for who has the token of PAIBAN_METRICS_TOKEN; without one they are closed."""
    token = service.settings.metrics_token.get_secret_value()
    if not token or authorization != f"Bearer {token}":
        raise Problem("not-found")
    return Response(generate_latest(REGISTRY) + generate_latest(_of_store(service)), media_type=TYPE)


def _of_store(service: Service) -> CollectorRegistry:
    """What is read from the store at each look."""
    registry = CollectorRegistry()
    jobs = Gauge("paiban_jobs", "Jobs by kind and state", ("kind", "state"), registry=registry)
    waiting = Gauge("paiban_oldest_waiting_job_seconds", "Age of the oldest waiting job", registry=registry)
    unsent = Gauge("paiban_unread_notices", "Notices that nobody has read", registry=registry)
    head = Gauge("paiban_audit_entries", "Entries of the log", registry=registry)
    overdue = Gauge("paiban_overdue_moments", "Moments of the cycle that are late", registry=registry)
    now = service.store.now()
    with service.store.reading() as session:
        grouped = select(t.Job.kind, t.Job.state, func.count()).group_by(t.Job.kind, t.Job.state)
        for kind, state, number in session.execute(grouped):
            jobs.labels(kind, state).set(number)
        oldest = session.scalar(select(func.min(t.Job.made_at)).where(t.Job.state == "waiting"))
        waiting.set((now - oldest).total_seconds() if oldest else 0)
        unsent.set(session.scalar(select(func.count()).select_from(t.Notice).where(t.Notice.read_at.is_(None))) or 0)
        late = select(func.count()).select_from(t.Milestone)
        overdue.set(session.scalar(late.where(t.Milestone.done_at.is_(None), t.Milestone.due_at < now)) or 0)
        head.set(head_of(session).last)
    return registry
