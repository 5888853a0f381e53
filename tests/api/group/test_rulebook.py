from __future__ import annotations

from api.auth.rights import Role
from constraints.catalogue import RULES
from tests.api.clients import World


def test_the_rule_book_names_every_rule_with_its_form_and_every_law_with_its_articles(world: World) -> None:
    client = world.of_role(Role.MANAGER)
    book = client.get("/api/v1/sites/harbour/rules").json()
    assert len(book["kinds"]) == len(RULES)
    rest = next(kind for kind in book["kinds"] if kind["rule"] == "daily-rest")
    assert rest["title"]["zh"]
    assert rest["standard"]["hours"] == 11
    assert rest["labels"]["hours"] == {"zh": "小时数", "en": "hours"}
    assert rest["form"]["properties"]["hours"]["type"] == "integer"
    law = next(law for law in book["laws"] if law["id"] == "cn-standard")
    assert {article["rule"] for article in law["articles"]} <= {kind["rule"] for kind in book["kinds"]}
