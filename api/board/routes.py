"""The month board over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from api.auth.rights import Action, Reach
from api.board.forms import Board, Codes
from api.board.month import board_of, codes_of
from api.group.plans import newest, read_plan
from api.http.asked import Answer
from api.http.desk import Desk, at
from api.http.problems import Problem
from api.rosters.given import read_given, roster_row
from api.rosters.routes import MonthNow, roster_tag

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


@router.get("/sites/{site}/codes")
def show_codes(desk: Annotated[Desk, at(Action.ROSTER_SEE)]) -> Codes:
    """What the codes of the rosters mean: shifts with their times and colours, kinds of work."""
    with desk.service.store.reading() as session:
        return codes_of(read_plan(newest(session, desk.site.id)).site)
