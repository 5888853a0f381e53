"""`paiban demo`: the service with a living demo group; rosters are built while one looks around."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table
from sqlalchemy import select

from api.auth.rights import Role
from api.cli.console import out
from api.cli.serve import listen, running
from api.demo.calendar import SECRET
from api.demo.group import HOME, NAMES, PASSWORD, SITES, fill, planned, worked
from api.http.problems import Problem
from api.jobs.rows import OVER, Errand, Kind, State, submit
from api.ops.log import configure
from api.service import Service
from api.settings import Settings
from api.speech import say
from api.store import tables as t
from domain.time import Month

SOLVE_SECONDS: Final = {"xiling": 10.0, "binhai": 45.0, "jiangcheng": 90.0}
POLL: Final = 1.0


def demo_command(
    folder: Annotated[Path, typer.Option(help=say("数据文件夹", "folder of its database"))] = Path("demo/service"),
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
) -> None:
    """Run the service with a demo group of three sites; everybody's password is told."""
    settings = Settings(demo=True, folder=folder, port=port, public_url=f"http://127.0.0.1:{port}", database_url="")
    configure("warning")
    with running(settings, works=True) as service:
        began = time.monotonic()
        if fill(service.store):
            words = "示例集团已建立({seconds:.0f} 秒)", "the demo group is made ({seconds:.0f} s)"
            out.print(say(*words, seconds=time.monotonic() - began))
            threading.Thread(target=_build, args=(service,), daemon=True).start()
        _introduce(settings)
        listen(service)


def _introduce(settings: Settings) -> None:
    """Where it answers, and who may come in."""
    table = Table(say("账号", "login"), say("密码", "password"), say("角色", "role"))
    for role in NAMES:
        table.add_row(role.value, PASSWORD, say(NAMES[role], _english(role)))
    out.print(table)
    out.print(f"→ {settings.public_url}   API: {settings.public_url}/api/v1/openapi.json")
    out.print(say("坐席的日历", "the agent's calendar") + f": {settings.public_url}/subscribe/{SECRET}")
    out.print(say("按 Ctrl-C 结束", "Ctrl-C ends it"), style="dim")


def _english(role: Role) -> str:
    return {Role.LEADER: "shift leader", Role.ADMIN: "administrator"}.get(role, role.value)


def _build(service: Service) -> None:
    """Forecast every site, then build its roster, the smallest first; last, see how good a forecast would have been."""
    month = planned(service.store.now().date())
    with service.store.reading() as session:
        ids = {site.code: site.id for site in session.scalars(select(t.Site))}
    for site in SITES:
        _job(service, Errand(Kind.FORECAST, ids[site.code], month))
    for site in SITES:
        if _over(service, ids[site.code], month) is State.DONE:
            given = {"seconds": SOLVE_SECONDS[site.code], "seed": 1, "keep_published": False, "take": "empty"}
            _job(service, Errand(Kind.SOLVE, ids[site.code], month, given))
    _job(service, Errand(Kind.FORECAST, ids[HOME], worked(service.store.now().date())))


def _job(service: Service, errand: Errand) -> None:
    """Ask for a job, unless the monthly cycle did already."""
    try:
        with service.store.writing() as work:
            submit(work, service.post, errand)
    except Problem:
        return


def _over(service: Service, site_id: int, month: Month) -> State:
    """How the forecast of a site ended."""
    while True:
        with service.store.reading() as session:
            mine = (t.Job.site_id == site_id) & (t.Job.month == str(month)) & (t.Job.kind == Kind.FORECAST.value)
            states = list(session.scalars(select(t.Job.state).where(mine)))
        ended = [State(state) for state in states if state in OVER]
        if ended:
            return ended[-1]
        time.sleep(POLL)
