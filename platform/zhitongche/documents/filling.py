"""From a template and facts to what a paper says: plain JSON, in which every text is text and never mark-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from zhitongche.documents import words
from zhitongche.kernel import clock
from zhitongche.tenancy.papers_vocabulary import COLUMNS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.papers import Template

Content = dict[str, Any]
"""What a paper says: layout, landscape, name, mark, title, addressee, body, boxes, columns, rows, attachments, signer, copies, printer; units
to which it goes, petitions (their numbers) of which it tells."""

NAMES: Final = ("enterprise",)
"""Facts that are names: a title is not broken within them."""

BLANK: Final = re.compile("【(" + "|".join(map(re.escape, FIELDS.values())) + ")】")
"""What stands where a fact is wanting: an official sees it and fills it in, and until then nothing is issued."""

_FIELD: Final = re.compile(r"\{(\w+)\}")
# XML knows no other control characters, and a lone surrogate is no character at all.
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fill(template: Template, pack: Pack, facts: Mapping[str, Any]) -> Content:
    """The paper's content; `facts` are by name from `FIELDS`, with `rows` for a table. Raises LookupError for unknown names."""
    known = {**_of_pack(pack), **_plain(facts)}
    rows = [_row(row, number) for number, row in enumerate(facts.get("rows") or (), start=1)]

    def told(text: str, *, demanded: bool = False) -> str:
        return _FIELD.sub(lambda found: known.get(found[1]) or (f"【{FIELDS[found[1]]}】" if demanded else ""), text)

    body = [told(one.text, demanded=True) for one in template.body if not one.only_with or known.get(one.only_with)]
    return {
        "layout": template.layout,
        "landscape": template.landscape,
        "name": template.name,
        "series": told(template.series or ""),
        "mark": told(template.mark),
        "title": told(template.title, demanded=True),
        "names": [known[name] for name in NAMES if known.get(name)],
        "addressee": told(template.addressee),
        "body": lines("\n".join(body)),
        "boxes": [[[label, told(text), label in template.tall] for label, text in row] for row in template.boxes],
        "columns": [[one.name, one.width, one.centred] for one in template.columns],
        "rows": [[row.get(one.shows, "") for one in template.columns] for row in rows] if template.columns else [],
        "petitions": [row["number"] for row in rows if row.get("number")],
        "attachments": [told(text) for text in template.attachments],
        "signer": told(template.signer),
        "copies": told(template.copies),
        "printer": told(template.printer),
    }


def addressed(units: Collection[UUID]) -> Content:
    """The part of the content that says to which units the paper goes: their handlers may read it."""
    return {"units": sorted(map(str, units))}


def lines(text: str) -> list[str]:
    """The paragraphs of a text, without blank ones."""
    return [line for line in (printable(one).strip() for one in text.splitlines()) if line]


def printable(text: str) -> str:
    """The text without what no page can show."""
    return _UNPRINTABLE.sub("", text)


def blanks(content: Content) -> list[str]:
    """The facts that are still wanting, in Chinese."""
    return BLANK.findall("\n".join([content["title"], *content["body"]]))


def day(moment: date) -> str:
    """A day as the standard writes it: Arabic figures without leading zeros."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _of_pack(pack: Pack) -> dict[str, str]:
    return {
        "tenant": pack.name, "sign": pack.sign, "department": pack.department, "portal": pack.portal_name, "hotline": pack.footer.hotline,
        "today": day(clock.today()),
    }  # fmt: skip


def _plain(facts: Mapping[str, Any]) -> dict[str, str]:
    if unknown := set(facts) - set(FIELDS) - {"rows"}:
        raise LookupError(words.UNKNOWN_FACTS.format(names="、".join(sorted(unknown))))
    return {name: printable(str(value)).strip() for name, value in facts.items() if name != "rows" and value is not None}


def _row(row: Mapping[str, Any], number: int) -> dict[str, str]:
    if unknown := set(row) - set(COLUMNS):
        raise LookupError(words.UNKNOWN_FACTS.format(names="、".join(sorted(unknown))))
    return {"index": str(number), **{name: printable(str(value)) for name, value in row.items() if value is not None}}
