"""`paiban serve`, `paiban migrate`: run the service, bring its store up to date."""

from __future__ import annotations

from typing import Annotated

import typer
import uvicorn

from api.app import App
from api.cli.console import out
from api.ops.log import configure
from api.service import Service
from api.settings import Settings
from api.speech import say
from api.store.migrate import HEAD, migrate, revision_of
from api.store.store import Store


def serve_command(
    host: Annotated[str | None, typer.Option(help=say("监听地址", "address to listen on"))] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
) -> None:
    """Run the service; an empty folder gets its database. Everything else is told by PAIBAN_… in the environment."""
    settings = Settings()
    configure(settings.log_level)
    service = Service.of(settings, opened(settings))
    migrate(service.store.engine)
    out.print(settings.public_url)
    uvicorn.run(
        App(service),
        host=host or settings.host,
        port=port or settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )


def migrate_command(
    revision: Annotated[str, typer.Argument(help=say("目标版本", "revision to go to"))] = HEAD,
) -> None:
    """Bring the store to a revision, up or down."""
    store = opened(Settings())
    migrate(store.engine, revision)
    out.print(say("数据库版本: {revision}", "store at revision {revision}", revision=revision_of(store.engine)))


def opened(settings: Settings) -> Store:
    """The store of the settings; the folder of an embedded one is made."""
    if not settings.database_url:
        settings.folder.mkdir(parents=True, exist_ok=True)
    return Store.open(settings.url)
