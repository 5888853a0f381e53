"""Web push to browsers (RFC 8030, 8291, 8292): encrypted for one subscription, signed by this service's own key."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.outside.outcome import Outcome, Verdict, asked_wait
from api.outside.post import Posted, host_of
from api.outside.robots import Asked, Message
from domain.language import Refusal, Text

HOSTS: Final = (
    "fcm.googleapis.com", ".push.services.mozilla.com", "updates.push.services.mozilla.com", ".push.apple.com",
    ".notify.windows.com",
)  # fmt: skip
LARGEST: Final = 3900
"""Octets of plain text; 4,096 with what is around it."""
KEPT_S: Final = 12 * 3600
"""So long the push service keeps it for a device that is off, and so long a sign is valid."""
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256."""


def subscription_of(told: Mapping[str, str]) -> dict[str, str]:
    """A subscription that a browser told; its push service must be a known one, its keys sound."""
    host = host_of(told["endpoint"])
    known = any(host == name or (name[0] == "." and host.endswith(name)) for name in HOSTS)
    if not known or not told["endpoint"].startswith("https://"):
        raise Refusal(Text("不认识的推送服务", "this push service is not known"))
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _octets(told["p256dh"]))
        sound = len(_octets(told["p256dh"])) == 65 and len(_octets(told["auth"])) == 16
    except ValueError:
        sound = False
    if not sound:
        raise Refusal(Text("推送密钥不正确", "the keys of the subscription are not sound"))
    return {name: told[name] for name in ("endpoint", "p256dh", "auth")}


@lru_cache(maxsize=4)
def key_of(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The key by which push services know this service: derived from its secret, so that all its workers have one."""
    drawn = HKDF(SHA256(), 48, None, b"web push").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_key(secret: bytes) -> str:
    """What browsers subscribe with (`applicationServerKey`)."""
    point = key_of(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def pushed(address: Mapping[str, str], message: Message, secret: bytes, subject: str) -> Asked:
    """A message for one subscription."""
    from py_vapid import Vapid02  # type: ignore[import-untyped]  # noqa: PLC0415 - large, and seldom wanted
    from pywebpush import WebPusher  # type: ignore[import-untyped]  # noqa: PLC0415 - the same

    at = urlsplit(address["endpoint"])
    keys = {"p256dh": address["p256dh"], "auth": address["auth"]}
    told = json.dumps({"title": message.subject[:200], "body": message.body}, ensure_ascii=False).encode()
    if len(told) > LARGEST:
        told = json.dumps({"title": message.subject[:200], "body": ""}, ensure_ascii=False).encode()
    sealed: Any = WebPusher({"endpoint": address["endpoint"], "keys": keys}).encode(told)["body"]
    claims = {"aud": f"{at.scheme}://{at.netloc}", "sub": subject, "exp": int(message.at.timestamp()) + KEPT_S}
    signed: dict[str, str] = Vapid02(private_key=key_of(secret)).sign(claims)
    more = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT_S)}
    return Asked(address["endpoint"], bytes(sealed), {**signed, **more, "Urgency": "high"})


def outcome_of(posted: Posted) -> Outcome:
    """404 and 410: the browser took its subscription back."""
    if 200 <= posted.status < 300:
        return Outcome(Verdict.TAKEN, posted.status)
    if posted.status in {404, 410}:
        return Outcome(Verdict.GONE, posted.status, "subscription gone")
    again = posted.status == 429 or posted.status >= 500
    verdict = Verdict.AGAIN if again else Verdict.REFUSED
    return Outcome(verdict, posted.status, f"HTTP {posted.status}", asked_wait(posted.headers))


def _octets(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
