"""`paiban serve`, `paiban worker`, `paiban migrate`: run the service, run jobs alone, bring the store up to date."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn

from api.app import App
from api.cli.console import out
from api.jobs.clockwork import Clockwork
from api.jobs.engine import Engine
from api.jobs.tasks import Tools
from api.ops.log import configure
from api.outside.courier import Bag, Courier
from api.service import Service
from api.settings import Settings
from api.speech import say
from api.store.migrate import HEAD, migrate, revision_of
from api.store.store import Store
from domain.language import Refusal, Text

GRACE_SECONDS = 10
RARELY = (50_000, 20, 50)
"""Allocations, and younger generations, between two looks for garbage."""


def serve_command(
    host: Annotated[str | None, typer.Option(help=say("监听地址", "address to listen on"))] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
) -> None:
    """Run the service; an empty folder gets its database. Everything else is told by PAIBAN_… in the environment."""
    settings = Settings()
    configure(settings.log_level)
    with running(settings, works=settings.worker) as service:
        out.print(settings.public_url)
        listen(service, host, port)


def listen(service: Service, host: str | None = None, port: int | None = None) -> None:
    """Answer requests until the process is told to end."""
    settings = service.settings
    _settle_memory()
    uvicorn.run(
        App(service),
        host=host or settings.host,
        port=port or settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _settle_memory() -> None:
    """What was imported never becomes garbage: looking through it held every request up for a quarter of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def worker_command() -> None:
    """Run jobs and the monthly cycle, without the web; any number of workers share a PostgreSQL store."""
    settings = Settings()
    if not settings.database_url:
        words = Text("SQLite 只支持单进程, 请用 paiban serve", "SQLite is for one process: use paiban serve")
        raise Refusal(words)
    configure(settings.log_level)
    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    with running(settings, works=True):
        over.wait()


def migrate_command(
    revision: Annotated[str, typer.Argument(help=say("目标版本", "revision to go to"))] = HEAD,
) -> None:
    """Bring the store to a revision, up or down."""
    store = opened(Settings())
    migrate(store.engine, revision)
    out.print(say("数据库版本: {revision}", "store at revision {revision}", revision=revision_of(store.engine)))


@contextmanager
def running(settings: Settings, *, works: bool) -> Iterator[Service]:
    """A service whose store is up to date, whose jobs run, and whose clock ticks; stopped within moments at the end."""
    store = opened(settings)
    migrate(store.engine)
    engine = Engine(Tools(store), settings.url, works=works)
    engine.start()
    service = Service.of(settings, store, engine)
    clockwork, courier = Clockwork(service), Courier(Bag.of(service))
    if works:
        clockwork.start()
        courier.start()
    try:
        yield service
    finally:
        courier.stop()
        clockwork.stop()
        engine.stop()
        store.engine.dispose()


def opened(settings: Settings) -> Store:
    """The store of the settings; the folder of an embedded one is made."""
    if not settings.database_url:
        settings.folder.mkdir(parents=True, exist_ok=True)
    return Store.open(settings.url)
