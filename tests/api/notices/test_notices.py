"""Notices in words, and on their way outside: at least once, under a stable name, never before the change is there."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from api.auth.rights import Role
from api.http.problems import Problem
from api.notices.mail import Smtp
from api.notices.send import Outside, send_notices
from api.notices.words import CYCLE, letter_of
from api.store import tables as t
from domain.language import Language, Refusal
from domain.time import Zone
from tests.api.clients import World
from tests.api.rosters.solved import PATH, drafted_world, site_id

SHANGHAI = Zone("Asia/Shanghai")


class Pillar:
    """A letter box that keeps what it takes, and refuses what it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.letters: list[EmailMessage] = []
        self.faults = list(faults)

    def carry(self, letter: EmailMessage) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)


@pytest.fixture
def told(world: World) -> World:
    """A month is published; P1 and P2 have accounts, P1 an address as well."""
    drafted_world(world)
    for number in ("P1", "P2"):
        world.account(number.lower(), (Role.AGENT, "harbour"), number=number)
    with world.store.writing() as work:
        work.session.scalars(select(t.Person).where(t.Person.number == "P1")).one().email = "p1@gas.example"
    desk = world.signed_in("scheduler-harbour")
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    assert desk.post(f"{PATH}/publications", json={"note": "新年快乐"}, headers=tag).status_code == 201
    return world


def sent(world: World, pillar: Pillar) -> tuple[int, int]:
    return send_notices(world.store, Outside(pillar, "排班 <roster@gas.example>"), site_id(world))


def test_a_publication_is_mailed_once_to_who_has_an_address_in_his_language(told: World) -> None:
    pillar = Pillar()
    assert sent(told, pillar) == (1, 0)
    (letter,) = pillar.letters
    assert letter["To"] == "p1@gas.example"
    assert letter["Subject"].startswith("2026-12的排班: 您有")
    assert "新年快乐" in letter.get_content()
    assert letter["Message-ID"].startswith("<notice-")
    assert sent(told, pillar) == (0, 0)


def test_a_server_that_is_away_loses_nothing_and_the_letter_keeps_its_name(told: World) -> None:
    pillar = Pillar(ConnectionRefusedError())
    with pytest.raises(Problem):
        sent(told, pillar)
    assert sent(told, pillar) == (1, 0)


def test_an_address_that_is_refused_is_not_tried_for_ever(told: World) -> None:
    pillar = Pillar(smtplib.SMTPRecipientsRefused({}))
    assert sent(told, pillar) == (0, 1)
    assert sent(told, pillar) == (0, 0)


def test_what_was_read_or_is_days_old_is_not_mailed(told: World) -> None:
    told.time.passes(days=4)
    assert sent(told, Pillar()) == (0, 0)


def test_the_inbox_tells_every_notice_in_words(told: World) -> None:
    client = told.signed_in("p1")
    notice = client.get("/api/v1/me/notices").json()["items"][0]
    assert notice["subject"].startswith("roster of 2026-12: ")
    assert "off → " in notice["body"]


@pytest.mark.parametrize("kind", sorted(CYCLE))
def test_every_word_of_the_cycle_is_told_in_both_languages_in_site_time(kind: str) -> None:
    facts: dict[str, Any] = {"month": "2027-01", "due_at": "2026-12-23T09:30:00+00:00"}
    letter = letter_of(kind, facts, SHANGHAI)
    for language in Language:
        words = letter.subject.said(language)
        assert "2027-01" in words
        assert "{" not in words
        assert "09:30" not in words
    assert letter.subject.zh != letter.subject.en


def test_a_wrong_address_of_the_server_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(Refusal, match="smtp://"):
        Smtp("mail.example")
