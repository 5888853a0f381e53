"""Chat robots: what each is sent, and whether it took it. Most answer 200 to what they refuse, and tell it in the body.

企业微信 (群机器人), 钉钉 (自定义机器人, 加签), 飞书 (自定义机器人, 签名校验), Slack (webhooks), Teams (workflows).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from api.outside.outcome import Outcome, Verdict, asked_wait
from api.outside.post import Posted, host_of
from domain.language import Refusal, Text

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{8,200}")
SLACK: Final = re.compile(r"https://hooks\.slack(-gov)?\.com/services/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]+")
TEAMS: Final = (".logic.azure.com", ".webhook.office.com", ".api.powerplatform.com")
WECOM_OCTETS: Final = 2048
LONGEST: Final = 4000
BUSY: Final = frozenset({45009, 9499, 11232, 130101, 99991400})
"""Codes by which they say that they are asked too often."""
JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told."""

    subject: str
    body: str
    at: datetime
    """When it is sent: some sign it."""

    @property
    def text(self) -> str:
        """In one piece."""
        return f"{self.subject}\n{self.body}" if self.body and self.body != self.subject else self.subject


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is to be made."""

    url: str
    body: bytes
    headers: Mapping[str, str]


Address = Mapping[str, str]
"""What is kept, sealed, of where a robot is."""


def wecom(address: Address, message: Message) -> Asked:
    """企业微信: 2,048 octets of text at most."""
    text = message.text.encode()[:WECOM_OCTETS].decode(errors="ignore")
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?" + urlencode({"key": address["token"]})
    return _json(url, {"msgtype": "text", "text": {"content": text}})


def dingtalk(address: Address, message: Message) -> Asked:
    """钉钉: signed over time and secret; the sign is escaped once."""
    query = {"access_token": address["token"]}
    if address.get("secret"):
        at = str(round(message.at.timestamp() * 1000))
        query |= {"timestamp": at, "sign": _mac(address["secret"], f"{at}\n{address['secret']}")}
    url = "https://oapi.dingtalk.com/robot/send?" + urlencode(query)
    return _json(url, {"msgtype": "text", "text": {"content": message.text[:LONGEST]}})


def feishu(address: Address, message: Message) -> Asked:
    """飞书: time and secret are the key of the sign, its message is empty."""
    told: dict[str, Any] = {"msg_type": "text", "content": {"text": message.text[:LONGEST]}}
    if address.get("secret"):
        at = str(int(message.at.timestamp()))
        told |= {"timestamp": at, "sign": _mac(f"{at}\n{address['secret']}", "")}
    return _json(f"https://open.feishu.cn/open-apis/bot/v2/hook/{address['token']}", told)


def slack(address: Address, message: Message) -> Asked:
    """Slack: signs that mean something to it are escaped."""
    text = message.text[:LONGEST].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _json(address["url"], {"text": text})


def teams(address: Address, message: Message) -> Asked:
    """Teams: an adaptive card, as workflows take it."""
    blocks = [{"type": "TextBlock", "text": message.subject, "weight": "Bolder", "wrap": True}]
    blocks += [{"type": "TextBlock", "text": message.body[:LONGEST], "wrap": True}] if message.body else []
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return _json(address["url"], {"type": "message", "attachments": [attachment]})


ROBOTS: Final[dict[str, Callable[[Address, Message], Asked]]] = {
    "wecom": wecom, "dingtalk": dingtalk, "feishu": feishu, "slack": slack, "teams": teams,
}  # fmt: skip
KEYED: Final = {"wecom": "key", "dingtalk": "access_token", "feishu": ""}
"""Robots that are told by a token, and where it stands in the address that their owners copy."""


def address_of(kind: str, told: str, secret: str) -> dict[str, str]:
    """What is kept of an address that somebody told: a token, or the address that the chat shows."""
    if kind in KEYED:
        token = _token(told, KEYED[kind]) if told.startswith("https://") else told
        if not TOKEN.fullmatch(token):
            raise Refusal(Text("应为机器人的密钥或完整地址", "the robot's key is wanted, or its whole address"))
        return {"token": token, **({"secret": secret} if secret and kind != "wecom" else {})}
    host = host_of(told)
    if kind == "slack" and not SLACK.fullmatch(told):
        raise Refusal(Text("应为 https://hooks.slack.com/services/…", "https://hooks.slack.com/services/… is wanted"))
    if kind == "teams" and not (told.startswith("https://") and host.endswith(TEAMS)):
        raise Refusal(Text("应为 Teams 工作流的 https 地址", "the https address of a Teams workflow is wanted"))
    return {"url": told}


def outcome_of(posted: Posted) -> Outcome:
    """Whether a robot took it: by status, and by the code in its answer where it has one."""
    if posted.status in {404, 410}:
        return Outcome(Verdict.GONE, posted.status, f"HTTP {posted.status}")
    if posted.status == 429 or posted.status >= 500:
        return Outcome(Verdict.AGAIN, posted.status, f"HTTP {posted.status}", asked_wait(posted.headers))
    if not 200 <= posted.status < 300:
        return Outcome(Verdict.REFUSED, posted.status, f"HTTP {posted.status}")
    code, words = _said(posted.body)
    if code == 0:
        return Outcome(Verdict.TAKEN, posted.status)
    return Outcome(Verdict.AGAIN if code in BUSY else Verdict.REFUSED, posted.status, f"{code}: {words}")


def _said(body: bytes) -> tuple[int, str]:
    """The code of an answer and its words; an answer without one is none of refusal."""
    try:
        told = json.loads(body)
        code = told.get("errcode", told.get("code", told.get("StatusCode", 0)))
        return int(code), str(told.get("errmsg", told.get("msg", "")))[:150]
    except (ValueError, AttributeError, TypeError, OverflowError, RecursionError):
        return 0, ""


def _token(url: str, name: str) -> str:
    if not host_of(url):
        return ""
    parts = urlsplit(url)
    return parse_qs(parts.query).get(name, [""])[0] if name else parts.path.rpartition("/")[2]


def _mac(key: str, words: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


def _json(url: str, told: Mapping[str, Any]) -> Asked:
    return Asked(url, json.dumps(told, ensure_ascii=False).encode(), JSON)
