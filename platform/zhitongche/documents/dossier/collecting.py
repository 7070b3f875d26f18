"""Collecting a dossier: everything on one petition that this actor may read, in order (ST-3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche import journal
from zhitongche.casework import uploads
from zhitongche.casework.queries import dossier as cases
from zhitongche.documents import queries, record, storing
from zhitongche.documents import words as paper_words
from zhitongche.documents.dossier import petition_parts, sources, words
from zhitongche.documents.dossier.contents import Contents, Original, Part, Section, table, text
from zhitongche.documents.dossier.told import day, masked, moment

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.queries.case_page import CasePage
    from zhitongche.casework.queries.dossier import Whole
    from zhitongche.casework.tables import Attachment
    from zhitongche.documents.dossier.contents import Message
    from zhitongche.documents.queries import PaperLine
    from zhitongche.flow.facts import Actor

MEDIA = {
    "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def collect(petition_id: UUID, actor: Actor) -> Contents:
    """All of it; raises NotFound where the actor may not read the case, ChainBroken where the journal does not verify."""
    case = cases.whole(petition_id, actor)
    journal.verify(petition_id)
    page, sealed, messages = case.page, journal.sealed(petition_id), sources.messages(petition_id)
    found = {
        "petition": [petition_parts.registered(page)],
        "papers": _papers(petition_id),
        "files": [_attachment(page, file) for file in sorted(page.files, key=lambda f: (f.at, f.id))],
        "work": petition_parts.work(page),
        "messages": _messages(messages),
        "journal": _journal(page),
        "reads": _reads(case),
    }
    return Contents(
        number=page.petition.number, title=page.petition.title, cover=_cover(page), department=page.pack.department,
        sections=tuple(Section(code, tuple(parts)) for code, parts in found.items() if parts), journal=sealed.lines(),
        entries=len(sealed.entries), head=sealed.head.hex(), masked=case.by_approval,
        texts={"journal.txt": _hushed(_journal_text(page), case), "messages.txt": _hushed(_messages_text(messages), case)},
        evidence=sources.evidence(petition_id, masked=case.by_approval),
    )  # fmt: skip


def _hushed(words_: str, case: Whole) -> str:
    return masked(words_) if case.by_approval else words_


def _cover(page: CasePage) -> tuple[tuple[str, str], ...]:
    one = page.petition
    return (
        ("件　　号", one.number), ("企业名称", page.enterprise.name), ("信用代码", page.enterprise.credit_code),
        ("主办单位", page.units.get(one.lead_unit_id, "") if one.lead_unit_id else "—"),
        ("起止日期", f"{day(one.received_at)} 至 {day(one.closed_at) or '在办'}"), ("办理结果", page.stage.name),
    )  # fmt: skip


def _papers(petition_id: UUID) -> list[Part]:
    lines = queries.papers_of_petition(petition_id)
    return [_paper(line) for line in sorted(lines, key=lambda one: (one.issued_at or one.drafted_at, one.id))]


def _paper(line: PaperLine) -> Part:
    files = {row.form: Original(storing.path_of(row.id), f"{line.name}.{row.form}", MEDIA[row.form], row.size, row.sha256, own=True) for row in queries.files_of(line.id)}
    steps = [[one.what, one.name, moment(one.at), one.opinion] for one in queries.steps_of(line.id)]
    row = record.issued(line.id)
    author = row.content.get("signer", "") if row else steps[-1][1] if steps else ""
    note = words.SUPERSEDED if line.superseded_by else "" if line.issued_at else words.DRAFT
    blocks = () if "pdf" in files else (text(paper_words.STATES[line.state]), table((("步骤", 2), ("人员", 3), ("时间", 3), ("意见", 6)), steps))
    return Part(
        line.title or line.name, line.issued_at or line.drafted_at, line.number or "", author, note, blocks,
        files.get("pdf"), tuple(file for form, file in files.items() if form != "pdf"),
    )  # fmt: skip


def _attachment(page: CasePage, row: Attachment) -> Part:
    action = page.pack.flow.actions.get(row.action)
    original = Original(uploads.path_of(row.id), row.name, row.media_type, row.size, row.sha256)
    return Part(row.name, row.at, note=action.name if action else "", file=original)


def _messages(messages: list[Message]) -> list[Part]:
    if not messages:
        return []
    rows = [[moment(m.at), m.channel, "　".join(filter(None, (m.name, m.mobile))), m.text, m.state] for m in messages]
    columns = (("时间", 3), ("方式", 2), ("收件人", 3), ("内容", 7), ("状态", 2))
    return [Part(words.MESSAGES.format(count=len(rows)), messages[0].at, blocks=(table(columns, rows),))]


def _journal(page: CasePage) -> list[Part]:
    steps = page.history.steps[::-1]
    rows = [[str(s.seq), moment(s.at), "\n".join(filter(None, (s.who, s.unit))), "\n".join(filter(None, (s.title, s.text))), s.clause] for s in steps]
    columns = (("序号", 1), ("时间", 3), ("人员", 3), ("事项", 8), ("依据", 2))
    return [Part(words.JOURNAL.format(count=len(rows)), steps[0].at, blocks=(table(columns, rows),))]


def _reads(case: Whole) -> list[Part]:
    return [part for part in (_allowed(case.page), _opened(case)) if part is not None]


def _allowed(page: CasePage) -> Part | None:
    asked, people = sorted(page.watched.disclosures, key=lambda d: d.asked_at), page.people
    rows = [
        [people.get(d.person_id, ""), d.purpose, moment(d.until), words.DISCLOSURE_STATES[d.state],
         "　".join(filter(None, (people.get(d.decided_by, "") if d.decided_by else "", moment(d.decided_at))))]
        for d in asked
    ]  # fmt: skip
    columns = (("申请人", 3), ("用途", 6), ("截止", 3), ("结果", 2), ("审批", 4))
    return Part(words.DISCLOSURES, asked[0].asked_at, blocks=(table(columns, rows),)) if rows else None


def _opened(case: Whole) -> Part | None:
    rows = [[moment(r.at), r.who, r.unit, r.why] for r in case.reads]
    columns = (("时间", 3), ("人员", 3), ("单位", 4), ("事由", 6))
    return Part(words.READS.format(count=len(rows)), case.reads[0].at, blocks=(table(columns, rows),)) if rows else None


def _journal_text(page: CasePage) -> str:
    told = [" ".join(filter(None, (f"第{s.seq}条", moment(s.at), s.unit, s.who, f"【{s.title}】", s.clause))) + (f"\n{s.text}" if s.text else "") for s in page.history.steps[::-1]]
    return "\n\n".join(told) + "\n"


def _messages_text(messages: list[Message]) -> str:
    told = [f"{moment(m.at)} {m.channel} {m.name} {m.mobile}（{m.state}）\n{m.text}" for m in messages]
    return "\n\n".join(told) + ("\n" if told else "")
