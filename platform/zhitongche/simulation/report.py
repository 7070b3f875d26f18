"""What a simulation came to, in figures that can be held against common sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from zhitongche.casework.tables import Clock, Objection, Petition, Rating
from zhitongche.documents.tables import Paper, PaperIssue
from zhitongche.flow.vocabulary import OUTCOMES
from zhitongche.meetings.tables import Commitment, Meeting, Opinion
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.simulation.run import Ran


def lines(tenant: str, ran: Ran) -> Iterator[str]:
    """The tenant's figures, line by line; shares in per cent. Needs an application context."""
    with tenant_scope(tenant):
        yield from _petitions()
        yield from _limits()
        yield from _ratings()
        yield from _meetings()
        yield from _papers()
        db.session.rollback()
    done = ran.tally.done
    acts, mails = sum(done.values()), sum(ran.provider.sent.values())
    yield f"分派异议 {done['object']} 次，退回 {done['decline'] + done['send_back']} 次，催办 {done['urge']} 次，撤回 {done['withdraw']} 件"
    yield f"办理动作 {acts} 次，短信 {mails} 条，用时 {ran.seconds:.1f} 秒，每秒 {acts / max(ran.seconds, 0.01):.1f} 次动作"
    for what, count in ran.tally.refused.most_common(10):
        yield f"被拒绝 {count} 次：{what}"


def _petitions() -> Iterator[str]:
    stages = current.pack().flow.stages
    rows = db.session.execute(select(Petition.stage, Petition.outcome, func.count()).group_by(Petition.stage, Petition.outcome))
    counts = {(stage, outcome): count for stage, outcome, count in rows}
    yield f"诉求 {sum(counts.values())} 件"
    for (stage, outcome), count in sorted(counts.items(), key=lambda item: -item[1]):
        kind = OUTCOMES[outcome] if outcome else "在办"
        yield f"  {stages[stage].name if stage in stages else stage}（{kind}） {count}"


def _limits() -> Iterator[str]:
    kept = func.count().filter(Clock.met_at.is_not(None), Clock.missed_at.is_(None))
    missed = func.count().filter(Clock.missed_at.is_not(None))
    rows = db.session.execute(select(Clock.code, Clock.name, kept, missed).group_by(Clock.code, Clock.name).order_by(Clock.name)).all()
    # Where the system acts when a limit passes (a default rating), nobody was late: that is how it may end.
    by_itself = {code for code, rule in current.pack().flow.clocks.items() if rule.at_due is not None}
    owed = [row for row in rows if row.code not in by_itself]
    on_time, late = sum(row[2] for row in owed), sum(row[3] for row in owed)
    yield f"时限：按时 {on_time} 项，逾期 {late} 项，按时率 {_share(on_time, on_time + late)}"
    yield "  逾期：" + "，".join(f"{name} {count}/{count + good}" for _, name, good, count in owed if count)
    for _, name, good, count in (row for row in rows if row.code in by_itself):
        yield f"  {name}：期限内 {good} 项，到期由系统按默认处理 {count} 项（不计入逾期）"


def _meetings() -> Iterator[str]:
    held = select(func.count()).where(Meeting.held_at.is_not(None))
    opinions = select(func.count()).where(Opinion.approved_at.is_not(None))
    made, kept = select(func.count()).select_from(Commitment), select(func.count()).where(Commitment.fulfilled_at.is_not(None))
    if times := db.session.scalar(held):
        count = db.session.scalar
        yield f"会议 {times} 次，审定处理意见 {count(opinions)} 件，承诺 {count(made)} 项，已落实 {count(kept)} 项"


def _papers() -> Iterator[str]:
    named, same = current.pack().papers, (PaperIssue.tenant_id == Paper.tenant_id) & (PaperIssue.paper_id == Paper.id)
    issued = select(Paper.kind, func.count()).join(PaperIssue, same).group_by(Paper.kind)
    if rows := db.session.execute(issued.order_by(func.count().desc(), Paper.kind)).all():
        yield f"公文 {sum(count for _, count in rows)} 件：" + "，".join(f"{named[kind].name} {count}" for kind, count in rows)


def _ratings() -> Iterator[str]:
    rows = db.session.execute(select(Rating.given_by, Rating.satisfaction, func.count()).group_by(Rating.given_by, Rating.satisfaction))
    counts = {(by, how): count for by, how, count in rows}
    for by, name in (("enterprise", "企业评价"), ("call_back", "回访评价"), ("default", "默认评价")):
        good, bad = counts.get((by, "satisfied"), 0), counts.get((by, "unsatisfied"), 0)
        if good + bad:
            told = "（不计入满意率）" if by == "default" else f"，满意 {_share(good, good + bad)}"
            yield f"{name} {good + bad} 件{told}"
    objected = db.session.scalar(select(func.count()).select_from(Objection).where(Objection.verdict == "agree")) or 0
    yield f"采纳的分派异议 {objected} 件"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "—"
