"""Logs as one JSON object a line, without secrets: only facts that the code names are written."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final

FACTS: Final = ("request", "account", "method", "route", "status", "ms", "job", "site", "month")
QUIET: Final = ("dbos", "uvicorn.access", "alembic", "sqlalchemy.engine")


class JsonLines(logging.Formatter):
    """One line a record; line breaks in it are escaped, so that nobody writes lines of his own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        told |= {name: getattr(record, name) for name in FACTS if getattr(record, name, None) is not None}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """Send everything to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
