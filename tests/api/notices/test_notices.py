"""Notices in words, and on their way outside: at least once, under a stable name, never before the change is there."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from sqlalchemy import select

from api.auth.rights import Role
from api.notices.fan import fan_out
from api.notices.mail import Smtp
from api.notices.words import CYCLE, letter_of
from api.outside.box import claim
from api.store import tables as t
from domain.language import Language, Refusal
from domain.time import Zone
from tests.api.clients import World
from tests.api.notices.outgoing import Pillar, carried
from tests.api.rosters.solved import PATH, drafted_world

SHANGHAI = Zone("Asia/Shanghai")


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


def test_a_publication_is_mailed_once_to_who_has_an_address_in_his_language(told: World) -> None:
    pillar = Pillar()
    assert carried(told, pillar) == 1
    (letter,) = pillar.letters
    assert letter["To"] == "p1@gas.example"
    assert letter["Subject"].startswith("2026-12的排班: 您有")
    words, page = (part.get_content() for part in letter.iter_parts())
    assert "新年快乐" in words
    assert "<h1" in page
    assert letter["Message-ID"].startswith("<notice-")
    assert carried(told, pillar) == 0


def test_a_server_that_is_away_loses_nothing_and_the_letter_keeps_its_name(told: World) -> None:
    pillar = Pillar(ConnectionRefusedError(), smtplib.SMTPServerDisconnected())
    for _ in range(3):
        carried(told, pillar)
        told.time.passes(minutes=10)
    assert [letter["Message-ID"] for letter in pillar.letters] == [f"<{name}@paiban>" for name in names(told)]


def test_an_address_that_is_refused_is_not_tried_for_ever(told: World) -> None:
    pillar = Pillar(smtplib.SMTPRecipientsRefused({}))
    assert carried(told, pillar) == 1
    told.time.passes(hours=1)
    assert carried(told, pillar) == 0
    assert pillar.letters == []


def test_what_was_read_or_is_days_old_is_not_mailed(told: World) -> None:
    told.time.passes(days=4)
    assert carried(told, Pillar()) == 0


def test_what_is_read_while_it_waits_is_dropped(told: World) -> None:
    pillar = Pillar(ConnectionRefusedError())
    carried(told, pillar)
    client = told.signed_in("p1")
    for notice in client.get("/api/v1/me/notices").json()["items"]:
        client.post(f"/api/v1/me/notices/{notice['id']}/read")
    told.time.passes(minutes=10)
    carried(told, pillar)
    assert pillar.letters == []


def test_a_courier_who_dies_with_it_in_hand_loses_it_to_another(told: World) -> None:
    fan_out(told.store, mail=True)
    assert len(claim(told.store, hooks=False)) == 1
    assert carried(told, Pillar()) == 0
    told.time.passes(minutes=6)
    pillar = Pillar()
    assert carried(told, pillar) == 1
    assert len(pillar.letters) == 1


def names(world: World) -> list[str]:
    with world.store.reading() as session:
        return list(session.scalars(select(t.Delivery.name).order_by(t.Delivery.id)))


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


def test_a_server_that_asks_to_come_again_is_come_to_again(told: World) -> None:
    pillar = Pillar(smtplib.SMTPRecipientsRefused({"p1@gas.example": (450, b"greylisted")}))
    for _ in range(2):
        carried(told, pillar)
        told.time.passes(minutes=10)
    assert len(pillar.letters) == 1
