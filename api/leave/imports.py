"""Leave from a file: approved elsewhere, taken as it stands; what is there already is not taken twice."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy import select

from api.auth.rights import Action
from api.files.leave import read_leave
from api.group.plans import newest, read_plan
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import Desk, at
from api.http.forms import Shown
from api.http.uploads import BODY, UploadNow
from api.people.rows import person_of
from api.requests.rows import Kind, State, keeps_away, leave_of, new_request
from api.store import tables as t
from api.store.store import Work
from domain.faults import BadInput
from domain.language import Text, plain
from domain.requests import Leave

router = APIRouter(tags=["leave"])


class LeaveImported(Shown):
    """What an import of leave did, or would do."""

    dry_run: bool
    rows: int
    added: int
    unchanged: int = Field(description="leave that was there already")


@router.post("/sites/{site}/leave/import", response_model=LeaveImported, openapi_extra=BODY)
def import_leave(desk: Annotated[Desk, at(Action.PEOPLE_EDIT)], upload: UploadNow, asked: AskedNow) -> Response:
    """Approved leave from a table (docs/files.md): all rows or none."""
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
    with upload.file() as path:
        found = read_leave(path, plan.leave)

    def do(work: Work) -> Answer:
        work.session.get_one(t.Site, desk.site.id, with_for_update=True)
        for row, leave in found:
            if leave.agent == desk.caller.number:
                words = Text("不能给自己批假", "nobody approves his own leave")
                raise BadInput(words, row=row, column="agent_id", file=upload.name)
        added = sum(_take(work, desk.site.id, row, leave, upload.name) for row, leave in found)
        work.did("leave.imported", f"site/{desk.site.code}", desk.site.id, file=upload.name, added=added)
        unchanged = len(found) - added
        return Answer(LeaveImported(dry_run=upload.dry_run, rows=len(found), added=added, unchanged=unchanged))

    return answered(desk.service.store, desk.caller, asked, undone(do) if upload.dry_run else do)


def _take(work: Work, site_id: int, row: int, leave: Leave, file: str) -> bool:
    """Take one leave; whether it is new."""
    person = person_of(work.session, site_id, leave.agent)
    if person is None:
        words = Text("没有工号“{number}”", "there is nobody with the number “{number}”")
        raise BadInput(words.filled(number=plain(leave.agent)), row=row, column="agent_id", file=file)
    mine = (t.Request.person_id == person.id) & (t.Request.kind == Kind.LEAVE.value)
    here = (t.Request.first <= leave.days.last) & (t.Request.last >= leave.days.first)
    rows = work.session.scalars(select(t.Request).where(mine, here))
    standing = [leave_of(each) for each in rows if keeps_away(each)]
    if leave in standing:
        return False
    if standing:
        words = Text("与已批准的休假重叠", "overlaps leave that is approved")
        raise BadInput(words, row=row, column="first", file=file)
    noons = {name: True for name in ("from_noon", "until_noon") if getattr(leave, name)}
    request = new_request(work, person, Kind.LEAVE, leave.days, {"leave": leave.kind, "note": "", **noons})
    request.state, request.decided_at = State.APPROVED.value, work.now
    work.session.add(request)
    work.session.flush()
    return True
