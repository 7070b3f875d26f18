"""The ways up (escalation.yaml): whither, after whose review, what is sent when; and flows that can go and take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.flow.vocabulary import OTHER_LEVELS, VERBS
from zhitongche.tenancy import words_rules, words_ways
from zhitongche.tenancy.vocabulary import LEVELS, SENDS_ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.tenancy.draft import Draft

GOES_UP: Final = ("send_up", *(name for name in VERBS if name.endswith("_above")))
"""What a flow needs whose petitions rise."""
TAKES_IN: Final = ("report_in", "take", "return_report", "ask_below", "request_document", "supplemented_below", "withdrawn_below")
"""What a flow needs to which petitions rise."""


def check(draft: Draft) -> None:
    """Note what is wrong with the ways, and with the flow's actions that messages call."""
    ways = draft.pack.escalation
    if len(ways) > 1:
        draft.fault(words_ways.ONE_WAY, words_ways.KEEP_ONE_WAY, "escalation", "ways", 1)
    for index in range(len(ways)):
        _check_way(draft, index)
    if ways and draft.pack.takes_petitions:
        _check_verbs(draft, GOES_UP)
    if not ways and "send_up" in draft.pack.flow.verbs:
        draft.fault(words_ways.NO_WAY, words_ways.ADD_WAY, "flow", "actions", draft.pack.flow.by_verb("send_up").code)
    if "report_in" in draft.pack.flow.verbs:
        _check_verbs(draft, TAKES_IN)
    _check_actions(draft)


def check_above(draft: Draft, by_code: Mapping[str, Draft]) -> None:
    """The tenant above, where it is here, takes in what comes from below."""
    for index, way in enumerate(draft.pack.escalation):
        above = by_code.get(way.to)
        if above is not None and "report_in" not in above.pack.flow.verbs:
            draft.fault(words_ways.takes_none(way.to), words_ways.LET_IT_TAKE, "escalation", "ways", index, "to")


def _check_way(draft: Draft, index: int) -> None:
    way, here, units = draft.pack.escalation[index], ("ways", index), draft.pack.units_by_code
    if way.to != draft.pack.parent:
        draft.fault(words_rules.not_parent(way.to), words_rules.only_parent(draft.pack.parent), "escalation", *here, "to")
    for reviewer in way.review:
        if reviewer not in units and reviewer != way.to:
            draft.unknown(words_rules.unit(reviewer), [*units, way.to], "escalation", *here, "review")
    order = list(LEVELS)
    if order.index(way.level) >= order.index(draft.pack.level):
        draft.fault(words_ways.LEVEL_NOT_ABOVE, words_rules.MEND_PARENT, "escalation", *here, "level")
    for stage, always in SENDS_ALWAYS.items():
        for field in sorted(always - getattr(way, stage)):
            draft.fault(words_ways.not_sent(field), words_ways.add_sent(field), "escalation", *here, "sends", stage)


def _check_verbs(draft: Draft, needed: tuple[str, ...]) -> None:
    verbs = [action.verb for action in draft.pack.flow.actions.values()]
    for verb in needed:
        if verbs.count(verb) != 1:
            draft.fault(words_ways.not_once(verb), words_ways.write_once(verb), "flow", "actions")


def _check_actions(draft: Draft) -> None:
    flow = draft.pack.flow
    for action in flow.actions.values():
        for party in sorted(OTHER_LEVELS.intersection(action.who)):
            draft.fault(words_ways.acts_not(party), words_ways.LET_MESSAGES, "flow", "actions", action.code, "who")
        if VERBS[action.verb].by_message and action.who != ("system",):
            draft.fault(words_ways.only_by_message(action.verb), words_ways.LET_MESSAGES, "flow", "actions", action.code, "who")
    for clock in flow.clocks.values():
        if clock.limit.by == "above" and clock.limit.default is None:
            draft.fault(words_ways.NO_DEFAULT, words_ways.ADD_DEFAULT, "flow", "clocks", clock.code, "limit")
