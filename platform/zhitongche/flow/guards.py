"""Named conditions that a pack may set on an action, a target or a clock; each answers None or why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor, Facts

Form = Mapping[str, Any]
Guard = Callable[["Facts", "Actor", Form], bool]


def _agreed(_facts: Facts, _actor: Actor, form: Form) -> bool:
    return form.get("verdict") == "agree"


def _unsatisfied(_facts: Facts, _actor: Actor, form: Form) -> bool:
    return form.get("satisfaction") == "unsatisfied"


GUARDS: Final[dict[str, tuple[Guard, str]]] = {
    "matched": (lambda f, a, x: f.matched, "企业登记信息尚未核验一致"),
    "mismatched": (lambda f, a, x: not f.matched, "企业登记信息已核验一致"),
    "not_objected_before": (
        lambda f, a, x: a.unit_id not in f.objected,
        "本单位已就该诉求件提出过分派异议，不能再次提出",
    ),
    "contacted": (lambda f, a, x: f.contacted, "尚未登记与企业的联系记录，请先联系企业"),
    "co_replied": (lambda f, a, x: not f.co_owing, "还有协办单位未提交意见"),
    "owes_part": (lambda f, a, x: a.unit_id in f.co_owing, "本单位的协办意见已经提交"),
    "planned": (lambda f, a, x: f.planned, "办理方案尚未确认"),
    "not_planned": (lambda f, a, x: not f.planned, "办理方案已经确认"),
    "difficult": (lambda f, a, x: f.category == "difficulty", "只有疑难复杂类诉求需要专项方案"),
    "ordinary": (lambda f, a, x: f.category != "difficulty", "疑难复杂类诉求按专项方案办理"),
    "has_milestones": (lambda f, a, x: bool(f.open_milestones), "没有未完成的阶段安排"),
    "leader_needed": (
        lambda f, a, x: bool(x.get("leader_needed", f.leader_needed)),
        "该诉求件无需报领导审核",
    ),
    "agreed": (_agreed, "未同意"),
    "disagreed": (lambda f, a, x: not _agreed(f, a, x), "已同意"),
    "satisfied": (lambda f, a, x: not _unsatisfied(f, a, x), "企业不满意"),
    "unsatisfied": (_unsatisfied, "企业满意"),
    "not_rated": (lambda f, a, x: not f.rated, "企业已经评价过本次办理结果"),
    "not_reconsidered": (lambda f, a, x: not f.reconsidered, "已经作出最后处理决定"),
    "keeps_off": (lambda f, a, x: f.keeps_off, "您没有提出过不上会"),
    "not_keeps_off": (lambda f, a, x: not f.keeps_off, "您已提出该诉求件不上会"),
    "unit_level": (lambda f, a, x: f.level == "unit", "该诉求件已列入上一级办理"),
    "county_level": (lambda f, a, x: f.level == "county", "该诉求件不是县级诉求件"),
    "from_below": (lambda f, a, x: f.from_below, "该诉求件不是下级上报的"),
    "not_from_below": (lambda f, a, x: not f.from_below, "该诉求件由下级上报，由下级向企业答复"),
    "key_not_proposed": (lambda f, a, x: f.key is None, "已提请列入重点督办"),
    "key_proposed": (lambda f, a, x: f.key == "proposed", "尚未提请列入重点督办"),
}
"""Name → (condition, what to tell a person when it does not hold)."""


def holds(name: str | None, facts: Facts, actor: Actor, form: Form) -> bool:
    """Whether the named guard holds; no name always holds."""
    return name is None or GUARDS[name][0](facts, actor, form)
