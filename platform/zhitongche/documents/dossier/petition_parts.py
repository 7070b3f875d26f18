"""The sheets of a dossier that tell the case itself: registered, worked on, answered, rated."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zhitongche.casework import words as case_words
from zhitongche.documents.dossier import words
from zhitongche.documents.dossier.contents import Part, facts, table, text
from zhitongche.documents.dossier.told import day, moment
from zhitongche.flow.vocabulary import HOW, RESOLUTIONS, SATISFACTION
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.casework.queries.case_page import CasePage


def registered(page: CasePage) -> Part:
    """The petition as it was handed in, and how it was sorted."""
    one, pack, enterprise = page.petition, page.pack, page.enterprise
    return Part(
        words.REGISTER_FORM, one.received_at, one.number, enterprise.name,
        blocks=(
            facts(
                ("诉求编号", one.number), ("收件时间", moment(one.received_at)), ("企业名称", enterprise.name),
                ("统一社会信用代码", enterprise.credit_code), ("法定代表人", enterprise.legal_person), ("所在地", one.area),
                ("联系人", one.contact_name), ("联系手机", one.contact_mobile),
                ("来源", case_words.SOURCES.get(one.source, one.source)), *source_facts(one.source_facts),
                ("诉求类别", _name(pack.categories, one.category)), ("诉求事项", _name(pack.matters, one.matter)),
                ("受理依据", _name(pack.grounds_accept, one.accept_ground)),
                ("不予受理情形", _name(pack.grounds_refuse, one.refusal_ground)), ("不予受理理由", one.refusal_reason),
                ("主办单位", page.units.get(one.lead_unit_id, "") if one.lead_unit_id else ""), ("诉求标题", one.title),
            ),
            text(one.content), *((facts(("希望怎样解决", one.wish)),) if one.wish else ()),
        ),
    )  # fmt: skip


def work(page: CasePage) -> list[Part]:
    """What was done in the case, each kind in order of time; empty kinds are left out."""
    made = (_opinion(page), _objections(page), _plans(page), _records(page), _co(page), _answer(page), _ratings(page), _limits(page))
    return [part for part in made if part is not None]


def source_facts(told: Mapping[str, object]) -> list[tuple[str, str]]:
    """What the source told of itself; moments are kept as ISO text in UTC."""
    return [(case_words.SOURCE_FACTS.get(name, name), _fact(name, value)) for name, value in told.items() if value]


def _fact(name: str, value: object) -> str:
    return moment(clock.utc(datetime.fromisoformat(str(value)))) if name in {"first_received", "visited_at"} else str(value)


def _name(named: Mapping[str, object], code: str | None) -> str:
    return str(getattr(named.get(code or ""), "name", "") or code or "")


def _opinion(page: CasePage) -> Part | None:
    one = page.petition
    return Part(words.OPINION, one.handed_at, one.letter_number or "", page.pack.department, blocks=(text(one.transfer_opinion),)) if one.transfer_opinion else None


def _records(page: CasePage) -> Part | None:
    rows = sorted(page.records, key=lambda r: (r.at, r.id))
    if not rows:
        return None
    cells = [
        [moment(r.happened_at), case_words.RECORD_KINDS.get(r.kind, r.kind), "　".join(filter(None, (HOW.get(r.how or "", r.how or ""), r.with_whom))),
         r.text, f"{page.units.get(r.unit_id, '') if r.unit_id else ''} {r.author}".strip()]
        for r in rows
    ]  # fmt: skip
    columns = (("时间", 3), ("类别", 2), ("方式和对方", 3), ("内容", 7), ("记录人", 3))
    return Part(words.RECORDS, rows[0].at, note=f"{len(rows)} 条", blocks=(table(columns, cells),))


def _co(page: CasePage) -> Part | None:
    rows = [[page.units.get(p.unit_id, ""), p.reply or "（未提交）", moment(p.replied_at)] for p in page.parts]
    times = [p.replied_at for p in page.parts if p.replied_at]
    return Part(words.PARTS, min(times, default=None), blocks=(table((("协办单位", 3), ("意见", 8), ("时间", 3)), rows),)) if rows else None


def _plans(page: CasePage) -> Part | None:
    if not page.plans:
        return None
    blocks = []
    for planned in sorted(page.plans, key=lambda p: p.plan.proposed_at):
        plan = planned.plan
        blocks += [
            facts(("报送", moment(plan.proposed_at)), ("约定办结", day(plan.due_on)), ("状态", words.PLAN_STATES[plan.state])),
            text(plan.text),
            table((("阶段", 8), ("期限", 3), ("完成", 3)), [[s.text, day(s.due_on), moment(s.done_at)] for s in planned.steps]),
        ]
    return Part(words.PLAN, min(p.plan.proposed_at for p in page.plans), blocks=tuple(blocks))


def _objections(page: CasePage) -> Part | None:
    rows = [
        [moment(o.raised_at), page.units.get(o.unit_id, ""), page.units.get(o.should_be, ""), o.reason,
         "　".join(filter(None, (words.VERDICTS[o.verdict], o.decision_reason, moment(o.decided_at))))]
        for o in sorted(page.objections, key=lambda o: o.raised_at)
    ]  # fmt: skip
    columns = (("时间", 3), ("提出单位", 3), ("建议承办", 3), ("理由", 5), ("裁定", 5))
    return Part(words.OBJECTIONS, min(o.raised_at for o in page.objections), blocks=(table(columns, rows),)) if rows else None


def _answer(page: CasePage) -> Part | None:
    one = page.petition
    if not one.answer:
        return None
    told = facts(("答复时间", moment(one.answered_at)), ("办理结果", RESOLUTIONS.get(one.resolution or "", "")), ("最后处理决定", "是" if one.reconsidered else "否"))
    lead = page.units.get(one.lead_unit_id, "") if one.lead_unit_id else ""
    return Part(words.ANSWER, one.answered_at, author=lead, blocks=(told, text(one.answer)))


def _ratings(page: CasePage) -> Part | None:
    rows = [[moment(r.at), words.GIVEN_BY[r.given_by], SATISFACTION[r.satisfaction], r.text] for r in page.ratings]
    columns = (("时间", 3), ("来源", 4), ("评价", 2), ("说明", 6))
    return Part(words.RATINGS, page.ratings[0].at, blocks=(table(columns, rows),)) if rows else None


def _limits(page: CasePage) -> Part | None:
    limits = sorted(page.limits, key=lambda one: one.since)
    rows = [
        [one.what, one.who, moment(one.since), moment(one.due),
         "；".join(filter(None, (f"{moment(one.met_at)} 完成" if one.met_at else "", f"{moment(one.missed_at)} 记为超期" if one.missed_at else "",
                                "终止" if one.lapsed_at else ""))) or "未到期", "" if one.is_setting else one.clause]
        for one in limits
    ]  # fmt: skip
    columns = (("事项", 4), ("责任", 3), ("起算", 3), ("到期", 3), ("结果", 4), ("依据", 3))
    return Part(words.LIMITS, limits[0].since, blocks=(table(columns, rows),)) if rows else None
