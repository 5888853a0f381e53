"""Requests to the outside: to addresses that were looked at, with a certificate of their name, and an end in time."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.outside import post as outbound
from api.outside.addresses import allowing, is_public
from api.outside.pinned import AddressRefused
from api.outside.post import FAULTS, poster

pytestmark = pytest.mark.enable_socket
Said = bytes | Callable[[ssl.SSLSocket], None]
PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "192.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::1", "2001:0:1::1", "::10.0.0.1",
    "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_within_are_never_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_net_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_an_operator_may_allow_his_own_networks_and_never_the_machine_itself() -> None:
    may = allowing(["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16"])
    told = {address: may(ipaddress.ip_address(address)) for address in PRIVATE}
    assert [address for address, yes in told.items() if yes] == ["10.1.2.3", "::ffff:10.0.0.1", "64:ff9b::a00:1"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "https://", "https://user@example.com/", "https://example.com:22/",
        "https://example.com/#x", "https://[::1", "//example.com", "",
    ],
)  # fmt: skip
def test_an_odd_address_is_refused_before_anything_is_resolved(url: str) -> None:
    with pytest.raises(AddressRefused):
        poster()(url, b"", {})


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_names_and_numbers_that_lead_within_are_refused(host: str) -> None:
    with pytest.raises((AddressRefused, *FAULTS)) as caught:
        poster()(f"https://{host}:8443/", b"", {})
    assert caught.type is AddressRefused or "resolve" in str(caught.value).lower()


def test_a_name_with_one_bad_address_is_refused_and_resolved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = ("93.184.216.34", "10.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(AddressRefused):
        poster()("https://rebind.example/", b"", {})
    assert asked == ["rebind.example"]


class Served:
    """A receiver over TLS in the test, who answers as he is told."""

    def __init__(self, folder: Path, answer: Said, name: str = "localhost") -> None:
        self.authorities, key_file = _certificate(folder, name)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.authorities, key_file)
        self.answer, self.asked = answer, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            with self.context.wrap_socket(plain, server_side=True) as safe:
                _read_whole(safe)
                self.asked += 1
                if isinstance(self.answer, bytes):
                    safe.sendall(self.answer)
                else:
                    self.answer(safe)
        except OSError:
            pass


def _read_whole(safe: ssl.SSLSocket) -> None:
    """Read a request to its end: a connection closed over what was not read is reset, and the answer is lost."""
    told = b""
    while b"\r\n\r\n" not in told and (more := safe.recv(65536)):
        told += more
    head, _, body = told.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    left = int(length[1]) - len(body) if length else 0
    while left > 0 and (more := safe.recv(65536)):
        left -= len(more)


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "authority.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return pem, secret


@contextmanager
def serving(folder: Path, answer: Said, patch: pytest.MonkeyPatch, name: str = "localhost") -> Iterator[Served]:
    served = Served(folder, answer, name)
    patch.setattr(outbound, "PORTS", frozenset({served.port}))
    threading.Thread(target=served.run, daemon=True).start()
    try:
        yield served
    finally:
        served.listener.close()


def everywhere(_: object) -> bool:
    return True


def test_what_is_answered_comes_back_and_no_redirect_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nno"
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with serving(tmp_path, answer, monkeypatch) as served:
        got = poster(everywhere, served.authorities)(f"https://localhost:{served.port}/hook", b"{}", {"X": "1"})
        assert (got.status, got.body, served.asked) == (302, b"no", 1)


def test_a_certificate_of_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, b"HTTP/1.1 200 OK\r\n\r\n", monkeypatch, "other.example") as served:
        with pytest.raises(FAULTS):
            poster(everywhere, served.authorities)(f"https://localhost:{served.port}/", b"", {})
        with pytest.raises(FAULTS):
            poster(everywhere)(f"https://localhost:{served.port}/", b"", {})
        assert served.asked == 0


def test_a_huge_answer_is_cut_and_a_slow_one_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 5_000_000
    with serving(tmp_path, huge, monkeypatch) as served:
        got = poster(everywhere, served.authorities)(f"https://localhost:{served.port}/", b"", {})
        assert len(got.body) == outbound.LARGEST_ANSWER

    def drip(safe: ssl.SSLSocket) -> None:
        for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 100:
            safe.sendall(bytes([sign]))
            time.sleep(0.2)

    monkeypatch.setattr(outbound, "TOTAL_S", 1.0)
    with serving(tmp_path, drip, monkeypatch) as served:
        began = time.monotonic()
        with pytest.raises(FAULTS):
            poster(everywhere, served.authorities)(f"https://localhost:{served.port}/", b"", {})
        assert time.monotonic() - began < 15
