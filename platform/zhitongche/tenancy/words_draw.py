"""What the pictures of flows say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.tenancy.vocabulary import LEVELS, UNIT_KINDS

if TYPE_CHECKING:
    from zhitongche.flow.definition import ClockRule
    from zhitongche.tenancy.pack import Pack

OWN_SETTING: Final = "本地设定"
FLOW: Final = "办理流程"
CLOCKS: Final = "时限"
UNITS: Final = "单位"
CLOCK_TABLE: Final = "| 时限 | 由谁 | 多久 | 依据 |"
GENERATED: Final = "本文件由 `./zhitongche packs draw` 生成，请勿手工修改。"

_LIMITS_BY: Final = {
    "matter": "按诉求类别",
    "plan": "按专项方案约定",
    "opinion": "按处理意见",
    "milestone": "按各阶段约定",
    "meeting": "会议当日",
    "above": "按上级告知的期限",
}


_CASES: Final = {
    "agreed": "同意",
    "disagreed": "不同意",
    "satisfied": "满意",
    "unsatisfied": "不满意",
    "leader_needed": "需领导审核",
    "matched": "登记一致",
    "mismatched": "登记不一致",
    "difficult": "疑难复杂",
    "ordinary": "一般诉求",
    "county_level": "已列县级",
    "unit_level": "部门级",
    "from_below": "下级上报件",
    "not_from_below": "本级受理件",
}
OTHERWISE: Final = "（其他情形）"


def in_case(guard: str | None) -> str:
    """In which case, in short; the guard's own name where it has no short word."""
    return f"（{_CASES.get(guard, guard)}）" if guard else ""


def clock_limit(clock: ClockRule) -> str:
    """How long a clock runs, in Chinese."""
    if clock.weekday is not None:
        return f"每周{'一二三四五六日'[clock.weekday]}"
    if clock.limit.by == "meeting" and clock.limit.default:
        return f"会议后{clock.limit.default.in_chinese()}"
    if clock.limit.by == "above" and clock.limit.default:
        return f"按上级告知的期限（未告知的{clock.limit.default.in_chinese()}）"
    if clock.limit.by is not None:
        return _LIMITS_BY[clock.limit.by]
    kinds: dict[str, list[str]] = {}
    for kind, limit in clock.limit.by_unit_kind.items():
        kinds.setdefault(limit.in_chinese(), []).append(UNIT_KINDS[kind])
    own = "；".join(f"{'、'.join(names)}{limit}" for limit, names in kinds.items())
    default = clock.limit.default.in_chinese() if clock.limit.default else ""
    return f"{default}（{own}）" if own else default


def anywhere(named: list[str]) -> str:
    """The actions possible at any time."""
    return f"任何未办结环节均可：{'、'.join(named)}" if named else ""


def seen_as(text: str) -> str:
    """What the enterprise sees."""
    return f"企业看到：{text}"


def picture_title(name: str, mechanism: str) -> str:
    """The picture's title for those who cannot see it."""
    return f"{name}{mechanism}办理流程图"


def picture_subtitle(department: str, version: str) -> str:
    """Who runs the mechanism, in which version."""
    return f"受理部门：{department}　版本 {version}"


def sheet(pack: Pack) -> list[str]:
    """What a pack is, in a few lines."""
    takes = "受理企业诉求" if pack.takes_petitions else "只看汇总数字，不受理诉求"
    return [
        f"- 名称：{pack.name}（{LEVELS[pack.level]}，{takes}）",
        f"- 受理部门：{pack.department}",
        f"- 版本：{pack.version}，自 {pack.effective_from.isoformat()} 起施行",
    ]
