"""A whole draft from a file: what it would change is told, with its verdict; all of it is taken, or nothing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from api.auth.rights import Action
from api.files.roster import read_duties
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import Shown
from api.http.problems import declared
from api.http.uploads import BODY, UploadNow
from api.rosters.cells import change_row
from api.rosters.drafts import judged, keep
from api.rosters.forms import VerdictShown
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.routes import MonthNow, roster_tag, verdict_shown
from api.store.store import Work
from domain.roster import Roster, diff

router = APIRouter(tags=["rosters"])


class Uploaded(Shown):
    """What a file changes in the draft."""

    dry_run: bool
    duties: int = Field(description="in the month, as the file has them")
    changes: list[dict[str, Any]] = Field(description="cell by cell: agent, day, old, new")
    verdict: VerdictShown


@router.put(
    "/sites/{site}/rosters/{month}/draft",
    response_model=Uploaded,
    openapi_extra=BODY,
    responses=declared("stale", "too-large"),
)
def upload_draft(
    desk: Annotated[Desk, at(Action.DRAFT_EDIT)],
    month: MonthNow,
    upload: UploadNow,
    asked: AskedNow,
    language: LanguageNow,
) -> Response:
    """Take the draft from a file (docs/files.md, `roster.csv`); rows of the eve of the month are for the reader."""

    def do(work: Work) -> Answer:
        given = read_given(work.session, roster_row(work.session, desk.site.id, month, lock=True))
        if not upload.dry_run:
            asked.require_match(roster_tag(given.roster))
        with upload.file() as path:
            read = read_duties(path, given.situation)
        duties = [duty for duty in read if duty.day in given.situation.horizon]
        draft, days = drafted(given), given.situation.horizon
        changes = diff(Roster.of(days, draft.planned), Roster.of(days, duties))
        verdict = judged(draft, given, changes)
        keep(work, given.roster, duties)
        work.did("draft.uploaded", f"roster/{given.roster.id}", desk.site.id, file=upload.name, cells=len(changes))
        shown = Uploaded(
            dry_run=upload.dry_run,
            duties=len(duties),
            changes=[change_row(change) for change in changes],
            verdict=verdict_shown(verdict, given.roster.revision, language),
        )
        return Answer(shown, etag=roster_tag(given.roster))

    return answered(desk.service.store, desk.caller, asked, undone(do) if upload.dry_run else do)
