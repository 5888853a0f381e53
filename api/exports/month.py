"""A site's month as a file tells it: the draft, or what is in force."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from api.files.marker import Marker
from api.files.month_sheet import MonthPage
from api.files.workbook import write_workbook
from api.http.problems import Problem
from api.rosters.drafts import version_of
from api.rosters.given import Given, drafted, in_force, read_given, roster_row
from domain.language import Language, Text, plain
from domain.roster import Roster
from domain.time import Month


class Of(StrEnum):
    """Which of a month's rosters."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Kept:
    """A month's roster, and what it is called."""

    given: Given
    roster: Roster
    source: str
    """`draft/12`, `version/3`."""
    state: Text

    def page(self, language: Language) -> MonthPage:
        """As it is laid on paper."""
        return MonthPage(self.roster, self.given.situation, language, self.state)

    def name(self, language: Language) -> str:
        """The name of a file of it, without its ending."""
        site, month = self.given.plan.site.name, self.given.roster.month
        return Text("{site} {month} 排班表", "{site} {month} roster").filled(site=site, month=month).said(language)

    def workbook(self, language: Language) -> bytes:
        """The month as a workbook that can come back."""
        roster = self.given.roster
        marker = Marker(self.given.plan.site.id, roster.month, self.source, self.roster.planned)
        out = io.BytesIO()
        write_workbook(out, self.page(language), marker)
        return out.getvalue()


def kept_month(session: Session, site_id: int, month: Month, of: Of) -> Kept:
    """The roster of a month, as drafted or in force."""
    row = roster_row(session, site_id, month)
    if of is Of.DRAFT:
        given = read_given(session, row)
        state = Text("草案 修订{number}", "draft, revision {number}").filled(number=plain(row.revision))
        return Kept(given, drafted(given), f"draft/{row.revision}", state)
    if row.published is None:
        raise Problem("not-found", Text("本月尚未发布", "this month is not published"))
    version = version_of(session, row, row.published)
    given = read_given(session, row, version.plan)
    made = version.made_at.astimezone(given.plan.site.zone.info)
    words = Text("第{number}版 {made}发布", "version {number}, published {made}")
    state = words.filled(number=plain(version.number), made=plain(f"{made:%Y-%m-%d %H:%M}"))
    duties = tuple(duty for duty in in_force(session, site_id, month.days) if duty.agent in given.numbers)
    return Kept(given, given.roster_of(duties), f"version/{version.number}", state)
