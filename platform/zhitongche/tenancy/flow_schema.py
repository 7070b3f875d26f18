"""What flow.yaml may hold, with the short ways of writing that keep it readable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.flow.guards import GUARDS
from zhitongche.flow.vocabulary import LIMITS_BY, NEEDS, OUTCOMES, PARTIES, PHASES, THROUGH, VERBS, WEEKDAYS
from zhitongche.tenancy import forms, vocabulary, words
from zhitongche.tenancy.forms import ANY
from zhitongche.tenancy.papers_vocabulary import KINDS
from zhitongche.tenancy.shapes import Many, Maybe, OneOf, Record, Table
from zhitongche.tenancy.source import Map

if TYPE_CHECKING:
    from zhitongche.tenancy.findings import Report, Spot

OPEN: Final = "open"
STAY: Final = "stay"
WEIGHTS: Final = ("primary", "normal", "quiet", "danger")

_PARTY: Final = OneOf(PARTIES, "当事方")
_GUARD: Final = OneOf(GUARDS, "条件")
_KIND: Final = OneOf(KINDS, "公文")
_NAMED_NEED: Final = OneOf(NEEDS, "填写项")
_LABELLED: Final = Record({"label": ANY}, {"hint": (ANY, "")})


@dataclass(frozen=True)
class Need:
    """`lead`, `co?` (optional), `{opinion: 交办意见}` or `{reason?: {label: 说明, hint: 不超过一页}}`."""

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The need spelled out: name, label, required, hint."""
        written, label = value, None
        if isinstance(value, Map) and len(value) == 1:
            written, label = next(iter(value.items()))
        if not isinstance(written, str):
            report.add(spot, words.BAD_NEED, words.WRITE_A_NEED)
            return {}
        name = _NAMED_NEED.read(written.removesuffix("?"), spot, report)
        spelled = {"label": NEEDS[name].label, "hint": ""}
        if isinstance(label, Map):
            spelled |= _LABELLED.read(label, spot, report)
        elif label is not None:
            spelled["label"] = ANY.read(label, spot, report)
        return {"name": name, "required": not written.endswith("?"), **spelled}


@dataclass(frozen=True)
class Target:
    """A stage's code, `stay`, or `{stage: x, when: guard}`."""

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The target spelled out: stage and when."""
        if isinstance(value, Map):
            return Record({"stage": forms.CODE, "when": _GUARD}).read(value, spot, report)
        return {"stage": forms.CODE.read(value, spot, report), "when": None}


@dataclass(frozen=True)
class Paper:
    """A kind of paper, or `{kind: x, when: guard}`."""

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The paper spelled out: kind and when."""
        if isinstance(value, Map):
            return Record({"kind": _KIND, "when": _GUARD}).read(value, spot, report)
        return {"kind": _KIND.read(value, spot, report), "when": None}


@dataclass(frozen=True)
class Limit:
    """`3 wd`, `by matter`, or `{default: 1 wd, district: 2 wd}`; `by` may have a default beside it."""

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The limit spelled out: default, by and kinds."""
        if isinstance(value, Map):
            read = _BY_KIND.read(value, spot, report)
            kinds = {key: limit for key, limit in read.items() if key in vocabulary.UNIT_KINDS and limit}
            return {"default": read.get("default"), "by": read.get("by"), "kinds": kinds}
        if isinstance(value, str) and value.startswith("by "):
            return {"default": None, "by": _BY.read(value[3:], spot, report), "kinds": {}}
        return {"default": forms.LIMIT.read(value, spot, report), "by": None, "kinds": {}}


_BY: Final = OneOf(LIMITS_BY, "时限来源")
_BY_KIND: Final = Record(
    {},
    {
        "default": (Maybe(forms.LIMIT), None),
        "by": (Maybe(_BY), None),
        **{kind: (Maybe(forms.LIMIT), None) for kind in vocabulary.UNIT_KINDS},
    },
)

STAGE: Final = Record(
    {"name": ANY, "public": ANY, "phase": OneOf(PHASES, "进度")},
    {"owes": (Maybe(_PARTY), None), "outcome": (Maybe(OneOf(OUTCOMES, "结果")), None)},
)

ACTION: Final = Record(
    required={
        "name": ANY,
        "does": OneOf(VERBS, "动作"),
        "to": Many(Target(), lone=True),
        "who": Many(_PARTY, lone=True),
        "clause": forms.CLAUSE,
    },
    optional={
        "from": (Many(forms.CODE, lone=True), []),
        "needs": (Many(Need(), lone=True), []),
        "only_if": (Many(_GUARD, lone=True), []),
        "tells": (Table(forms.CODE, _PARTY), {}),
        "papers": (Many(Paper(), lone=True), []),
        "weight": (OneOf(WEIGHTS, "分量"), "normal"),
        "through": (Maybe(OneOf(THROUGH, "办理场合")), None),
    },
)

CLOCK: Final = Record(
    required={"name": ANY, "owes": _PARTY, "clause": forms.CLAUSE},
    optional={
        "limit": (Maybe(Limit()), None),
        "every": (Maybe(OneOf(WEEKDAYS, "星期")), None),
        "on": (Many(forms.CODE, lone=True), []),
        "entering": (Many(forms.CODE, lone=True), []),
        "while": (Many(forms.CODE, lone=True), []),
        "met": (Many(forms.CODE, lone=True), []),
        "when": (Maybe(_GUARD), None),
        "at_due": (Maybe(forms.CODE), None),
        "basis": (Maybe(OneOf(("setting",), "依据")), None),
    },
)

FLOW: Final = Record({"stages": Table(STAGE), "actions": Table(ACTION), "clocks": Table(CLOCK)})
