"""Who keeps the anchor of deployments on one machine: makes their keys, issues the trust list, hands it to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from escalation.carriage import home, issuing, keyring, trusted
from escalation.carriage.keyring import Keyring
from escalation.wire import trust
from zhitongche.kernel import clock, files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from escalation.federation.plan import Site
    from zhitongche.tenancy.pack import Pack

REFRESH_SECONDS: Final = 600.0


class Notary:
    """Keeps the anchor in the federation's folder; `doors` are the ports at which others reach each deployment."""

    def __init__(self, folder: Path, sites: list[Site], packs: Mapping[str, Pack], base_domain: str, doors: Mapping[str, int]) -> None:
        self._folder, self._sites = home.below(folder), sites
        self._anchor = Keyring(self._folder).active(keyring.ANCHOR)
        self._members = [
            issuing.Member(
                site.code,
                # Under a tenant's own host: what the browser of a passer-by may reach, a peer may.
                f"http://{site.tenants[0]}.{base_domain}:{doors[site.code]}",
                Keyring(home.below(site.home)),
                tuple(packs[tenant] for tenant in site.tenants),
            )
            for site in sites
        ]

    @property
    def fingerprint(self) -> str:
        """What would be handed over on paper."""
        return trust.fingerprint(self._anchor.public)

    def issue(self) -> None:
        """Issue the next list and put it, with the anchor's fingerprint, where each deployment looks."""
        file = self._folder / trusted.LIST
        signed = issuing.reissued(file, self._members, self._anchor, clock.now())
        # Ours first: the serial must never fall, whatever is killed between two of these lines.
        files.replace(file, signed)
        for site in self._sites:
            bridge = home.below(site.home)
            files.replace(bridge / trusted.ANCHOR, self.fingerprint.encode())
            files.replace(bridge / trusted.LIST, signed)

