"""What is handed in: its fields, their cleaning, the enterprise behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from zhitongche.casework import words
from zhitongche.casework.fields import Field, clean
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.uploads import Upload
    from zhitongche.tenancy.pack import Pack

LABELS: Final = {"title": "诉求标题", "content": "情况和问题", "wish": "希望怎样解决", "category": "诉求类别", "matter": "诉求事项",
                 "contact_name": "联系人", "contact_mobile": "联系手机", "files": "附件", "area": "所在镇（区）"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intake:
    """A petition as handed in, cleaned. `source_facts` are what the source must tell (hotline order, visit note)."""

    enterprise_id: UUID
    title: str
    content: str
    category: str
    contact_name: str
    contact_mobile: str
    source: str
    wish: str = ""
    matter: str = ""
    area: str = ""
    source_facts: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    draft_id: UUID | None = None


def intake_fields(pack: Pack) -> list[Field]:
    """The fields of the petition itself, the same for every way in."""
    categories = tuple((c.code, c.name) for c in pack.categories.values())
    matters = tuple((m.code, m.name) for m in pack.matters.values())
    return [
        Field("title", LABELS["title"], "text", required=True, max_length=60, min_length=4, hint="一句话说清楚要办的事"),
        Field("content", LABELS["content"], "longtext", required=True, max_length=4000, min_length=10,
              hint="什么时候、在哪里、遇到什么问题，找过哪些部门"),
        Field("wish", LABELS["wish"], "longtext", required=False, max_length=1000),
        Field("category", LABELS["category"], "choice", required=True, choices=categories),
        Field("matter", LABELS["matter"], "choice", required=False, choices=matters),
        Field("contact_name", LABELS["contact_name"], "text", required=True, max_length=30),
        Field("contact_mobile", LABELS["contact_mobile"], "text", required=True, max_length=20),
        Field("files", LABELS["files"], "files", required=False),
    ]  # fmt: skip


SOURCE_FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "web": (),
    "window": (Field("window_note", "窗口登记说明", "longtext", required=False, max_length=500),),
    "hotline": (
        Field("order_number", "12345工单编号", "text", required=True, max_length=40),
        Field("first_received", "热线收件时间", "datetime", required=True),
        Field("handled_by", "此前直派部门及未解决原因", "longtext", required=False, max_length=500),
    ),
    "visit": (
        Field("visited_at", "走访时间", "datetime", required=True),
        Field("visited_by", "走访人员", "text", required=True, max_length=60),
        Field("visit_note", "走访情况", "longtext", required=True, max_length=1000),
    ),
    "bridge": (),
}
"""What each source must tell of itself (ST-3.1.2, ST-3.1.3, RP-2.2.a)."""


def clean_intake(
    pack: Pack, form: Mapping[str, Any], *, enterprise_id: UUID, source: str, draft_id: UUID | None = None
) -> Intake:
    """Clean the form of any way in. Raises Invalid with a message beside each field that does not do."""
    errors: dict[str, str] = {}
    values = _gather(intake_fields(pack), form, errors)
    facts = _gather(list(SOURCE_FIELDS[source]), form, errors)
    mobile = values.get("contact_mobile") or str(form.get("contact_mobile") or "")
    try:
        mobile = identifiers.mobile(mobile) if mobile else mobile
    except Invalid as error:
        errors.setdefault("contact_mobile", next(iter(error.errors.values())))
    if errors:
        raise Invalid(errors)
    values |= {"contact_mobile": mobile, "files": tuple(values.get("files") or ()), "matter": values.get("matter") or ""}
    return Intake(enterprise_id=enterprise_id, source=source, source_facts=facts, draft_id=draft_id, **values)


def _gather(fields: list[Field], form: Mapping[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    try:
        return clean(fields, form)
    except Invalid as error:
        errors.update(error.errors)
        return {}


def accepted_sources(pack: Pack, roles: frozenset[str]) -> list[tuple[str, str]]:
    """The sources that an official with these roles may enter, as (value, label)."""
    who = pack.flow.by_verb("register").who if pack.takes_petitions else ()
    offered = {"window": "window", "hotline": "hotline", "visit": "triage"}
    return [(s, words.SOURCES[s]) for s, role in offered.items() if role in roles and role in who]
