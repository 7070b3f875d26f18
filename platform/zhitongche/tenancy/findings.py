"""What is wrong with a pack: where, what, and what to do about it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.tenancy import words

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a pack: file (as `<pack>/<file>`) and line, counted from 1."""

    file: str
    line: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault, told so that an official can mend it."""

    spot: Spot
    what: str
    remedy: str

    def __str__(self) -> str:
        return words.finding(self.spot.file, self.spot.line, self.what, self.remedy)


class PackError(ZhitongcheError):
    """Packs that cannot be used; `findings` says why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
        self.args = (self.findings,)


@dataclass
class Report:
    """Collects findings, so that all faults of a pack are told at once.

    `noted` counts repeats too: packs built on a faulty one share its fault, and are unusable all the same.
    """

    findings: list[Finding] = field(default_factory=list)
    noted: int = 0

    def add(self, spot: Spot, what: str, remedy: str) -> None:
        """Note a fault; the same fault is noted once."""
        finding = Finding(spot, what, remedy)
        self.noted += 1
        if finding not in self.findings:
            self.findings.append(finding)

    def unknown(self, spot: Spot, what: str, known: Iterable[str]) -> None:
        """Note a word that is not among the known ones, proposing the nearest."""
        names = sorted(known)
        word = what.rpartition(" ")[2]
        near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
        self.add(spot, words.unknown(what), words.did_you_mean(near[0]) if near else words.one_of(names))
