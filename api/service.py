"""What a running service holds: settings, store, seals; handed to whoever answers a request or runs a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from api.auth.oidc import Provider
from api.auth.secrets import Seal
from api.feeds.kept import Editions
from api.http.limits import Limiter
from api.http.rendered import Rendered
from api.jobs.rows import Nobody, Post
from api.settings import Settings
from api.store.store import Store


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that everything shares."""

    settings: Settings
    store: Store
    factors: Seal
    """Seals the secrets of one-time codes."""
    limiter: Limiter
    post: Post
    """Hands jobs over."""
    rendered: Rendered
    editions: Editions
    provider: Provider

    @classmethod
    def of(cls, settings: Settings, store: Store, post: Post | None = None) -> Self:
        """A service over a store; without a post jobs wait."""
        provider = Provider(settings, Seal(settings.key(), "log-in on its way"))
        seal, limiter = Seal(settings.key(), "second factor"), Limiter(settings.requests_a_minute)
        return cls(settings, store, seal, limiter, post or Nobody(), Rendered(), Editions(), provider)
