"""Requests counted, for the measures."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 1.0, 3.0, 10.0)
REGISTRY: Final = CollectorRegistry()
REQUESTS: Final = Counter("paiban_requests", "Requests", ("method", "route", "status"), registry=REGISTRY)
SECONDS: Final = Histogram(
    "paiban_request_seconds", "Seconds a request took", ("route",), buckets=BUCKETS, registry=REGISTRY
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """One request more; what no route answers is counted together, so that nobody makes series at will."""
    REQUESTS.labels(method, route or "none", str(status)).inc()
    SECONDS.labels(route or "none").observe(seconds)
