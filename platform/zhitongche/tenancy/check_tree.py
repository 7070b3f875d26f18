"""Who is above whom, under which name and host: the rules about packs among each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.tenancy import check_portal, check_ways, words, words_rules
from zhitongche.tenancy.findings import Spot
from zhitongche.tenancy.register_file import faults
from zhitongche.tenancy.vocabulary import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhitongche.tenancy.draft import Draft
    from zhitongche.tenancy.findings import Report

_AA: Final = 4.5


def check_own(draft: Draft) -> None:
    """The pack's own sheet: name of the folder, hours, colours, letters, register."""
    pack = draft.pack
    if pack.code != draft.folder.name:
        draft.fault(words_rules.other_folder(pack.code), words_rules.rename_folder(pack.code), "pack", "code")
    if pack.office_hours[0] >= pack.office_hours[1]:
        draft.fault(words_rules.HOURS_REVERSED, words_rules.MEND_HOURS, "pack", "office_hours")
    for name in ("primary", "accent"):
        ratio = contrast_on_white(getattr(pack.brand, name))
        if ratio < _AA:
            draft.fault(words_rules.weak_contrast(name, ratio), words_rules.DARKER, "pack", "brand", name)
    if pack.letter is None and any(action.verb == "issue" for action in pack.flow.actions.values()):
        draft.fault(words_rules.NO_LETTER, words_rules.ADD_LETTER, "pack")
    for line, what in faults(draft.folder / pack.register.file):
        draft.report.add(Spot(f"{draft.code}/{pack.register.file}", line), what, words_rules.MEND_ROW)
    _check_days(draft)


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of a colour (#rrggbb) with white. WCAG 2.2, 1.4.3."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def check_all(drafts: Iterable[Draft], known: frozenset[str], report: Report) -> None:
    """Parents exist, stand higher and form a tree; hosts and number prefixes belong to one pack each."""
    by_code = {draft.pack.code: draft for draft in drafts}
    taken: dict[str, str] = {}
    for draft in by_code.values():
        _check_parent(draft, by_code, known, report)
        check_ways.check_above(draft, by_code)
        check_portal.check_host(draft, by_code)
        names = [("hosts", host) for host in draft.pack.hosts] + [("number_prefix", draft.pack.number_prefix)]
        for key, name in names:
            other = taken.setdefault(f"{key} {name}", draft.code)
            if other != draft.code:
                draft.fault(words_rules.taken(name, other), words_rules.CHOOSE_ANOTHER, "pack", key)


def _check_parent(draft: Draft, by_code: dict[str, Draft], known: frozenset[str], report: Report) -> None:
    parent = draft.pack.parent
    if parent is None:
        return
    if parent not in known:
        report.unknown(draft.at("pack", "parent"), words.pack(parent), known)
    elif parent in by_code:
        order = list(LEVELS)
        if order.index(by_code[parent].pack.level) >= order.index(draft.pack.level):
            draft.fault(words_rules.parent_not_above(parent), words_rules.MEND_PARENT, "pack", "parent")


def _check_days(draft: Draft) -> None:
    seen = set()
    for index, day in enumerate(draft.pack.days):
        if day.date in seen:
            draft.fault(words.twice(day.date.isoformat()), words.KEEP_ONE, "calendar", "days", index)
        seen.add(day.date)
