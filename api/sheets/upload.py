"""The draft from a file: what it would change is told, with its verdict; all of it is taken, or nothing.

A month that was exported here comes back with what each cell said then: only what the file changed is taken, and cells
that were changed here meanwhile are told. A sheet of another make is read by a key (`api.sheets.keys`).
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Response

from api.auth.rights import Action
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.problems import Problem, declared
from api.http.uploads import BODY
from api.rosters.cells import change_row
from api.rosters.drafts import edit
from api.rosters.given import Given, read_given, roster_row
from api.rosters.routes import MonthNow, roster_tag, verdict_shown
from api.sheets.forms import UnaskedLeave, Uploaded
from api.sheets.incoming import incoming, opened
from api.sheets.keys import key_of
from api.sheets.overlay import Overlaid
from api.sheets.sent import Prefer, SentNow
from api.store.store import Work
from constraints.verdict import Verdict
from domain.language import Text, day_text, joined, plain
from domain.roster import Change

router = APIRouter(tags=["rosters"])
UNCHANGED: Final = Verdict((), (), 0)
FREE: Final = Text("休", "off")
MOST_TOLD: Final = 10


@router.put(
    "/sites/{site}/rosters/{month}/draft",
    response_model=Uploaded,
    openapi_extra=BODY,
    responses=declared("stale", "too-large"),
)
def upload_draft(
    desk: Annotated[Desk, at(Action.DRAFT_EDIT)],
    month: MonthNow,
    sent: SentNow,
    language: LanguageNow,
    asked: AskedNow,
) -> Response:
    """Take the draft from a file: `roster.csv` (docs/files.md), a month that was exported, or a sheet with a key."""
    file = opened(sent)

    def do(work: Work) -> Answer:
        given = read_given(work.session, roster_row(work.session, desk.site.id, month, lock=True))
        read = incoming(sent, file, given, key_of(work.session, desk.site.id, sent.key))
        if not (sent.file.dry_run or read.remembers):
            asked.require_match(roster_tag(given.roster))
        changes = settled(read.overlaid, sent.prefer, given) if not sent.file.dry_run else read.overlaid.changes
        verdict = edit(work, given, changes, file=sent.file.name)[0] if changes else UNCHANGED
        shown = Uploaded(
            dry_run=sent.file.dry_run,
            duties=len(given.roster.draft),
            changes=[change_row(change) for change in changes],
            clashes=[change_row(change) for change in read.overlaid.clashes],
            unasked=[UnaskedLeave(agent=who, day=day, code=code) for who, day, code in read.overlaid.unasked],
            absent=list(read.overlaid.absent),
            verdict=verdict_shown(verdict, given.roster.revision, language),
        )
        return Answer(shown, etag=roster_tag(given.roster))

    return answered(desk.service.store, desk.caller, asked, undone(do) if sent.file.dry_run else do)


def settled(told: Overlaid, prefer: Prefer | None, given: Given) -> tuple[Change, ...]:
    """The changes of a file once it is told who is right about cells that both sides changed."""
    if told.clashes and prefer is None:
        words = [_clash(change, given) for change in told.clashes[:MOST_TOLD]]
        clashes = [change_row(change) for change in told.clashes]
        raise Problem("stale", joined(words), clashes=clashes)
    return (*told.changes, *(told.clashes if prefer is Prefer.FILE else ()))


def _clash(change: Change, given: Given) -> Text:
    words = Text("{who}{day}: 草案为{here}, 文件为{there}", "{who}, {day}: {here} in the draft, {there} in the file")
    here, there = (plain(duty.shift) if duty else FREE for duty in (change.old, change.new))
    name = plain(given.situation.agent(change.agent).name)
    return words.filled(who=name, day=day_text(change.day), here=here, there=there)
