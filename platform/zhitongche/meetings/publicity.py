"""What everyone may read must not tell which enterprise it is about (RP-3.3, ST-5.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from zhitongche.casework.case import load
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Invalid
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

_FORM: Final = re.compile(r"(股份|集团|有限|责任|公司|（.*?）|\(.*?\))+$")
_LEAST: Final = 4
"""Less than that of a name stands in many texts by chance."""
_SPACE: Final = re.compile(r"\s+")


def require_discreet(petition_id: UUID, texts: Mapping[str, str]) -> None:
    """Raise Invalid where a text (by its field's name) names the enterprise, its people, numbers or petition."""
    secrets = _secrets(petition_id)
    errors = {name: fault for name, text in texts.items() if (fault := _fault(_bare(text), secrets))}
    if errors:
        raise Invalid(errors)


def _secrets(petition_id: UUID) -> dict[str, str]:
    petition = load(petition_id)
    enterprise = enterprises.by_id(petition.enterprise_id)
    short = _FORM.sub("", enterprise.name)
    names = {enterprise.name, short if len(short) >= _LEAST else enterprise.name}
    found = dict.fromkeys(names, "企业名称") | {enterprise.credit_code: "统一社会信用代码", petition.contact_mobile: "联系手机"}
    return found | {petition.number: "诉求编号"}


def _fault(text: str, secrets: Mapping[str, str]) -> str | None:
    told = next((what for secret, what in secrets.items() if secret and _bare(secret) in text), None)
    return words.NOT_DISCREET.format(what=told) if told else None


def _bare(text: str) -> str:
    return _SPACE.sub("", text).upper()
