"""Invented contents for the gallery: one county, one petition, told relative to the present moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample

from zhitongche.kernel import clock

_TEXT = "我公司位于工业园区二路，门口约200米路面自去年台风后破损严重，货柜车进出经常托底。\n已向镇里反映两次，一直没有明确答复。\n\n现临近出货旺季，请求尽快安排修复，或先作临时铺填。"
_AGAIN = "我司在工业园区二路，门口路面自去年台风后破损严重，货柜车进出经常托底，上周又有一台车爆胎。请尽快安排修复，或先作临时铺填。联系人黄先生。"


def _at(days: float = 0, hours: float = 0) -> datetime:
    return clock.now() + timedelta(days=days, hours=hours)


def files() -> list[Sample]:
    """Attachments of several kinds."""
    rows = (
        ("路面破损现场照片.jpg", 2_480_000, "企业提交"),
        ("门口道路修复工程量清单（初稿）.xlsx", 48_300, ""),
        ("镇政府回复意见.pdf", 860, "镇政府"),
    )
    return [Sample(name=name, size=size, note=note, url="/gallery/") for name, size, note in rows]


def next_step() -> Sample:
    """What is owed now."""
    return Sample(
        who="县公路事务中心", what="回复处理意见", due=_at(9), provisional=False, clause="RP-2.3.d", note=""
    )


def entries() -> list[Sample]:
    """A way of six steps, newest first."""
    bare = Sample(who="", unit="", on_behalf_of="", text="", clause="", icon="", tone="", files=())
    steps = (
        {"title": "承办单位联系了企业", "at": _at(hours=-3), "unit": "县公路事务中心", "who": "陈工", "on_behalf_of": "林科长", "text": "电话联系黄先生，约定周四上午到现场查看路面。", "icon": "telephone-fill"},
        {"title": "承办单位已接收", "at": _at(-1), "unit": "县公路事务中心", "clause": "RP-2.3.b", "icon": "check-lg", "tone": "success"},
        {"title": "承办单位提出异议，已裁定改派", "at": _at(-2), "unit": "县政务服务数据管理局", "text": "该路段已移交公路事务中心养护，改由其主办，镇政府协办。", "clause": "RP-2.3.c", "icon": "arrow-left-right", "tone": "warning"},
        {"title": "已受理，转交承办单位", "at": _at(-3), "unit": "县政务服务数据管理局", "clause": "RP-2.3.a", "icon": "send-fill"},
        {"title": "企业信息与法人库一致", "at": _at(-4, 0.1), "unit": "系统", "clause": "RP-2.2.b", "icon": "building-check", "tone": "success"},
        {"title": "企业提交诉求", "at": _at(-4), "who": "黄先生", "unit": "示例县宏达陶瓷有限公司", "text": _TEXT, "files": files()[:1], "icon": "pencil-fill"},
    )  # fmt: skip
    return [Sample(**(vars(bare) | step)) for step in steps]


def running_clocks() -> list[Sample]:
    """A clock in each of its states."""
    rows = (
        ("回复处理意见", "县公路事务中心", _at(9), None, False, "RP-2.3.d"),
        ("确认是否受理", "示例区", _at(hours=5), None, False, "ST-3.2.a"),
        ("甄别分办", "县政务服务数据管理局", _at(-2), None, False, "RP-2.3.a"),
        ("提交方案", "市工业和信息化局", _at(70), None, True, "ST-3.3.c"),
        ("平台接收", "县公路事务中心", _at(-1), _at(-1.5), False, "RP-2.3.b"),
        ("联系企业", "县公路事务中心", _at(-2), _at(-1.2), False, "ST-3.3.a"),
    )
    return [Sample(what=w, who=o, due=d, met_at=m, provisional=p, clause=c) for w, o, d, m, p, c in rows]


def cases() -> list[Sample]:
    """Rows of an inbox, most urgent first."""
    rows = (
        (
            "0121",
            "厂区变压器增容申请迟迟没有答复",
            "示例县永盛塑料制品有限公司",
            "涉企服务投诉",
            "待接收",
            _at(-1.2),
            "late",
        ),
        (
            "0128",
            "工业园区二路门口路面破损影响货柜车进出",
            "示例县宏达陶瓷有限公司",
            "意见建议",
            "办理中",
            _at(hours=6),
            "near",
        ),
        ("0117", "出口退税资料被要求重复提交", "示例县海丰水产有限公司", "咨询", "办理中", _at(8), "on_time"),
        (
            "0130",
            "申请技改补贴已过公示期，何时拨付",
            "示例县和兴机械厂",
            "咨询",
            "待分办",
            _at(13),
            "on_time",
        ),
    )
    return [
        Sample(number=f"示例〔2026〕{n}号", title=t, enterprise=e, category=c, stage=s, due=d, state=st)
        for n, t, e, c, s, d, st in rows
    ]


def filters() -> list[Sample]:
    """Filters of an inbox, one of them set."""
    stages = (("in", "待接收"), ("on", "办理中"), ("out", "待评价"))
    kinds = (("ask", "咨询"), ("advise", "意见建议"), ("complain", "涉企服务投诉"))
    return [
        Sample(name="stage", label="环节", value="on", choices=stages, kind=""),
        Sample(name="category", label="类别", value="", choices=kinds, kind=""),
        Sample(
            name="due", label="期限", value="", choices=(("late", "已超期"), ("near", "即将到期")), kind=""
        ),
        Sample(name="since", label="提交日期起", value="", choices=(), kind="date"),
    ]


def compared() -> tuple[Sample, Sample]:
    """The same trouble told twice."""
    return (
        Sample(
            number="示例〔2026〕0128号",
            title="门口路面破损",
            text=_TEXT,
            note="4天前 · 办理中 · 县公路事务中心",
            url="/gallery/case",
        ),
        Sample(number="", title="门口道路什么时候修", text=_AGAIN, note="刚刚收到 · 尚未受理", url=""),
    )
