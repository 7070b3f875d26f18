"""Matching an enterprise with the legal-entity register (法人库). RP-2.2.b."""

import unicodedata
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import select

from zhitongche.identity import words
from zhitongche.identity.tables import LegalEntity
from zhitongche.persistence import db

_GONE = ("吊销", "注销", "撤销", "迁出")


@dataclass(frozen=True, slots=True)
class Match:
    """What the register says of a credit code and a name; `why` is Chinese, empty where they match.

    Only where they match does it tell what else it knows of the enterprise.
    """

    state: Literal["matched", "mismatched", "unknown"]
    why: str = ""
    legal_person: str | None = None
    address: str | None = None


class LegalRegister(Protocol):
    """A source of truth about legal entities; a provincial interface may stand in for the table."""

    def match(self, credit_code: str, name: str) -> Match:
        """Compare; `unknown` where the register cannot tell now."""


class TableRegister:
    """The register as loaded into table `legal_entity` from a CSV."""

    def match(self, credit_code: str, name: str) -> Match:
        """Code and name must agree and the entity must still exist; without any row nothing can be told."""
        entity = db.session.scalar(select(LegalEntity).where(LegalEntity.credit_code == credit_code))
        if entity is None:
            return self._missing()
        if compared(entity.name) != compared(name):
            return Match("mismatched", words.MATCH_NAME.format(registered=entity.name))
        if entity.status and any(word in entity.status for word in _GONE):
            return Match("mismatched", words.MATCH_STATUS.format(status=entity.status))
        return Match("matched", legal_person=entity.legal_person, address=entity.address)

    def _missing(self) -> Match:
        loaded = db.session.scalar(select(LegalEntity.credit_code).limit(1))
        return Match("mismatched", words.MATCH_NOT_FOUND) if loaded else Match("unknown", words.MATCH_EMPTY)


def match(credit_code: str, name: str) -> Match:
    """What the shipped register says."""
    return TableRegister().match(credit_code, name)


def compared(name: str) -> str:
    """A name as it is compared: width of brackets and stray spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).split())
