"""What others may read must not tell which enterprise it is about (RP-3.3, ST-5.1)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from zhitongche.casework.tables import Petition

_FORM: Final = re.compile(r"(股份|集团|有限|责任|公司|（.*?）|\(.*?\))+$")
_LEAST: Final = 4
"""Less than that of a name stands in many texts by chance."""
_BETWEEN: Final = re.compile(r"[\W_]+")
_PERSON: Final = "企业联系人姓名"


def require_discreet(
    petition: Petition, texts: Mapping[str, str], refusal: str, *, officials: Collection[str] = ()
) -> None:
    """Raise Invalid where a text (by its field's name) names the enterprise, its people, numbers or petition.

    `refusal` mentions {what}. The fields `officials` name people of the unit, who may have the same name as somebody of the enterprise.
    """
    secrets = _secrets(petition)
    found = {name: told(text, secrets, person=name not in officials) for name, text in texts.items()}
    errors = {name: refusal.format(what=what) for name, what in found.items() if what}
    if errors:
        raise Invalid(errors)


def masked(petition: Petition, text: str, instead: str) -> str:
    """The text as it may go further: `instead` where it names the enterprise, its people or numbers."""
    return instead if told(text, _secrets(petition)) else text


def told(text: str, secrets: Mapping[str, str], *, person: bool = True) -> str | None:
    """What kind of secret stands in the text; None where none does."""
    bare = _bare(text)
    known = ((_bare(secret), what) for secret, what in secrets.items() if person or what != _PERSON)
    return next((what for secret, what in known if secret and secret in bare), None)


def _secrets(petition: Petition) -> dict[str, str]:
    enterprise = enterprises.by_id(petition.enterprise_id)
    short = _FORM.sub("", enterprise.name)
    names = {enterprise.name, short if len(short) >= _LEAST else enterprise.name}
    found = dict.fromkeys(names, "企业名称") | {enterprise.credit_code: "统一社会信用代码", petition.contact_mobile: "联系手机"}
    contact = {petition.contact_name: _PERSON} if len(_bare(petition.contact_name)) > 1 else {}
    return found | {petition.number: "诉求编号"} | contact


def _bare(text: str) -> str:
    """As it reads, however it is typed: full-width digits, hyphens and spaces hide nothing."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
