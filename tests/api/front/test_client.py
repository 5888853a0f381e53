"""The built client as it is served; with a stand-in for it, so that nothing has to be built."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.front import client as front
from tests.api.clients import new_world


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Paiban 排班</title>", encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "assets" / "app-1.js").write_text("go()", encoding="utf-8")
    (tmp_path / "assets" / "app-1.js.gz").write_bytes(gzip.compress(b"go()"))
    monkeypatch.setattr(front, "BUILT", tmp_path)
    with new_world("sqlite", "harbour") as world:
        yield world.client()


@pytest.mark.parametrize("path", ["/", "/sites/harbour/roster/2026-12", "/me", "/me/swaps", "/cycle", "/sign-in"])
def test_every_address_of_the_client_is_its_page(visitor: TestClient, path: str) -> None:
    page = visitor.get(path)
    assert (page.status_code, "Paiban 排班" in page.text) == (200, True)
    assert page.headers["cache-control"] == "no-cache"


def test_the_policy_lets_no_script_in_that_is_not_ours(visitor: TestClient) -> None:
    policy = visitor.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_files_are_kept_for_ever_and_packed_for_who_takes_them_so(visitor: TestClient) -> None:
    packed = visitor.get("/assets/app-1.js", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get("/assets/app-1.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == "go()"
    assert {"immutable", "public"} <= set(packed.headers["cache-control"].replace(",", "").split())
    assert packed.headers["content-type"].startswith("text/javascript")
    assert visitor.get("/icon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/nowhere", "/assets/none.js", "/assets/..%2findex.html", "/.env", "/wp/admin", "/assets/", "/api/v1/none"]
)
def test_nothing_else_is_served(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code in (401, 404, 422)


def test_a_client_that_was_not_built_says_how(visitor: TestClient, tmp_path: Path) -> None:
    (tmp_path / "index.html").unlink()
    missing = visitor.get("/me", headers={"Accept-Language": "en"})
    assert (missing.status_code, "make setup" in missing.text) == (503, True)
