"""A calendar as vobject reads it, by the zones of the file alone: a line of JSON an event."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vobject  # type: ignore[import-untyped]


def instant(moment: Any) -> str:  # noqa: ANN401 - a date or a datetime
    """An instant in UTC, or a day."""
    if not isinstance(moment, datetime):
        return str(moment.isoformat())
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def main(path: Path) -> None:
    """Read a file, whose zones must be in it, and which must be sound."""
    calendar = vobject.readOne(path.read_bytes().decode())
    calendar.validate(raiseException=True)
    zones = {zone.getChildValue("tzid") for zone in calendar.contents.get("vtimezone", [])}
    for event in calendar.contents.get("vevent", []):
        zone = getattr(event.dtstart, "x_vobj_original_tzid_param", None)
        if zone is not None and zone not in zones:
            raise ValueError(f"zone {zone} is not here")
        told = {name: event.getChildValue(name) for name in ("uid", "summary", "status")}
        times = {name[2:]: instant(event.getChildValue(name)) for name in ("dtstart", "dtend")}
        print(json.dumps({**told, **times, "sequence": int(event.getChildValue("sequence"))}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
