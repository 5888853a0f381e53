"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.http.desk import OPEN, ServiceNow
from api.http.problems import Problem, declared
from api.store.migrate import current

router = APIRouter(tags=["operation"])


@router.get("/healthz", openapi_extra=OPEN)
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", openapi_extra=OPEN, responses=declared("busy"))
def readyz(service: ServiceNow) -> dict[str, str]:
    """The store is there and has the newest revision."""
    try:
        with service.store.reading() as session:
            session.execute(text("SELECT 1"))
        ready = current(service.store.engine)
    except DBAPIError as fault:
        raise Problem("busy") from fault
    if not ready:
        raise Problem("busy")
    return {"status": "ready", "store": service.store.dialect}
