"""The settings of the service, from the environment (`PAIBAN_…`); nothing outside this file reads it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.language import Refusal, Text

SHORTEST_SECRET = 32
KNOWN_SECRETS = ("changeme", "secret", "paiban", "password")


class Settings(BaseSettings):
    """Where the store lies, who is trusted, how strict log-ins are."""

    model_config = SettingsConfigDict(env_prefix="PAIBAN_", extra="ignore", frozen=True)

    folder: Path = Field(default=Path("paiban-data"), description="of the embedded database and its secret")
    database_url: str = Field(default="", description="postgresql+psycopg://…; empty: SQLite in the folder")
    secret: SecretStr = Field(
        default=SecretStr(""), description="32 characters or more, seals second factors; SQLite makes its own"
    )
    demo: bool = Field(default=False, description="a demo group: known passwords, no second factor demanded")
    public_url: str = Field(default="http://127.0.0.1:8765", description="how browsers reach the service")
    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=1, le=65535)
    second_factor: Literal["required", "offered"] = Field(
        default="required", description="of schedulers, managers, auditors and administrators"
    )
    trusted_proxies: tuple[str, ...] = Field(default=(), description="whose X-Forwarded-For is believed")
    idle_minutes: int = Field(default=60, ge=1, description="a session ends after so long without a request")
    session_hours: int = Field(default=12, ge=1, description="a session ends after so long in any case")
    requests_a_minute: int = Field(default=600, ge=1, description="of one account or address")
    largest_upload_mb: int = Field(default=64, ge=1)
    worker: bool = Field(default=True, description="whether `serve` runs the jobs too")
    solver_seconds: float = Field(default=120.0, gt=0, description="for a month's roster, unless asked otherwise")
    metrics_token: SecretStr = Field(default=SecretStr(""), description="who shows it may read /metrics; empty: nobody")
    drop_folder: Path | None = Field(
        default=None, description="FOLDER/SITE/*.csv: call records that an exchange drops are taken from there"
    )
    mail_url: SecretStr = Field(
        default=SecretStr(""),
        description="smtp://host, smtps://… or smtp+starttls://user:password@host; empty: no mail",
    )
    outbound_networks: tuple[str, ...] = Field(
        default=(),
        description="networks of one's own that webhooks may reach, as 10.1.0.0/16",
    )
    outbound_ca: Path | None = Field(
        default=None, description="a PEM file of certificates to trust instead of the usual ones"
    )
    mail_from: str = Field(default="Paiban <paiban@localhost>", description="who writes the mails")
    oidc_second_factor: bool = Field(default=True, description="whether the provider asks for a second factor")
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _no_known_secret(self) -> Self:
        told = self.secret.get_secret_value()
        if self.demo or not told:
            return self
        if len(told) < SHORTEST_SECRET or told.lower() in KNOWN_SECRETS:
            raise Refusal(Text("PAIBAN_SECRET 至少要32个字符", "PAIBAN_SECRET needs 32 characters at least"))
        return self

    @property
    def url(self) -> str:
        """The address of the store."""
        return self.database_url or f"sqlite:///{self.folder / 'paiban.db'}"

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS, so that cookies can insist on it."""
        return self.public_url.startswith("https://")

    def key(self) -> bytes:
        """The secret; an embedded store makes its own once and keeps it beside the database."""
        if told := self.secret.get_secret_value():
            return told.encode()
        if self.database_url:
            words = Text("使用外部数据库时必须设置 PAIBAN_SECRET", "a database by URL needs PAIBAN_SECRET")
            raise Refusal(words)
        return _kept(self.folder / "secret")


def _kept(file: Path) -> bytes:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_bytes()
