"""All packs of an installation, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from zhitongche.tenancy import words
from zhitongche.tenancy.check import examine
from zhitongche.tenancy.findings import PackError, Report, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from zhitongche.kernel.settings import Settings
    from zhitongche.tenancy.findings import Finding
    from zhitongche.tenancy.pack import Pack


class Registry(Mapping[str, "Pack"]):
    """Packs by code, by host, by parent; `below` knows those too that another deployment serves."""

    def __init__(self, packs: Iterable[Pack], folders: Mapping[str, Path], elsewhere: Iterable[Pack] = ()) -> None:
        self._packs = {pack.code: pack for pack in packs}
        self._beneath: dict[str, list[Pack]] = {}
        for pack in sorted(({one.code: one for one in elsewhere} | self._packs).values(), key=lambda one: (one.region_code, one.code)):
            self._beneath.setdefault(pack.parent or "", []).append(pack)
        self._folders = dict(folders)
        self._hosts = {host: pack.code for pack in self._packs.values() for host in pack.hosts}

    def __getitem__(self, code: str) -> Pack:
        return self._packs[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)

    def by_host(self, host: str) -> Pack | None:
        """The pack that a host name (a port is ignored, case too) belongs to."""
        code = self._hosts.get(host.partition(":")[0].lower().rstrip("."))
        return self._packs[code] if code else None

    def children(self, code: str) -> list[Pack]:
        """The packs directly below."""
        return [pack for pack in self._packs.values() if pack.parent == code]

    def below(self, code: str) -> list[Pack]:
        """Every pack below, wherever it is served: each before those below it, neighbours by their region codes."""
        return [one for pack in self._beneath.get(code, ()) for one in (pack, *self.below(pack.code))]

    def hosted(self, code: str) -> list[Pack]:
        """The packs below whose portal is this one's."""
        return [pack for pack in self.children(code) if pack.hosted_by == code]

    def folder(self, code: str) -> Path:
        """Where the pack's files are (its register.csv among them)."""
        return self._folders[code]


def of(settings: Settings) -> Registry:
    """The packs that this installation serves. Raises PackError."""
    return load(settings.tenants_dirs, settings.base_domain, settings.served)


def load(dirs: Iterable[Path], base_domain: str = "localhost", served: frozenset[str] | None = None) -> Registry:
    """Load the packs below the folders, each served as `<code>.<base_domain>` beside its own hosts.

    `served`: only these; the others are checked too, since packs build on them and rise to them (another
    deployment serves them). Raises PackError with all findings where any is faulty.
    """
    drafts, findings = examine(list(dirs))
    findings += _unknown(served or frozenset(), frozenset(draft.code for draft in drafts)) if not findings else []
    if findings:
        raise PackError(findings)
    ours = [draft for draft in drafts if served is None or draft.code in served]
    return Registry(
        [_served(draft.pack, base_domain) for draft in ours], {draft.code: draft.folder for draft in ours}, [draft.pack for draft in drafts]
    )


def _unknown(served: frozenset[str], known: frozenset[str]) -> list[Finding]:
    report = Report()
    for code in sorted(served - known):
        report.unknown(Spot("ZHITONGCHE_SERVED"), words.pack(code), known)
    return sorted(report.findings)


def _served(pack: Pack, base_domain: str) -> Pack:
    hosts = dict.fromkeys([*pack.hosts, f"{pack.code}.{base_domain}"])
    return replace(pack, hosts=tuple(hosts))
