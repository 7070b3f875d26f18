"""The closed vocabulary of figures.yaml: what a fact may be counted on, whose it is, what it is divided by."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import OUTCOMES, PARTIES, RESOLUTIONS, SATISFACTION, VERBS, VERDICTS

EVENTS: Final[dict[str, str]] = {
    "handed": "交到一个单位",
    "answered": "第一次答复企业",
    "ended": "终结",
    "stage_left": "离开一个环节",
    "clock_started": "时限开始",
    "clock_kept": "时限内完成",
    "clock_missed": "时限已过",
    "commitment_due": "承诺到期或落实",
    "commitment_kept": "承诺按期落实",
    "meeting_held": "会议召开",
}
"""What may happen beside the verbs of the flow; an action can cause several of them."""

STOCKS: Final[dict[str, str]] = {"holder": "在谁手里", "late": "因谁而超期"}
"""Facts that come with +1 and go with −1: what stands at a day is the sum up to it."""

TIMES: Final = frozenset({"each", "first", "once", "unit"})
"""Each time; the first (again after it was taken back); once for ever; once for each unit of the petition."""

UNITS: Final = frozenset({"none", "lead", "own"})
"""Under whose name: nobody's, the lead unit's, its own (who acts; for an event whose clock, whose turn, who was named)."""

KEYS: Final[dict[str, str]] = {
    "source": "来源", "accept_ground": "受理依据", "refusal_ground": "不予受理情形", "clock": "时限", "stage": "环节",
    "resolution": "办理结果", "meeting": "会议种类",
}  # fmt: skip
"""By what a fact can be divided further."""

BY: Final[dict[str, str]] = {
    "source": "source", "accept_ground": "accept_ground", "ground": "refusal_ground", "clock": "clock", "step": "stage",
    "resolution": "resolution", "meeting": "meeting",
}  # fmt: skip
"""What a figure calls its key → the key of its facts."""

MINUTES: Final = frozenset({"stage", "received"})
"""Working minutes of a span: in the stage that is left, since the petition was received."""

_YES_NO: Final = frozenset({"yes", "no"})
CONDITIONS: Final[dict[str, frozenset[str]]] = {
    "outcome": frozenset(OUTCOMES), "resolution": frozenset(RESOLUTIONS), "satisfaction": frozenset(SATISFACTION),
    "verdict": frozenset(VERDICTS), "from_below": _YES_NO, "rated": _YES_NO, "met_by": frozenset(VERBS), "owes": frozenset(PARTIES),
}  # fmt: skip
"""What a rule may ask of the act or of the petition after it, and what the answer may be."""

SHAPES: Final = frozenset({"count", "rate", "stock", "percentile"})
BETTER: Final = frozenset({"up", "down", "none"})
LEFT_OUT: Final = "~"
"""Before the kind of what a decision left out."""
