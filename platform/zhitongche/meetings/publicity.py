"""What everyone may read must not tell which enterprise it is about (RP-3.3, ST-5.1)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from zhitongche.casework.case import load
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Invalid
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

_FORM: Final = re.compile(r"(股份|集团|有限|责任|公司|（.*?）|\(.*?\))+$")
_LEAST: Final = 4
"""Less than that of a name stands in many texts by chance."""
_BETWEEN: Final = re.compile(r"[\W_]+")
_PERSON: Final = "企业联系人姓名"


def require_discreet(petition_id: UUID, texts: Mapping[str, str], *, officials: Collection[str] = ()) -> None:
    """Raise Invalid where a text (by its field's name) names the enterprise, its people, numbers or petition.

    The fields `officials` name people of the unit, who may have the same name as somebody of the enterprise.
    """
    secrets = _secrets(petition_id)
    errors = {name: fault for name, text in texts.items() if (fault := _fault(_bare(text), secrets, person=name not in officials))}
    if errors:
        raise Invalid(errors)


def _secrets(petition_id: UUID) -> dict[str, str]:
    petition = load(petition_id)
    enterprise = enterprises.by_id(petition.enterprise_id)
    short = _FORM.sub("", enterprise.name)
    names = {enterprise.name, short if len(short) >= _LEAST else enterprise.name}
    found = dict.fromkeys(names, "企业名称") | {enterprise.credit_code: "统一社会信用代码", petition.contact_mobile: "联系手机"}
    contact = {petition.contact_name: _PERSON} if len(_bare(petition.contact_name)) > 1 else {}
    return found | {petition.number: "诉求编号"} | contact


def _fault(text: str, secrets: Mapping[str, str], *, person: bool) -> str | None:
    known = ((_bare(secret), what) for secret, what in secrets.items() if person or what != _PERSON)
    told = next((what for secret, what in known if secret and secret in text), None)
    return words.NOT_DISCREET.format(what=told) if told else None


def _bare(text: str) -> str:
    """As it reads, however it is typed: full-width digits, hyphens and spaces hide nothing."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
