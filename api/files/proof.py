"""certificate.json: the fewest emergency people at any minute, where, and the hash of the roster it speaks of."""

from __future__ import annotations

import json
from pathlib import Path

from constraints.certificate import Certificate


def certificate_facts(certificate: Certificate) -> dict[str, object]:
    """The certificate as JSON values."""
    return {
        "skill": certificate.skill,
        "floor": certificate.floor,
        "minimum": certificate.minimum,
        "minimum_at": certificate.where.isoformat(),
        "minutes": certificate.minutes,
        "minutes_below_floor": certificate.minutes_below,
        "holds": certificate.holds,
        "roster_sha256": certificate.roster_hash,
        "law": certificate.law,
    }


def write_certificate(path: Path, certificate: Certificate) -> None:
    """Write the certificate."""
    path.write_text(json.dumps(certificate_facts(certificate), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
