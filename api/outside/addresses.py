"""Which addresses the service may be sent to by what people write down: public ones alone (ASVS 5.0, 1.3.6)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
May = Callable[[Address], bool]
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
UNICAST: Final = ipaddress.ip_network("2000::/3")
NEVER: Final = tuple(
    ipaddress.ip_network(net)
    for net in ("192.0.0.0/24", "192.88.99.0/24", "2001:20::/28", "2001:db8::/32", "3fff::/20")
)
"""What some versions of Python call global, and nobody is reached at."""
WITHIN: Final = (
    "127.0.0.0/8", "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::1/128", "::/128", "fe80::/10", "ff00::/8",
)  # fmt: skip
"""The machine itself, its neighbours on the wire, and where clouds keep their secrets: nobody can allow these."""


def is_public(address: Address) -> bool:
    """Whether an address lies on the public net; one of version 4 inside one of version 6 is looked at itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is None and (address not in UNICAST or address.sixtofour or address.teredo):
            return False
        address = inner or address
    return address.is_global and not address.is_multicast and not any(address in net for net in NEVER)


def allowing(networks: Iterable[str]) -> May:
    """Public addresses, and those of some networks of the operator's own; never the machine itself."""
    own = [ipaddress.ip_network(net) for net in networks]
    within = [ipaddress.ip_network(net) for net in WITHIN]

    def may(address: Address) -> bool:
        bare = (_inner(address) if isinstance(address, ipaddress.IPv6Address) else None) or address
        return is_public(address) or (any(bare in net for net in own) and not any(bare in net for net in within))

    return may


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped
