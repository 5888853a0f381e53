"""How foreign sheets are read: a first look that asks what it does not know, and answers that are remembered."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import select

from api.auth.rights import Action
from api.files.grid import Grid, find_grid
from api.files.marker import find_marker
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.paging import Page, WantedPage
from api.http.problems import Problem, declared
from api.http.uploads import BODY
from api.rosters.given import Given, read_given, roster_row
from api.rosters.routes import MonthNow
from api.sheets.forms import CodeShown, RowShown, SheetKeyForm, SheetKeyShown, SheetShown
from api.sheets.incoming import grid_of, opened
from api.sheets.keys import key_of, key_row, key_shown, refuse_unknown
from api.sheets.overlay import Key
from api.sheets.sent import SentNow
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["sheets"])
Editor = Annotated[Desk, at(Action.DRAFT_EDIT)]
KeyName = Annotated[str, Path(pattern=r"^[^/\\\x00-\x1f]{1,100}$", examples=["行政部旧表"])]


@router.get("/sites/{site}/sheet-keys")
def list_sheet_keys(desk: Editor, wanted: WantedPage) -> Page[SheetKeyShown]:
    """The keys that are remembered."""
    with desk.service.store.reading() as session:
        asked = select(t.SheetKey).where(t.SheetKey.site_id == desk.site.id)
        rows = session.scalars(wanted.ask(asked, t.SheetKey.name)).all()
        return wanted.page(rows, lambda row: (row.name,), key_shown)


@router.put("/sites/{site}/sheet-keys/{name}", response_model=SheetKeyShown, responses=declared("stale"))
def keep_sheet_key(name: KeyName, body: SheetKeyForm, desk: Editor, asked: AskedNow) -> Response:
    """Remember a key, or change it (then with If-Match)."""

    def do(work: Work) -> Answer:
        refuse_unknown(work.session, desk.site.id, body)
        row = key_row(work.session, desk.site.id, name, lock=True)
        if row is None:
            row = t.SheetKey(site_id=desk.site.id, name=name, revision=0)
            work.session.add(row)
        else:
            asked.require_match(_tag(row))
        row.content, row.changed_at = body.model_dump(mode="json"), work.now
        row.revision += 1
        work.session.flush()
        work.did("sheet-key.kept", f"sheet-key/{row.id}", desk.site.id, name=name)
        return Answer(key_shown(row), etag=_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/sheet-keys/{name}", status_code=204)
def forget_sheet_key(name: KeyName, desk: Editor, asked: AskedNow) -> Response:
    """Forget a key."""

    def do(work: Work) -> Answer:
        row = key_row(work.session, desk.site.id, name, lock=True)
        if row is None:
            raise Problem("not-found")
        work.session.delete(row)
        work.did("sheet-key.forgotten", f"sheet-key/{row.id}", desk.site.id, name=name)
        return Answer(status=204)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post(
    "/sites/{site}/rosters/{month}/sheet-readings",
    response_model=SheetShown,
    openapi_extra=BODY,
    responses=declared("too-large"),
)
def read_sheet(desk: Editor, month: MonthNow, sent: SentNow) -> SheetShown:
    """A first look at a sheet of any make: who its rows are, what its codes may mean. Nothing is changed."""
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        known = key_of(session, desk.site.id, sent.key)
    sheets = opened(sent).sheets
    grid = grid_of(find_grid(sheets, month, sent.sheet), month)
    return SheetShown(
        sheet=grid.sheet.name,
        sheets=[each.name for each in sheets if not each.hidden],
        ours=find_marker(sheets) is not None,
        days=[day.isoformat() for day in grid.days],
        codes=(codes := _codes(grid, known, given)),
        rows=(rows := _rows(grid, known, given)),
        asks=sum(not code.guess.sure for code in codes) + _strangers(rows, grid, known),
        merged=grid.sheet.merged,
        fills=grid.sheet.fills,
    )


def _tag(row: t.SheetKey) -> str:
    return etag("sheet-key", row.id, row.revision)


def _codes(grid: Grid, key: Key, given: Given) -> list[CodeShown]:
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in grid.lines:
        for day, words in line.codes.items():
            for code in key.parts(words):
                counted[code] += 1
                first.setdefault(code, grid.place(line, day))
    return [
        CodeShown(code=code, cells=count, first=first[code], guess=key.guess(code, given))
        for code, count in counted.most_common()
    ]


def _rows(grid: Grid, key: Key, given: Given) -> list[RowShown]:
    found = ((line, key.person(line, given)) for line in grid.lines)
    return [RowShown(row=line.row, written=line.who, agent=agent.id if agent else None) for line, agent in found]


def _strangers(rows: list[RowShown], grid: Grid, key: Key) -> int:
    nobody = {line.row for line in grid.lines if key.nobody(line)}
    return sum(shown.agent is None and shown.row not in nobody for shown in rows)
