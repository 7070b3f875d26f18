"""The forms by which people decide on one item of an agenda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhitongche import meetings
from zhitongche.desk.meetings import words
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings.queries import agenda
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from zhitongche.meetings.queries.agenda import Line
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.webkit.forms import PackForm


@dataclass(frozen=True, slots=True)
class Form:
    """One way of deciding; `does` names in the pack the step whose clause it rests on."""

    what: str
    title: str
    hint: str
    button: str
    clause: str
    fields: PackForm
    act: Callable[..., object]
    done: str


def offered(meeting: MeetingLine, line: Line) -> list[Form]:
    """All that are open now."""
    kinds = ["overrule", "propose", *(["mark"] if meeting.state == "preparing" else []), *(["put"] if line.verdict == "in" else [])]
    return [form(what, meeting, line) for what in kinds]


def form(what: str, meeting: MeetingLine, line: Line) -> Form:
    """One of them. Raises NotFound."""
    make = _MAKERS.get(what)
    if make is None:
        raise NotFound
    return make(meeting, line)


def _overrule(meeting: MeetingLine, line: Line) -> Form:
    specs = (
        FieldSpec("verdict", "是否上会", "radio", choices=(("in", "上会"), ("out", "不上会"))),
        FieldSpec("reason", "理由", "longtext", max_length=500),
    )
    given = {"verdict": line.verdict if line.overruled else "", "reason": line.reason}
    hint = "目录已审定，改定后形成新版本，并相应通知或取消通知。" if meeting.state == "fixed" else "人工改定优先于规则研判，之后重新研判也不会改变。"
    return Form("overrule", "改定是否上会", hint, "改定", _clause(meeting, "fix"), build_form(specs, given), meetings.overrule, words.DECIDED)


def _propose(meeting: MeetingLine, line: Line) -> Form:
    specs = (FieldSpec("proposal", "处理意见建议", "longtext", max_length=2000),)
    fields = build_form(specs, {"proposal": line.proposal})
    return Form("propose", "处理建议", "供领导审定和现场研究时参考，列入目录。", "保存", _clause(meeting, "coordinate"), fields, meetings.propose, words.PROPOSED)


def _mark(meeting: MeetingLine, _line: Line) -> Form:
    specs = (
        FieldSpec("condition", "情形", "radio", choices=agenda.to_vouch_for(meeting)),
        FieldSpec("reason", "依据和理由", "longtext", max_length=500),
    )
    hint = "办理记录看不出来的情形，由人认定后作为规则研判的依据。"
    return Form("mark", "认定情形", hint, "认定并重新研判", _clause(meeting, "draft"), build_form(specs, {}), meetings.mark, words.MARKED)


def _put(meeting: MeetingLine, line: Line) -> Form:
    fixed = meeting.state == "fixed"
    specs = [FieldSpec("place", "排在第几件", "integer", minimum=1, maximum=500)]
    specs += [FieldSpec("reason", "理由", "longtext", max_length=500)] if fixed else []
    fields = build_form(specs, {"place": line.turn})
    return Form("put", "调整次序", "", "调整", _clause(meeting, "fix"), fields, meetings.put, words.ORDERED)


def _clause(meeting: MeetingLine, does: str) -> str:
    step = meeting.kind.doing(does)
    return "" if step is None or step.clause == "setting" else step.clause


_MAKERS: dict[str, Callable[[MeetingLine, Line], Form]] = {"overrule": _overrule, "propose": _propose, "mark": _mark, "put": _put}
