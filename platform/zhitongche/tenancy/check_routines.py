"""Routines: each says on which day, in the words of how often it comes; a report says whom it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.vocabulary import REPORT_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from zhitongche.tenancy.draft import Draft

_DAYS: Final[dict[str, str]] = {"week": "weekday", "month": "day", "quarter": "day"}
_OF_REPORTS: Final = ("covers", "tells")


def check(draft: Draft) -> None:
    """Note what is wrong with pack.yaml's `routines`."""
    for index, raw in enumerate(draft.pack.raw["pack"]["routines"]):
        _check_day(draft, raw, index)
        if raw["kind"] == "report":
            _check_report(draft, raw, index)
        for key in _OF_REPORTS if raw["kind"] != "report" else ():
            if key in raw:
                draft.fault(words_rules.only_reports(key), words_rules.LEAVE_OUT, "pack", "routines", index, key)


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
