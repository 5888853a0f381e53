"""The month board over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from api.auth.rights import Action, Reach
from api.board.forms import Board, Codes, NewNote
from api.board.month import board_of, codes_of
from api.board.notes import note_down
from api.group.plans import newest, read_plan
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import Desk, at
from api.http.problems import Problem
from api.rosters.forms import RosterShown
from api.rosters.given import read_given, roster_row
from api.rosters.routes import MonthNow, roster_shown, roster_tag
from api.store.store import Work

router = APIRouter(tags=["rosters"])
Reader = Annotated[Desk, at(Action.DRAFT_SEE)]


@router.get("/sites/{site}/rosters/{month}/board", response_model=Board)
def show_board(desk: Reader, month: MonthNow) -> Response:
    """Everything that the month board shows: people, days, draft, what is in force, cover, emergency floor."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        return Answer(board_of(session, given), etag=roster_tag(given.roster)).response()


@router.put("/sites/{site}/rosters/{month}/notes", response_model=RosterShown)
def write_note(
    body: NewNote, desk: Annotated[Desk, at(Action.DRAFT_EDIT)], month: MonthNow, asked: AskedNow
) -> Response:
    """Write a note on a cell of the board, or take it away."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        note_down(work, row, body)
        return Answer(roster_shown(row), etag=roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/codes")
def show_codes(desk: Annotated[Desk, at(Action.ROSTER_SEE)]) -> Codes:
    """What the codes of the rosters mean: shifts with their times and colours, kinds of work."""
    with desk.service.store.reading() as session:
        return codes_of(read_plan(newest(session, desk.site.id)).site)
