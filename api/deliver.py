"""Rosters and finished plans as files, all of them or none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from api.feeds.roster import feed
from api.files.month_sheet import MonthPage
from api.files.proof import write_certificate
from api.files.roster import write_roster
from api.files.series import write_forecast, write_requirement
from api.files.whole import written_whole
from api.files.workbook import write_workbook
from api.lines.plan import led_by
from api.lines.tables import csv_of
from api.plan import Planned
from api.report.page import render
from constraints.certificate import Certificate
from domain.language import Language
from domain.roster import Roster
from domain.situation import Situation


def write_rostered(
    folder: Path, roster: Roster, situation: Situation, language: Language, certificate: Certificate
) -> None:
    """Write what goes with every roster: its duties, the month grid and the proof of emergency cover."""
    write_roster(folder / "roster.csv", roster, situation)
    write_workbook(folder / "roster.xlsx", MonthPage(roster, situation, language))
    write_certificate(folder / "certificate.json", certificate)


def deliver(planned: Planned, folder: Path, made: datetime) -> None:
    """Write forecast, requirement, roster, month grid, report, certificate, lines and a feed a person."""
    situation, language = planned.situation, planned.prepared.plan.language
    with written_whole(folder) as scratch:
        write_forecast(scratch / "forecast.csv", planned.prepared.forecast)
        write_requirement(scratch / "requirement.csv", situation.requirement)
        write_rostered(scratch, planned.roster, situation, language, planned.certificate)
        (scratch / "report.html").write_text(render(planned, language, made), encoding="utf-8")
        _write_lines(scratch / "lines.csv", planned)
        feeds = scratch / "feeds"
        feeds.mkdir()
        for agent in situation.agents:
            (feeds / f"{agent.id}.ics").write_bytes(feed(agent, planned.roster, situation, language, made))


def _write_lines(path: Path, planned: Planned) -> None:
    """Where each line of the site leads, if it has some."""
    plan, days = planned.prepared.plan, planned.roster.horizon
    if plan.lines:
        path.write_bytes(csv_of(led_by(plan, planned.roster.duties, days, [days]), plan))
