"""Meetings: every step has somebody who owes it and a date to count from, every rule a flow that obeys it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.tenancy import words, words_meetings, words_rules
from zhitongche.tenancy.check_offices import twice
from zhitongche.tenancy.meeting_parts import DAY
from zhitongche.tenancy.meeting_vocabulary import ANCHORS, INDISPENSABLE, MESSAGES, STEPS

if TYPE_CHECKING:
    from zhitongche.tenancy.draft import Draft
    from zhitongche.tenancy.meeting_parts import MeetingKind, Step

_VERBS: Final = ("enlist", "hand_out")
"""What the flow must know so that a meeting has an effect on a petition."""

_SIGNED: Final[dict[str, dict[str, str]]] = {
    "announce": {},
    "draft": {"draft": "draft", "review": "coordinate", "approve": "fix"},
    "notify": {"draft": "notify"},
    "write_up": {"draft": "write_up", "review": "review", "approve": "approve"},
}
"""Papers made at a step, and the steps by which they are signed: step → {of the paper: of the meeting}."""


def check(draft: Draft) -> None:
    """Note what is wrong with meetings.yaml."""
    for kind in draft.pack.meetings.values():
        _check_steps(draft, kind)
        _check_units(draft, kind)
    if draft.pack.meetings:
        _check_world(draft)


def _check_steps(draft: Draft, kind: MeetingKind) -> None:
    here = ("kinds", kind.code, "steps")
    steps = list(kind.steps.values())
    for does in twice(step.does for step in steps):
        draft.fault(words.twice(does), words.KEEP_ONE, "meetings", *here)
    missing = [does for does in INDISPENSABLE if kind.doing(does) is None]
    for does in missing:
        draft.fault(words_meetings.no_step(STEPS[does]), words_meetings.add_step(does), "meetings", *here)
    for index, step in enumerate(steps):
        _check_step(draft, kind, step, {one.code for one in steps[:index]})
    if not missing:
        _check_flow(draft, kind)
        _check_papers(draft, kind)
    if "hold" not in missing:
        _check_sides(draft, kind)


def _check_step(draft: Draft, kind: MeetingKind, step: Step, earlier: set[str]) -> None:
    here = ("kinds", kind.code, "steps", step.code)
    if step.when.anchor not in ANCHORS and step.when.anchor not in earlier:
        draft.unknown(words_meetings.step(step.when.anchor), [*ANCHORS, *earlier], "meetings", *here, "when")
    for code in step.after:
        if code not in earlier:
            draft.unknown(words_meetings.step(code), earlier, "meetings", *here, "after")
    if step.owes not in {"units", "system"} and not draft.pack.holders(step.owes):
        draft.fault(words_rules.nobody_holds(step.owes), words_rules.give_role(step.owes), "meetings", *here, "owes")


def _check_sides(draft: Draft, kind: MeetingKind) -> None:
    """What comes before the day in the list lies before it in time, what comes after lies after."""
    for step in kind.steps.values():
        early = step in kind.before
        if (step.does == "hold") != (step.when.anchor == DAY and step.when.count == 0):
            draft.fault(words_meetings.NOT_ON_DAY, words_meetings.MEND_DAY, "meetings", "kinds", kind.code, "steps", step.code, "when")
        elif step.when.anchor == DAY and early != step.when.backward and step.does != "hold":
            draft.fault(words_meetings.WRONG_SIDE, words_meetings.MEND_SIDE, "meetings", "kinds", kind.code, "steps", step.code, "when")


def _check_flow(draft: Draft, kind: MeetingKind) -> None:
    """Whoever owes a step may also do to a petition what the step entails."""
    for verb, does in (("enlist", kind.enlist), ("take_up", "hold"), ("pass_over", "hold"), ("hand_out", "approve")):
        step = kind.doing(does)
        for action in draft.pack.flow.actions.values():
            if step and action.verb == verb and step.owes not in action.who:
                what = words_meetings.cannot(PARTIES[step.owes], action.name)
                draft.fault(what, words_meetings.let(step.owes), "flow", "actions", action.code, "who")


def _check_papers(draft: Draft, kind: MeetingKind) -> None:
    """A paper that a meeting makes is reviewed and approved by whoever owes the steps that do so."""
    for does, signing in _SIGNED.items():
        maker = kind.doing(does)
        for paper in maker.papers if maker else ():
            here = ("meetings", "kinds", kind.code, "steps", maker.code if maker else "", "papers")
            template = draft.pack.papers.get(paper)
            if template is None:
                draft.unknown(words_meetings.paper(paper), draft.pack.papers, *here)
                continue
            for stage, step in ((stage, kind.doing(what)) for stage, what in signing.items()):
                if step is not None and template.by.get(stage, step.owes) != step.owes:
                    what = words_meetings.signs_not(template.name, step.name, PARTIES[step.owes])
                    draft.fault(what, words_meetings.let_sign(stage, step.owes), *here)


def _check_units(draft: Draft, kind: MeetingKind) -> None:
    units = draft.pack.units_by_code
    for index, duty in enumerate(kind.duties):
        if duty.unit not in units:
            draft.unknown(words_rules.unit(duty.unit), units, "meetings", "kinds", kind.code, "duties", index, "unit")


def _check_world(draft: Draft) -> None:
    for verb in _VERBS:
        if verb not in draft.pack.flow.verbs:
            draft.fault(words_meetings.no_verb(verb), words_meetings.add_verb(verb), "meetings", "kinds")
    for code in sorted(set(MESSAGES) - set(draft.pack.messages)):
        draft.fault(words_rules.no_message(code, MESSAGES[code]), words.add_key(code), "messages")
