"""Categories, matters and grounds: codes once, usual units able to handle, limits where the flow needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.check_offices import twice
from zhitongche.tenancy.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from zhitongche.tenancy.draft import Draft


def check(draft: Draft) -> None:
    """Note what is wrong with matters.yaml."""
    raw = draft.pack.raw["matters"]
    lists = (("categories",), ("matters",), ("grounds", "accept"), ("grounds", "refuse"))
    for path in lists:
        items = raw
        for step in path:
            items = items[step]
        for code in twice(item["code"] for item in items):
            draft.fault(words.twice(code), words.KEEP_ONE, "matters", *path, code)
    _check_usual(draft)
    _check_limits(draft)
    _check_grounds(draft)


def _check_usual(draft: Draft) -> None:
    units = draft.pack.units_by_code
    for matter in draft.pack.matters.values():
        if matter.usual not in units:
            draft.unknown(words_rules.unit(matter.usual), units, "matters", "matters", matter.code, "usual")
        elif "handler" not in units[matter.usual].roles:
            draft.fault(
                words_rules.cannot_handle(matter.usual),
                words_rules.give_role("handler"),
                "matters",
                "matters",
                matter.code,
            )


def _check_limits(draft: Draft) -> None:
    by_matter = [clock for clock in draft.pack.flow.clocks.values() if clock.limit.by == "matter"]
    if draft.pack.takes_petitions and not draft.pack.categories:
        draft.fault(words_rules.NO_CATEGORIES, words.one_of(CATEGORIES), "matters", "categories")
    for category in draft.pack.categories.values():
        if category.limit is not None:
            continue
        for clock in by_matter:
            excused = clock.limit.default or (clock.when == "ordinary" and category.code == "difficulty")
            if not excused:
                what = words_rules.no_limit(category.name, clock.name)
                draft.fault(what, words_rules.ADD_LIMIT, "matters", "categories", category.code)


def _check_grounds(draft: Draft) -> None:
    asked = {need.name for action in draft.pack.flow.actions.values() for need in action.needs}
    for need, kind, grounds in (
        ("accept_ground", "accept", draft.pack.grounds_accept),
        ("refusal_ground", "refuse", draft.pack.grounds_refuse),
    ):
        if need in asked and not grounds:
            draft.fault(words_rules.NO_GROUNDS, words_rules.ADD_GROUNDS, "matters", "grounds", kind)
