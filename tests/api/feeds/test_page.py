"""The page of a link: its addresses for each client, a QR code, help in both languages; for whoever has the secret."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.api.clients import World
from tests.api.feeds.test_feeds import MINE, link
from tests.api.swaps.parties import Floor


@pytest.fixture
def agent(embedded: World) -> TestClient:
    return Floor(embedded).agents["P1"]


def test_the_addresses_of_a_new_link_are_those_of_the_clients(agent: TestClient) -> None:
    made = link(agent)
    links = made["links"]
    assert links["https"].endswith(made["path"])
    assert links["webcal"] == "webcal://" + links["https"].partition("://")[2]
    assert parse_qs(urlsplit(links["google"]).query)["cid"] == [links["webcal"]]
    assert parse_qs(urlsplit(links["outlook"]).query)["url"] == [links["https"]]
    assert [feed["links"] for feed in agent.get(MINE).json()["items"]] == [None]


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "订阅班表日历"), ("en", "Subscribe to your shifts")])
def test_the_page_has_them_all_a_picture_and_no_script(
    embedded: World, agent: TestClient, language: str, words: str
) -> None:
    made = link(agent)
    path = urlsplit(made["links"]["page"]).path
    page = embedded.client().get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert words in page.text
    assert f'href="{made["links"]["webcal"]}"' in page.text
    assert "<svg" in page.text
    assert "<script" not in page.text
    assert "http://www.w3.org/2000/svg" in page.text
    assert page.text.count("<details") == 8
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


def test_a_secret_that_is_wrong_or_was_renewed_has_no_page(embedded: World, agent: TestClient) -> None:
    made = link(agent)
    path = urlsplit(made["links"]["page"]).path
    agent.post(f"{MINE}/{made['id']}/renewal")
    for wrong in (path, "/subscribe/x", "/subscribe/%00"):
        assert embedded.client().get(wrong).status_code == 404
