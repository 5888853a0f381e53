"""Signing in through an identity provider: OpenID Connect, code flow with PKCE (OpenID Connect Core 1.0; RFC 7636).

Nobody gets an account by it: an administrator makes one without a password, and its login is the provider's
`preferred_username`; the first log-in binds it to the provider's subject for good.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from api.auth.secrets import Seal
from api.http.problems import Problem
from api.settings import Settings
from domain.language import Text

ALGORITHMS: Final = ["RS256", "ES256", "PS256"]
"""Signatures by the provider's published keys alone: none and HMAC are not taken."""
TIMEOUT: Final = 10
SCOPE: Final = "openid profile"


@dataclass(frozen=True, slots=True)
class Begun:
    """A log-in on its way: where the browser goes, and what it carries until it comes back."""

    address: str
    sealed: str


class Provider:
    """The identity provider of the settings."""

    def __init__(self, settings: Settings, seal: Seal) -> None:
        self._settings, self._seal = settings, seal
        self._facts: dict[str, Any] | None = None

    def begin(self, callback: str) -> Begun:
        """Send the browser to the provider."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with self._session(callback) as session:
            address, state = session.create_authorization_url(
                self._known("authorization_endpoint"), code_verifier=verifier, nonce=nonce
            )
        sealed = self._seal.close(json.dumps({"state": state, "nonce": nonce, "verifier": verifier}))
        return Begun(address, sealed.decode())

    def finish(self, callback: str, answer: dict[str, str], sealed: str) -> dict[str, Any]:
        """The claims about whoever came back; anything that does not fit is refused."""
        words = self._seal.open(sealed.encode())
        carried = json.loads(words) if words else {}
        if not carried or not secrets.compare_digest(answer.get("state", ""), carried["state"]):
            raise Problem("wrong-credentials")
        try:
            with self._session(callback) as session:
                token = session.fetch_token(
                    self._known("token_endpoint"), code=answer.get("code", ""), code_verifier=carried["verifier"]
                )
                keys = session.request("GET", self._known("jwks_uri"), withhold_token=True, timeout=TIMEOUT).json()
            claims = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
            self._check(claims, carried["nonce"])
        except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
            raise Problem("wrong-credentials") from error
        return dict(claims)

    def _check(self, claims: dict[str, Any], nonce: str) -> None:
        """Issued by the provider, for us, now, and for this very log-in."""
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(time.time()),
            leeway=60,
            iss={"essential": True, "value": self._settings.oidc_issuer},
            aud={"essential": True, "value": self._settings.oidc_client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(claims)

    def _session(self, callback: str) -> Any:  # noqa: ANN401 - Authlib has no types
        return OAuth2Session(
            self._settings.oidc_client_id,
            self._settings.oidc_client_secret.get_secret_value(),
            scope=SCOPE,
            redirect_uri=callback,
            code_challenge_method="S256",
            default_timeout=TIMEOUT,
        )

    def _known(self, name: str) -> str:
        """What the provider says of itself (OpenID Connect Discovery 1.0); asked once."""
        if self._facts is None:
            address = f"{self._settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                with self._session("") as session:
                    facts = session.request("GET", address, withhold_token=True, timeout=TIMEOUT).json()
            except (RequestException, ValueError) as error:
                raise Problem("busy", Text("身份服务不可用", "the identity provider is away")) from error
            if facts.get("issuer") != self._settings.oidc_issuer:
                raise Problem("busy", Text("身份服务配置不符", "the identity provider says to be another"))
            self._facts = facts
        return str(self._facts[name])
