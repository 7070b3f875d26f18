"""The approval of the transfer opinion and the transfer letter 转办函 (ST-3.2.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import search, words
from zhitongche.casework.verbs.assign import handed
from zhitongche.casework.verbs.record import keep_record
from zhitongche.identity import enterprises, units
from zhitongche.kernel import clock
from zhitongche.persistence.numbers import next_number

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def approve(case: Case) -> None:
    """The leader's word on the transfer opinion."""
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def issue(case: Case) -> None:
    """Give the letter its number, without gaps in its year, and its text, which stays as it is."""
    series = case.pack.letter
    assert series is not None, "the pack's check demands a series where the flow issues letters"
    year = clock.local(case.now).year
    number = next_number("letter", year)
    case.petition.letter_number = f"{series.series}〔{year}〕{number}号"
    case.petition.letter_text = _text(case)
    handed(case)
    search.index(case.petition)
    case.body["letter"] = {"number": case.petition.letter_number, "text": case.petition.letter_text}


def _text(case: Case) -> str:
    petition, flow = case.petition, case.pack.flow
    assert petition.lead_unit_id is not None, "the opinion that is issued has named the lead unit"
    co = [units.by_id(u).name for u in sorted(case.facts.co)]
    category = case.pack.categories.get(petition.category)
    contact = flow.clocks.get("contact")
    return words.LETTER_TEXT.format(
        lead=units.by_id(petition.lead_unit_id).name,
        enterprise=enterprises.by_id(petition.enterprise_id).name,
        title=petition.title,
        number=petition.number,
        co=f"（协办：{'、'.join(co)}）" if co else "",
        contact=f"{contact.limit.default.in_chinese()}内" if contact and contact.limit.default else "尽快",
        finish=f"在{category.limit.in_chinese()}内办结" if category and category.limit else "按“一企一策”制定方案并限期办结",
        department=case.pack.department,
        opinion=petition.transfer_opinion or "",
    )
