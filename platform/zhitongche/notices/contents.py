"""What a message says of a petition, found when it is made: promises carry ids and codes only."""

from typing import Any
from uuid import UUID

from zhitongche import journal
from zhitongche.casework import case
from zhitongche.casework.queries import contacts
from zhitongche.documents import queries as papers
from zhitongche.identity import enterprises
from zhitongche.identity.people import Recipient
from zhitongche.notices import links, overrides, texts, words
from zhitongche.tenancy import current
from zhitongche.tenancy.pack import Pack

# Seven SMS with a whole letter in them help nobody; the rest is behind the link.
_LONGEST = 60


class Contents:
    """One message of a petition (or of none), to be worded for each reader. Raises NotFound, KeyError."""

    def __init__(self, payload: dict[str, Any]) -> None:
        given = payload.get("petition_id")
        self.petition_id = UUID(given) if given else None
        paper = payload.get("paper_id")
        self.paper_id = UUID(paper) if paper else None
        self._petition = case.load(self.petition_id) if self.petition_id else None
        # A petition keeps the words of the pack that it began under.
        self.pack: Pack = case.pack_of(self._petition) if self._petition else current.pack()
        self.template = overrides.message(self.pack, payload["message"])
        self._seq = payload.get("seq")
        self._fields = self._filled({**self._of_paper(payload), **payload.get("fields", {})})

    def text(self, reader: Recipient) -> str:
        """The message as this reader gets it."""
        fields = {"link": links.to(reader.kind, self.petition_id, self.paper_id), **self._fields}
        return texts.render(self.template, fields)

    def contacts(self) -> list[Recipient]:
        """Whom the enterprises named for this petition and those joined to it; they need not have accounts."""
        found = contacts.of(self.petition_id) if self.petition_id else []
        return [Recipient(one.name, one.mobile, "enterprise") for one in found]

    def _of_paper(self, payload: dict[str, Any]) -> dict[str, str]:
        told = papers.told_of(self.paper_id, UUID(payload["step"])) if self.paper_id else {}
        return {name: _shortened(text, _LONGEST) for name, text in told.items()}

    def _filled(self, given: dict[str, str]) -> dict[str, str]:
        fields = {"portal": self.pack.portal_name, **given}
        fields["due"] = given.get("due") or words.DUE_BY_RULE
        if self._petition is None:
            return fields
        if "{title}" in self.template or "{enterprise}" in self.template:
            fields.setdefault("title", _shortened(self._petition.title, 30))
            fields.setdefault("enterprise", enterprises.by_id(self._petition.enterprise_id).name)
        for field in ("reason", "text"):
            if "{" + field + "}" in self.template and field not in given:
                fields[field] = self._last_said(field)
        return fields

    def _last_said(self, field: str) -> str:
        assert self.petition_id
        entries = journal.entries(self.petition_id)
        of_this = [entry for entry in entries if entry.seq == self._seq] if self._seq else reversed(entries)
        for entry in of_this:
            if said := (entry.body or {}).get("form", {}).get(field):
                return _shortened(str(said), _LONGEST)
        return words.SEE_PAGE


def _shortened(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1] + "…"
