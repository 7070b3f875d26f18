"""What each file of a pack may hold, apart from the flow."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import ROLES, WEEKDAYS
from zhitongche.tenancy import flow_schema, forms, meeting_schema, vocabulary
from zhitongche.tenancy.forms import ANY
from zhitongche.tenancy.papers_schema import PAPER, PARTS
from zhitongche.tenancy.shapes import LEFT_OUT, Flag, Many, Maybe, OneOf, Record, Shape, Table, Text, Whole

SYSTEM: Final = "system"
_SHORT: Final = Text(r".{1,20}", "不超过 20 个字的名称")

_ROUTINE: Final = Record(
    required={"kind": OneOf(vocabulary.ROUTINES, "例行事项"), "clause": forms.CLAUSE},
    optional={
        "every": (OneOf(vocabulary.ROUTINE_EVERY, "周期"), LEFT_OUT),
        "day": (Whole(1, 28), LEFT_OUT),
        "weekday": (OneOf(WEEKDAYS, "星期"), LEFT_OUT),
        "at": (forms.TIME, LEFT_OUT),
        "covers": (OneOf(vocabulary.ROUTINE_COVERS, "统计期"), LEFT_OUT),
        "tells": (Many(OneOf(ROLES, "角色"), lone=True), LEFT_OUT),
        "near": (forms.LIMIT, LEFT_OUT),
        "late_by": (forms.LIMIT, LEFT_OUT),
        "by": (Many(OneOf([*ROLES, SYSTEM], "签发人"), lone=True), LEFT_OUT),
    },
)

_REPEATED: Final = Record(
    required={"clause": forms.CLAUSE},
    optional={
        "days": (Whole(14, 366), 90),
        "least": (Whole(2, 1000), 5),
        "times": (Whole(2, 100), 2),
        "alike": (Whole(2, 1000), 4),
        "answer": (forms.LIMIT, "10 wd"),
    },
)
"""When petitions count as one repeated problem (ST-1.1.4), and until when a unit answers the finding on it."""

PACK: Final = Record(
    required={
        "code": forms.TENANT,
        "name": _SHORT,
        "full_name": ANY,
        "portal_name": ANY,
        "department": ANY,
        "level": OneOf(vocabulary.LEVELS, "层级"),
        "region_code": forms.REGION,
        "parent": Maybe(forms.TENANT),
        "number_prefix": forms.PREFIX,
        "version": forms.VERSION,
        "effective_from": forms.DAY,
        "office_hours": Record({"opens": forms.TIME, "closes": forms.TIME}),
        "brand": Record({"primary": forms.COLOUR, "accent": forms.COLOUR, "motto": ANY}),
        "footer": Record({"hotline": ANY, "contact": ANY}, {"icp": (ANY, "")}),
        "takes_petitions": Flag(),
    },
    optional={
        "hosts": (Many(forms.HOST, lone=True), []),
        "sign": (Maybe(_SHORT), None),
        "portal": (Record({"hosted_by": forms.TENANT}), LEFT_OUT),
        "levels": (Table(_SHORT, OneOf(vocabulary.PETITION_LEVELS, "诉求件层级")), {"unit": "部门级"}),
        "routines": (Many(_ROUTINE), []),
        "repeated": (Maybe(_REPEATED), LEFT_OUT),
        "letter": (
            Maybe(Record({"series": _SHORT, "title": ANY, "clause": forms.CLAUSE})),
            None,
        ),
        "register": (
            Record(
                {"mismatch": OneOf(vocabulary.MISMATCH, "核验方式"), "clause": forms.CLAUSE},
                {"file": (Text(r"[\w.-]+\.csv", "CSV 文件名"), "register.csv")},
            ),
            {"mismatch": "note", "clause": "setting", "file": "register.csv"},
        ),
        "quiet": (Record({"from": forms.TIME, "to": forms.TIME}), {"from": "21:00", "to": "08:00"}),
        "digest": (Record({"at": forms.TIME}), {"at": "08:30"}),
        "warn_before": (forms.LIMIT, "1 wd"),
        "settings": (
            Record(
                {},
                {
                    name: (OneOf(answers, "口径"), next(iter(answers)))
                    for name, answers in vocabulary.SETTINGS.items()
                },
            ),
            {name: next(iter(answers)) for name, answers in vocabulary.SETTINGS.items()},
        ),
    },
)

_CONTACT: Final = Record({"name": ANY, "mobile": forms.MOBILE}, {"phone": (ANY, "")})

OFFICES: Final = Record(
    required={
        "units": Many(
            Record(
                required={
                    "code": forms.CODE,
                    "name": ANY,
                    "kind": OneOf(vocabulary.UNIT_KINDS, "单位类别"),
                },
                optional={
                    "short": (_SHORT, ""),
                    "level": (Maybe(OneOf(vocabulary.LEVELS, "层级")), None),
                    "area": (Maybe(forms.REGION), None),
                    "roles": (Many(OneOf(ROLES, "角色"), lone=True), ["handler"]),
                    "contact": (Maybe(_CONTACT), None),
                },
            )
        )
    },
    optional={"leaders": (Many(Record({"name": ANY, "title": ANY, "unit": forms.CODE})), [])},
)

_GROUND: Final = Record({"code": forms.CODE, "name": ANY, "clause": forms.CLAUSE})

MATTERS: Final = Record(
    required={
        "categories": Many(
            Record(
                {
                    "code": OneOf(vocabulary.CATEGORIES, "诉求类别"),
                    "name": _SHORT,
                    "limit": Maybe(forms.LIMIT),
                    "clause": forms.CLAUSE,
                    "hint": ANY,
                }
            )
        ),
        "matters": Many(Record({"code": forms.CODE, "name": _SHORT, "usual": forms.CODE})),
        "grounds": Record({"accept": Many(_GROUND), "refuse": Many(_GROUND)}),
    }
)

CALENDAR: Final = Record({"days": Many(Record({"date": forms.DAY, "working": Flag(), "name": _SHORT}))})

ESCALATION: Final = Record(
    {
        "ways": Many(
            Record(
                {
                    "to": forms.TENANT,
                    "ground": OneOf(vocabulary.GROUNDS_FOR_ESCALATION, "上报情形"),
                    "review": Many(ANY),
                    "clause": forms.CLAUSE,
                    "name": _SHORT,
                    "level": OneOf(vocabulary.LEVELS, "层级"),
                    "sends": Record(
                        {
                            "notice": Many(OneOf(vocabulary.SENDS_NOTICE, "上报时移送的内容")),
                            "taken": Many(OneOf(vocabulary.SENDS_TAKEN, "受理后移送的内容")),
                            "on_request": Many(OneOf(vocabulary.SENDS_ON_REQUEST, "按需调取的内容")),
                        }
                    ),
                    "returns": Many(OneOf(vocabulary.RETURNS, "上级反馈")),
                }
            )
        )
    }
)

MESSAGES: Final[Shape] = Table(Text(r"(?s).{4,200}", "4 至 200 字的短信"))

PORTAL: Final = Record(
    {
        "welcome": ANY,
        "lead": ANY,
        "steps": Many(Record({"name": _SHORT, "text": ANY})),
        "promises": Many(Record({"text": ANY, "clause": forms.CLAUSE})),
        "who_may_file": ANY,
        "faq": Many(Record({"question": ANY, "answer": ANY})),
        "privacy": ANY,
    }
)

SHAPES: Final[dict[str, Shape]] = {
    "pack": PACK,
    "offices": OFFICES,
    "matters": MATTERS,
    "flow": flow_schema.FLOW,
    "calendar": CALENDAR,
    "meetings": meeting_schema.MEETINGS,
    "escalation": ESCALATION,
    "messages": MESSAGES,
    "portal": PORTAL,
    **dict.fromkeys(PARTS, PAPER),
}
"""Part of a pack → its shape."""

FILES: Final[dict[str, str]] = {
    **{part: f"{part}.yaml" for part in SHAPES},
    "messages": "texts/messages.yaml",
    "portal": "texts/portal.yaml",
    **PARTS,
}
"""Part of a pack → its file."""
