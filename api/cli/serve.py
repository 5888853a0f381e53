"""`paiban serve`: plans in a browser, feeds for a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.cli.console import out
from api.speech import say


def serve_command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=say("排班输出所在文件夹", "where plans were written"))
    ] = Path("demo"),
    host: Annotated[str, typer.Option(help=say("监听地址", "address to listen on"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
) -> None:
    """Serve every plan below a folder; by default to this machine only."""
    out.print(f"http://{host}:{port}/")
    uvicorn.run(create_app(folder), host=host, port=port, log_level="warning")
