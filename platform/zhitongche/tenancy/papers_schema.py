"""What a template of a paper, documents/<kind>.yaml, may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.flow.vocabulary import ROLES
from zhitongche.tenancy import forms
from zhitongche.tenancy.forms import ANY
from zhitongche.tenancy.papers_vocabulary import COLUMNS, FIELDS, KINDS, LAYOUTS, STEPS
from zhitongche.tenancy.shapes import Flag, Many, Maybe, OneOf, Record, Table, Text, Whole
from zhitongche.tenancy.source import Map

if TYPE_CHECKING:
    from zhitongche.tenancy.findings import Report, Spot

_ROLE: Final = OneOf(ROLES, "角色")
_CONDITIONAL: Final = Record({"if": OneOf(FIELDS, "填充项"), "text": ANY})


@dataclass(frozen=True)
class Paragraph:
    """A text, or `{if: co, text: …}`: a text that is left out where the field is empty."""

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The paragraph spelled out: text and if."""
        if isinstance(value, Map):
            return _CONDITIONAL.read(value, spot, report)
        return {"text": ANY.read(value, spot, report), "if": None}


_COLUMN: Final = Record(
    {"name": ANY, "shows": OneOf(COLUMNS, "栏目")}, {"width": (Whole(0, 20), 0), "centred": (Flag(), False)}
)

PAPER: Final = Record(
    required={"name": ANY, "layout": OneOf(LAYOUTS, "版式"), "title": ANY, "clause": forms.CLAUSE},
    optional={
        "series": (Maybe(Text(r".{2,20}", "发文机关代字（2 至 20 个字）")), None),
        "mark": (ANY, ""),
        "addressee": (ANY, ""),
        "body": (Many(Paragraph(), lone=True), []),
        "boxes": (Many(Table(Maybe(ANY), key=Text(r".{1,12}", "不超过 12 个字的栏名"))), []),
        "tall": (Many(ANY, lone=True), []),
        "columns": (Many(_COLUMN), []),
        "landscape": (Flag(), False),
        "attachments": (Many(ANY, lone=True), []),
        "signer": (ANY, ""),
        "copies": (ANY, ""),
        "printer": (ANY, ""),
        "by": (Record({}, {step: (Maybe(_ROLE), None) for step in STEPS}), dict.fromkeys(STEPS)),
        "readers": (Many(_ROLE, lone=True), []),
        "enterprise_reads": (Flag(), False),
        "renews": (Flag(), False),
    },
)

PARTS: Final[dict[str, str]] = {f"documents/{kind}": f"documents/{kind}.yaml" for kind in KINDS}
"""Part of a pack → its file."""
