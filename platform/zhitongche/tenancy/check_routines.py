"""Routines: each says on which day, in the words of how often it comes; a report says whom it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.vocabulary import REPORT_MESSAGE, ROUTINE_KEYS, URGING_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from zhitongche.tenancy.draft import Draft

PAPER: Final = "urging_notice"
_DAYS: Final[dict[str, str]] = {"week": "weekday", "month": "day", "quarter": "day"}


def check(draft: Draft) -> None:
    """Note what is wrong with pack.yaml's `routines`."""
    for index, raw in enumerate(draft.pack.raw["pack"]["routines"]):
        _check_day(draft, raw, index)
        if raw["kind"] == "report":
            _check_report(draft, raw, index)
        if raw["kind"] == "urging":
            _check_urging(draft, raw, index)
        for kind, keys in ROUTINE_KEYS.items():
            for key in sorted(keys & set(raw)) if kind != raw["kind"] else ():
                draft.fault(words_rules.only_routine(key, kind), words_rules.LEAVE_OUT, "pack", "routines", index, key)


def _check_day(draft: Draft, raw: Mapping[str, Any], index: int) -> None:
    every = raw.get("every", "month")
    for key in dict.fromkeys(_DAYS.values()):
        if (key in raw) != (key == _DAYS[every]):
            what = words_rules.not_of(key, every) if key in raw else words.missing(key)
            draft.fault(what, words_rules.routine_days(every, _DAYS[every]), "pack", "routines", index)


def _check_report(draft: Draft, raw: Mapping[str, Any], index: int) -> None:
    here = ("pack", "routines", index)
    if not raw.get("tells"):
        draft.fault(words.missing("tells"), words.add_key("tells"), *here)
    for role in raw.get("tells", ()):
        if not draft.pack.holders(role):
            draft.fault(words_rules.nobody_holds(role), words_rules.give_role(role), *here, "tells")
    if REPORT_MESSAGE not in draft.pack.messages:
        draft.fault(words_rules.no_message(REPORT_MESSAGE, words_rules.REPORT_MADE), words.add_key(REPORT_MESSAGE), "messages")


def _check_urging(draft: Draft, raw: Mapping[str, Any], index: int) -> None:
    here, by = ("pack", "routines", index), raw.get("by", ())
    if not by:
        draft.fault(words.missing("by"), words_rules.URGING_BY, *here)
    elif "system" not in by and not any(draft.pack.holders(role) for role in by):
        draft.fault(words_rules.nobody_holds(by[0]), words_rules.give_role(by[0]), *here, "by")
    if not any(action.verb == "urge" and action.through == "urging" for action in draft.pack.flow.actions.values()):
        draft.fault(words_rules.NO_URGING, words_rules.ADD_URGING, *here)
    if PAPER not in draft.pack.papers:
        draft.unknown(words_rules.paper(PAPER), draft.pack.papers, *here)
    for code in sorted(set(URGING_MESSAGES) - set(draft.pack.messages)):
        draft.fault(words_rules.no_message(code, URGING_MESSAGES[code]), words.add_key(code), "messages")
