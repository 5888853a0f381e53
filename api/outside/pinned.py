"""HTTPS to addresses that were looked at: a name is resolved once, and the connection goes to the very numbers checked.

Certificate and server name stay those of the host. No redirects, no proxies, nothing from the environment, and an end
after so many seconds however slowly the other side answers.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from api.outside.addresses import May

CONNECT_S: Final = 5.0
Found = tuple[int, int, int, str, tuple[Any, ...]]


class AddressRefused(Exception):
    """The address is not one to be sent to. Not an OSError: urllib3 would take it for a fault of the net."""


class _Watch(threading.local):
    """The deadline of this thread, and the sockets that it closes."""

    ends: float = float("inf")
    held: list[socket.socket] | None = None


_watch = _Watch()


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Whatever the block does over the net ends after so long: a read timeout alone holds for each octet anew."""
    held: list[socket.socket] = []
    _watch.ends, _watch.held = time.monotonic() + seconds, held
    timer = threading.Timer(seconds, _cut, (held,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for each in held:
            each.close()
        _watch.ends, _watch.held = float("inf"), None


def _cut(held: list[socket.socket]) -> None:
    for each in held:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def session(may: May, verify: str | bool = True) -> requests.Session:  # noqa: FBT001, FBT002 - as requests has it
    """A session that reaches allowed addresses alone, over HTTPS alone; `verify`: True, or a file of certificates."""
    made = _Session()
    made.verify = verify
    made.trust_env = False
    made.adapters.clear()
    made.mount("https://", _Adapter(may))
    made.headers.update({"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Paiban"})
    return made


class _Session(requests.Session):
    def get_redirect_target(self, resp: Any) -> str | None:  # noqa: ANN401, ARG002 - as requests declares it
        """There is none that is followed."""
        return None


class _Adapter(HTTPAdapter):
    def __init__(self, may: May) -> None:
        self._may = may
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as requests declares it
        """Connections that look at addresses."""
        super().init_poolmanager(*args, **kwargs)
        may = self._may

        class Connection(_Connection):
            allowed = staticmethod(may)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager.pool_classes_by_scheme = {"https": Pool}


class _Connection(HTTPSConnection):
    allowed: May

    def _new_conn(self) -> socket.socket:
        """A socket to an address that was looked at; one bad answer refuses the whole name."""
        found = self._resolved()
        for each in found:
            if not self.allowed(ipaddress.ip_address(each[4][0])):
                raise AddressRefused("the name leads to an address that is not public")
        for each in found:
            with suppress(OSError):
                return self._connected(each)
        raise NewConnectionError(self, "no address answered")

    def _resolved(self) -> list[Found]:
        try:
            return [tuple(each) for each in socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)]  # type: ignore[misc]
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]

    def _connected(self, found: Found) -> socket.socket:
        family, kind, protocol, _, where = found
        made = socket.socket(family, kind, protocol)
        made.settimeout(max(0.001, min(CONNECT_S, _watch.ends - time.monotonic())))
        try:
            made.connect(where)
        except OSError:
            made.close()
            raise
        if _watch.held is not None:
            _watch.held.append(made.dup())  # TLS takes the first one over
        return made
