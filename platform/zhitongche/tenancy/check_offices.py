"""Units and leaders: codes once, leaders in units, every role that the flow calls for held by somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.flow.parties import ROLE_PARTIES
from zhitongche.tenancy import words, words_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhitongche.tenancy.draft import Draft


def check(draft: Draft) -> None:
    """Note what is wrong with offices.yaml."""
    codes = [unit.code for unit in draft.pack.units]
    for code in twice(codes):
        draft.fault(words.twice(code), words.KEEP_ONE, "offices", "units", code)
    for index, leader in enumerate(draft.pack.leaders):
        if leader.unit not in codes:
            draft.unknown(words_rules.unit(leader.unit), codes, "offices", "leaders", index, "unit")
    if draft.pack.takes_petitions:
        _check_holders(draft)


def twice(codes: Iterable[str]) -> list[str]:
    """The codes that occur more than once."""
    seen: set[str] = set()
    return [code for code in codes if code in seen or seen.add(code)]  # type: ignore[func-returns-value]


def _check_holders(draft: Draft) -> None:
    parties = {party for action in draft.pack.flow.actions.values() for party in action.who}
    needed = {party if party in ROLE_PARTIES else "handler" for party in parties - {"enterprise", "system"}}
    for role in sorted(needed | {"admin"}):
        if not draft.pack.holders(role):
            draft.fault(words_rules.nobody_holds(role), words_rules.give_role(role), "offices", "units")
