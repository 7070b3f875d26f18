"""What meetings.yaml may hold."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import WEEKDAYS
from zhitongche.tenancy import forms
from zhitongche.tenancy import meeting_vocabulary as vocabulary
from zhitongche.tenancy.forms import ANY
from zhitongche.tenancy.meeting_parts import when
from zhitongche.tenancy.shapes import Many, Maybe, OneOf, Parsed, Record, Shape, Table, Whole

_CALLERS: Final = OneOf(sorted(vocabulary.OWES - {"units", "system"}), "角色")
_RULE: Final = Record({"when": OneOf(vocabulary.CONDITIONS, "上会条件"), "clause": forms.CLAUSE})

_DAY: Final = Record(
    {
        "week": Whole(1, 4),
        "weekday": OneOf(WEEKDAYS, "星期"),
        "on_holiday": OneOf(vocabulary.ON_HOLIDAY, "遇节假日的处理"),
        "clause": forms.CLAUSE,
    }
)

_STEP: Final = Record(
    required={
        "name": ANY,
        "does": OneOf(vocabulary.STEPS, "会议事项"),
        "owes": OneOf(sorted(vocabulary.OWES), "责任方"),
        "when": Parsed(when, "时间（如 day、-5 wd、3 wd after、2 wd after previous、4 wd after submit）"),
        "clause": forms.CLAUSE,
    },
    optional={
        "basis": (Maybe(OneOf(("setting",), "依据")), None),
        "after": (Many(forms.CODE, lone=True), []),
        "papers": (Many(forms.CODE, lone=True), []),
    },
)

_KIND: Final = Record(
    required={
        "name": ANY,
        "clause": forms.CLAUSE,
        "leader": OneOf(vocabulary.LEADER, "出席领导的确定方式"),
        "agenda": Record(
            {"enlist": OneOf(vocabulary.ENLIST, "列入时点"), "in": Many(_RULE), "out": Many(_RULE)}
        ),
        "steps": Table(_STEP),
    },
    optional={
        "day": (Maybe(_DAY), None),
        "starts": (forms.TIME, "09:00"),
        "place": (ANY, ""),
        "special": (Maybe(forms.CLAUSE), None),
        "callers": (Many(_CALLERS, lone=True), ["triage"]),
        "duties": (Many(Record({"name": ANY, "unit": forms.CODE, "clause": forms.CLAUSE})), []),
        "invites": (Many(OneOf(vocabulary.INVITED, "参会方"), lone=True), ["lead", "enterprise"]),
    },
)

MEETINGS: Final[Shape] = Record({"kinds": Table(_KIND)})
