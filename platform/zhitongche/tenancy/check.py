"""Static checks of packs: what `packs check` says, and what loading insists on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.tenancy import (
    check_flow,
    check_matters,
    check_meetings,
    check_offices,
    check_papers,
    check_portal,
    check_reach,
    check_routines,
    check_scenarios,
    check_texts,
    check_tree,
    check_ways,
    repeated,
    words_rules,
)
from zhitongche.tenancy.draft import Draft, draft
from zhitongche.tenancy.findings import Finding, Report, Spot
from zhitongche.tenancy.library import Library
from zhitongche.tenancy.schema import FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

RULES: Final[tuple[Callable[[Draft], None], ...]] = (
    check_tree.check_own,
    check_offices.check,
    check_matters.check,
    check_texts.check,
    check_papers.check,
    check_flow.check,
    check_ways.check,
    check_portal.check,
    check_meetings.check,
    check_routines.check,
    repeated.check,
)
"""The rules about one pack; `check_tree.check_all` holds those about all of them together."""

PROOFS: Final[tuple[Callable[[Draft], None], ...]] = (check_reach.check, check_scenarios.check)
"""What is only worth walking through once every word of a pack resolves."""


def check(folder: Path) -> list[Finding]:
    """All findings about the packs in `folder`, or about the one pack that `folder` itself is."""
    if (folder / FILES["pack"]).is_file():
        _, findings = examine([folder.parent])
        return [finding for finding in findings if finding.spot.file.startswith(f"{folder.name}/")]
    return examine([folder])[1]


def examine(dirs: Iterable[Path]) -> tuple[list[Draft], list[Finding]]:
    """Every pack of the folders that has the right form, and all findings, by file and line."""
    report = Report()
    library = Library(dirs, report)
    if not library.folders:
        report.add(Spot("tenants"), words_rules.NO_PACKS, words_rules.ADD_A_PACK)
    drafts = [found for code in library.folders if (found := draft(library, code)) is not None]
    for one in drafts:
        _examine_one(one)
    check_tree.check_all(drafts, frozenset(library.folders), report)
    return drafts, sorted(report.findings)


def _examine_one(one: Draft) -> None:
    before = one.report.noted
    for rule in RULES:
        rule(one)
    if one.report.noted == before:
        for proof in PROOFS:
            proof(one)
