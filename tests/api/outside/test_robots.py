"""Chat robots: what each is sent, how addresses are read, and whose refusals are seen behind a 200."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from api.outside.outcome import HOOK_WAITS, LETTER_WAITS, Outcome, Verdict, of_hook, wait
from api.outside.post import Posted
from api.outside.robots import ROBOTS, WECOM_OCTETS, Message, address_of, outcome_of
from domain.language import Refusal

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
TOLD = Message("换班已批准", "12月7日: 早 → 中 <b>&", AT)


@pytest.mark.parametrize(
    ("kind", "told", "kept"),
    [
        ("wecom", "693axxx6-7aoc-4bc4", {"token": "693axxx6-7aoc-4bc4"}),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc", {"token": "693axxx6-7aoc"}),
        ("dingtalk", "https://oapi.dingtalk.com/r/s?access_token=abcd-01x", {"token": "abcd-01x", "secret": "s"}),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/abcdef-0123", {"token": "abcdef-0123", "secret": "s"}),
        ("slack", "https://hooks.slack.com/services/T0/B0/x1", {"url": "https://hooks.slack.com/services/T0/B0/x1"}),
        (
            "teams",
            "https://prod-1.westeurope.logic.azure.com/workflows/x?sig=1",
            {"url": "https://prod-1.westeurope.logic.azure.com/workflows/x?sig=1"},
        ),
    ],
)  # fmt: skip
def test_an_address_is_read_as_its_owner_copies_it(kind: str, told: str, kept: dict[str, str]) -> None:
    assert address_of(kind, told, "s") == kept


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("wecom", "short"),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        ("feishu", "https://open.feishu.cn/../../x?y"),
        ("slack", "https://hooks.slack.com.evil.example/services/T0/B0/x1"),
        ("slack", "http://hooks.slack.com/services/T0/B0/x1"),
        ("teams", "https://evil.example/.logic.azure.com"),
        ("teams", "https://logic.azure.com.evil.example/x"),
    ],
)
def test_an_address_of_another_host_or_form_is_refused(kind: str, told: str) -> None:
    with pytest.raises(Refusal):
        address_of(kind, told, "")


def test_each_robot_is_asked_at_its_own_host_in_json() -> None:
    addresses = {
        "slack": {"url": "https://hooks.slack.com/services/T0/B0/x1"},
        "teams": {"url": "https://prod-1.westeurope.logic.azure.com/x"},
    }
    hosts = {}
    for kind, robot in ROBOTS.items():
        asked = robot(addresses.get(kind, {"token": "abcdef0123"}), TOLD)
        hosts[kind] = urlsplit(asked.url).hostname
        assert "换班已批准" in json.dumps(json.loads(asked.body), ensure_ascii=False)
    assert hosts == {
        "wecom": "qyapi.weixin.qq.com",
        "dingtalk": "oapi.dingtalk.com",
        "feishu": "open.feishu.cn",
        "slack": "hooks.slack.com",
        "teams": "prod-1.westeurope.logic.azure.com",
    }
    assert "&lt;b&gt;&amp;" in ROBOTS["slack"](addresses["slack"], TOLD).body.decode()


def test_signs_of_dingtalk_and_feishu_can_be_worked_out_again() -> None:
    asked = ROBOTS["dingtalk"]({"token": "abcdef0123", "secret": "SEC+/="}, TOLD)
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked.url).query).items()}
    wanted = hmac.new(b"SEC+/=", f"{query['timestamp']}\nSEC+/=".encode(), hashlib.sha256).digest()
    assert base64.b64decode(query["sign"]) == wanted
    body = json.loads(ROBOTS["feishu"]({"token": "abcdef0123", "secret": "s"}, TOLD).body)
    assert base64.b64decode(body["sign"]) == hmac.new(f"{body['timestamp']}\ns".encode(), b"", hashlib.sha256).digest()


def test_wecom_is_not_sent_more_than_it_takes_and_no_half_a_sign() -> None:
    asked = ROBOTS["wecom"]({"token": "abcdef0123"}, Message("长" * 3000, "", AT))
    text = json.loads(asked.body)["text"]["content"]
    assert len(text.encode()) <= WECOM_OCTETS
    assert set(text) == {"长"}


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, b'{"errcode":0,"errmsg":"ok"}', Verdict.TAKEN),
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', Verdict.REFUSED),
        (200, b'{"errcode":45009}', Verdict.AGAIN),
        (200, b'{"code":19021,"msg":"sign match fail"}', Verdict.REFUSED),
        (200, b"ok", Verdict.TAKEN),
        (202, b"", Verdict.TAKEN),
        (302, b"", Verdict.REFUSED),
        (400, b"", Verdict.REFUSED),
        (404, b"", Verdict.GONE),
        (429, b"", Verdict.AGAIN),
        (503, b"", Verdict.AGAIN),
    ],
)
def test_what_a_robot_answers(status: int, body: bytes, verdict: Verdict) -> None:
    assert outcome_of(Posted(status, {}, body)).verdict is verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, Verdict.TAKEN), (204, Verdict.TAKEN), (301, Verdict.AGAIN), (410, Verdict.GONE), (404, Verdict.AGAIN)],
)
def test_what_a_webhook_answers(status: int, verdict: Verdict) -> None:
    assert of_hook(Posted(status)).verdict is verdict


def test_tries_come_at_longer_and_longer_intervals_heed_what_is_asked_and_end() -> None:
    for waits in (LETTER_WAITS, HOOK_WAITS):
        told = [wait(waits, tries, Outcome(Verdict.AGAIN), "a") for tries in range(1, len(waits) + 2)]
        assert told[-1] is None
        seconds = [pause.total_seconds() for pause in told if pause]
        assert all(least <= pause <= 1.2 * least for least, pause in zip(waits, seconds, strict=True))
    asked = wait(HOOK_WAITS, 1, of_hook(Posted(503, {"Retry-After": "900"})), "a")
    assert asked is not None
    assert asked.total_seconds() == 900
    assert wait(HOOK_WAITS, 1, Outcome(Verdict.AGAIN), "a") != wait(HOOK_WAITS, 1, Outcome(Verdict.AGAIN), "b")
