"""The words at hand for one text: who speaks, of which trade, from where, and since when."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from zhitongche.simulation.enterprises import Enterprise, trade_of
from zhitongche.simulation.grammar import draw, load

_DIGITS = "零一二三四五六七八九"
_FIXED_FOR_A_TEXT = ("做", "原料", "工序", "设备", "工种", "废料", "证", "旺季", "怕停电", "怕颠簸")


def vocabulary(
    rng: Random, enterprise: Enterprise, facts: Mapping[str, Any], today: date
) -> dict[str, str | list[str]]:
    """Slots for one text: fixed facts as text, ways of speaking as lists."""
    frames, trade = load("frames"), trade_of(enterprise.industry)
    scale = min(1.0, 0.1 + enterprise.staff / 90)
    drawn = {name: draw(rng, spec, scale) for name, spec in facts.items()}
    return {
        **{name: rng.choice(trade[name]) for name in _FIXED_FOR_A_TEXT},
        **{name: rng.choice(frames[name]) for name in ("订单影响", "买家", "海外", "园区短")},
        **_self(enterprise, frames),
        "十几": age_name(max(1, today.year - enterprise.founded.year)),
        **_when(rng, drawn, today),
        "路": rng.choice(frames["路名"]),
        "园区": _without_level(enterprise.town) + rng.choice(frames["园区"]),
        "新办": _older(drawn.get("年", "0"), enterprise.founded.year, today.year),
        **drawn,
    }


def _self(enterprise: Enterprise, frames: Mapping[str, Any]) -> dict[str, str | list[str]]:
    return {
        "我司": list(frames["称我"][enterprise.kind]),
        "企业": enterprise.name,
        "字号": enterprise.mark,
        "姓": enterprise.legal_representative[0],
        "镇": enterprise.town,
        "镇里": "区里" if enterprise.town.endswith(("区", "县")) else "镇里",
        "行业": enterprise.industry,
        "产品": enterprise.product,
        "成立": str(enterprise.founded.year),
        "人数": str(enterprise.staff),
    }


def _when(rng: Random, facts: Mapping[str, str], today: date) -> dict[str, str | list[str]]:
    """`早`: when it began, in step with the months told; `近`: some weeks ago; `后来`: some days ago."""
    months = facts.get("月") or facts.get("月数")
    began = today - timedelta(days=int(months) * 30 if months else rng.randrange(75, 420))
    recent = today - timedelta(days=rng.randrange(9, 40))
    former = today.replace(day=1) - timedelta(days=1)
    later = today - timedelta(days=rng.randrange(2, 8))
    return {
        "早": month_name(began, today),
        "近": rng.choice(
            (
                day_name(recent, today),
                f"上个月{rng.choice(('初', '中旬', '下旬', '底'))}",
                f"{former.month}月份",
            )
        ),
        "后来": [day_name(later, today), "前几天", "上星期", "这个星期"],
    }


def month_name(then: date, today: date) -> str:
    """今年3月 · 去年11月 · 2024年5月, as said on `today`."""
    year = {0: "今年", 1: "去年"}.get(today.year - then.year, f"{then.year}年")
    return f"{year}{then.month}月"


def day_name(then: date, today: date) -> str:
    """6月3日, with 去年 where it was last year, as said on `today`."""
    return f"{'去年' if then.year < today.year else ''}{then.month}月{then.day}日"


def age_name(years: int) -> str:
    """八年 · 十几年 · 二十多年."""
    if years < 10:
        return "两年" if years in (1, 2) else f"{_DIGITS[years]}年"
    return "十几年" if years < 20 else f"{_DIGITS[years // 10]}十多年"


def _older(told: str, founded: int, this_year: int) -> str:
    """Says 是 where the story's year, or its number of years, reaches back before the enterprise began."""
    began = int(told) if len(told) == 4 else this_year - int(told)
    return "是" if began < founded else ""


def _without_level(town: str) -> str:
    return town.removesuffix("街道").removesuffix("镇").removesuffix("乡") or town
