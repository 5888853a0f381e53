"""The service over HTTP: every route under /api/v1, one gate before them, every fault a problem."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute

from api.approvals.routes import router as approvals
from api.attendance.routes import router as attendance
from api.audit.routes import router as audit
from api.auth.accounts import router as accounts
from api.auth.routes import router as log_in
from api.board.presence import router as presence
from api.board.routes import router as board
from api.board.why import router as why
from api.callouts.routes import router as callouts
from api.cycle.routes import router as cycle
from api.demand.insight import router as insight
from api.demand.routes import router as demand
from api.exports.routes import router as exports
from api.feeds.page import router as subscribe
from api.feeds.public import PATH as CALENDAR
from api.feeds.public import read_feed
from api.feeds.routes import router as feeds
from api.front.client import router as client
from api.front.routes import router as front
from api.group.routes import router as group
from api.group.rulebook import router as rulebook
from api.group.trial import router as trial
from api.hooks.routes import router as hooks
from api.http import faults
from api.http.contract import completed
from api.http.gate import MEGABYTE, Gate
from api.http.known import refuse_unknown_query
from api.http.problems import declared
from api.jobs.routes import router as jobs
from api.leave.imports import router as leave_imports
from api.leave.routes import router as leave
from api.ledger.routes import router as ledger
from api.lines.routes import router as lines
from api.notices.channels import router as channels
from api.notices.routes import router as notices
from api.ops.health import router as health
from api.ops.metrics import router as measures
from api.people.routes import router as people
from api.requests.diary import router as diary
from api.requests.routes import router as requests
from api.rosters.own import router as own
from api.rosters.planned import router as planned
from api.rosters.published import router as published
from api.rosters.routes import router as rosters
from api.service import Service
from api.sheets.routes import router as sheets
from api.sheets.upload import router as upload
from api.swaps.routes import router as swaps

ROUTERS: Final = (
    log_in, accounts, audit, group, trial, rulebook, people, demand, insight, requests, diary, rosters, board,
    presence, why, upload, sheets, planned, published, own, swaps, attendance, leave, leave_imports, callouts,
    approvals, ledger, feeds, exports, lines, jobs, cycle, notices, channels, hooks,
)  # fmt: skip
DESCRIPTION: Final = "Workforce scheduling and shift swaps for contact centres. 排班与换班服务。"
COMMON: Final = (
    "bad-request", "not-signed-in", "forbidden", "not-found", "conflict", "stale", "too-large", "invalid",
    "precondition-required", "too-many", "internal", "busy",
)  # fmt: skip


class App(Gate):
    """The whole application: the gate, and behind it the routes."""

    def __init__(self, service: Service) -> None:
        self.api = create_api(service)
        largest = service.settings.largest_upload_mb * MEGABYTE
        super().__init__(self.api, largest, secure=service.settings.secure)


def contract_page() -> str:
    """The contract as it is kept in `web/openapi.json`: a line a field, so that changes can be read."""
    return json.dumps(create_api(None).openapi(), ensure_ascii=False, indent=1) + "\n"


def create_api(service: Service | None) -> FastAPI:
    """The routes of a service; without one they can be read, not asked."""
    app = FastAPI(
        title="Paiban",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
    )
    app.state.service = service
    app.add_route(CALENDAR, read_feed, include_in_schema=False)  # first: it is asked for most
    faults.install(app)
    strict = [Depends(refuse_unknown_query)]
    routes = APIRouter(prefix="/api/v1", responses=declared(*COMMON), dependencies=strict)
    for router in ROUTERS:
        routes.include_router(router)
    app.include_router(routes)
    app.include_router(health)
    app.include_router(measures)
    app.include_router(front)
    app.include_router(subscribe)
    app.include_router(client)  # last: it answers whatever nobody else does
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The contract, made once."""
    if not app.openapi_schema:
        completed(FastAPI.openapi(app))
    return app.openapi_schema or {}
