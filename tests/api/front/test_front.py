from __future__ import annotations

import re

from tests.api.clients import new_world

FORM = {"group": "港华 <b>", "name": "管理", "login": "root", "password": "quiet river stones"}


def test_the_first_visitor_is_led_through_creating_the_group() -> None:
    with new_world("sqlite") as world:
        client = world.client()
        page = client.get("/")
        assert "Create the group" in page.text
        assert re.search(r"style-src 'nonce-[\w-]+'", page.headers["content-security-policy"])
        weak = client.post("/setup", data={**FORM, "password": "short"})
        assert (weak.status_code, "10 to 128" in weak.text, "root" in weak.text) == (422, True, True)
        made = client.post("/setup", data=FORM, follow_redirects=False)
        assert (made.status_code, made.headers["location"]) == (303, "/")
        assert "/setup" not in client.get("/").text
        assert client.get("/api/v1/group").json()["name"]["zh"] == FORM["group"]
        assert client.get("/api/v1/me").json()["roles"] == [{"role": "admin", "site": None}]
        again = world.client().post("/setup", data=FORM, follow_redirects=False)
        assert again.status_code == 303
        assert "paiban" not in again.cookies


def test_a_form_of_another_site_is_not_taken() -> None:
    with new_world("sqlite") as world:
        refused = world.client().post("/setup", data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
        assert refused.status_code == 403


def test_the_page_speaks_the_language_of_the_visitor() -> None:
    with new_world("sqlite") as world:
        assert "创建集团" in world.client().get("/", headers={"Accept-Language": "zh-CN"}).text
