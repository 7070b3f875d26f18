"""Scenarios (情景): given, when, then, in the words of the flow; an official can read them aloud."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.tenancy import forms, vocabulary
from zhitongche.tenancy.forms import ANY
from zhitongche.tenancy.shapes import Many, Maybe, OneOf, Parsed, Record, Table, Text


def moment(text: str) -> datetime:
    """A moment in China like 2026-03-02T09:00; raises ValueError."""
    found = datetime.fromisoformat(text)
    if "T" not in text or found.tzinfo is not None:
        raise ValueError(text)
    return found


_MOMENT: Final = Parsed(moment, "北京时间时刻（如 2026-03-02T09:00）")
_PARTY: Final = OneOf(PARTIES, "当事方")
CLOCK_STATES: Final = ("met", "missed", "open", "lapsed")

SCENARIO: Final = Record(
    required={
        "name": ANY,
        "clauses": Many(forms.CLAUSE),
        "given": Record(
            {"category": OneOf(vocabulary.CATEGORIES, "诉求类别")},
            {
                "matter": (Maybe(forms.CODE), None),
                "enterprise": (OneOf(("matched", "mismatched"), "登记状态"), "matched"),
            },
        ),
        "when": Many(
            Record(
                {"do": forms.CODE, "by": _PARTY, "at": _MOMENT},
                {
                    "with": (Table(Text(), forms.CODE), {}),
                    "to": (Maybe(forms.CODE), None),
                    "refused": (Maybe(forms.CLAUSE), None),
                },
            )
        ),
        "then": Record(
            {"stage": forms.CODE},
            {"clocks": (Table(OneOf(CLOCK_STATES, "时限状态")), {}), "told": (Table(forms.CODE), {})},
        ),
    }
)
"""`to` names the stage that a step must lead to where its action has several; `told` is party → message."""
