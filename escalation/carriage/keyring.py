"""The private keys of this installation: one per tenant for evidence, one of the deployment's for the hop.

A name's keys are `<name>.pem` (in use) and `<name>.next.pem` (announced, taken into use once peers can know it).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from escalation.wire import keys
from zhitongche.kernel import files

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.wire.keys import PrivateKey

DEPLOYMENT: Final = "_deployment"
"""The name of the deployment's own key; no tenant's code begins like this."""
ANCHOR: Final = "_anchor"
"""The name of the key that issues a trust list, where that is done here."""


class Keyring:
    """The keys in a folder (`<bridge>/keys`), read anew each time: another process may have changed them."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "keys"
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def active(self, name: str) -> PrivateKey:
        """The key in use, made where there is none."""
        file = self._folder / f"{name}.pem"
        if not file.exists():
            _keep(file, keys.generate())
        return _read(file)

    def next(self, name: str) -> PrivateKey | None:
        """The announced key, where there is one."""
        file = self._folder / f"{name}.next.pem"
        return _read(file) if file.exists() else None

    def all(self, name: str) -> list[PrivateKey]:
        """The announced key before the one in use."""
        coming = self.next(name)
        return [*([coming] if coming else []), self.active(name)]

    def announce(self, name: str) -> PrivateKey:
        """Make the next key; where one is announced already, that one."""
        return self.next(name) or _keep(self._folder / f"{name}.next.pem", keys.generate())

    def change(self, name: str) -> PrivateKey:
        """Take the announced key into use; the old one is kept aside, its public half goes on verifying evidence."""
        file, coming = self._folder / f"{name}.pem", self._folder / f"{name}.next.pem"
        old = self.active(name)
        if coming.exists():
            _keep(self._folder / f"{name}.{old.keyid}.pem", old)
            coming.replace(file)
        return self.active(name)


def _read(file: Path) -> PrivateKey:
    return _parsed(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _parsed(file: Path, _changed: int) -> PrivateKey:
    return keys.from_pem(file.read_text())


def _keep(file: Path, key: PrivateKey) -> PrivateKey:
    files.keep_first(file, key.to_pem().encode())
    return _read(file)
