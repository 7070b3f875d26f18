"""Draft a paper, and mend the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche.casework.case import load, pack_of
from zhitongche.documents import cells, record, telling, words
from zhitongche.documents.deciding import issue_at_once
from zhitongche.documents.filling import addressed, fill, lines, printable
from zhitongche.documents.permissions import require_turn
from zhitongche.documents.record import happened, in_hand, require_state, template_of
from zhitongche.documents.tables import Paper
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from zhitongche.documents.about import About
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template

LONGEST: Final = {"title": 120, "addressee": 400, "copies": 400, "body": 8000}
BOX: Final = 4000


def draft(
    kind: str, *, about: About, facts: Mapping[str, Any], actor: Actor, number: str | None = None, key: str | None = None,
    units: Collection[UUID] = (),
) -> Paper:  # fmt: skip
    """Fill the pack's template of this kind; where nobody has to see it first, it is issued at once.

    `facts` by name from `tenancy.papers_vocabulary.FIELDS`, `rows` (by COLUMNS) for a table. `number` where the paper's
    number was given elsewhere; with `key` it is drafted once, however often it is asked for. `units` are those to whom it
    goes. Raises NotFound without a template, LookupError for unknown facts.
    """
    if key is not None and (known := db.session.scalar(select(Paper).where(Paper.key == key))):
        return known
    pack = pack_of(load(about.petition_id)) if about.petition_id else current.pack()
    template = template_of(pack, kind)
    now = clock.now()
    paper = Paper(
        id=new_id(), kind=kind, about_kind=about.kind, about_id=about.id, petition_id=about.petition_id, key=key,
        pack_version=pack.version, content=fill(template, pack, facts) | addressed(units), number=number, drafted_by=actor.person_id,
        drafted_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    happened(paper, "drafted", actor)
    if template.at_once:
        issue_at_once(paper, template, actor)
    if paper.state == "draft" and (template.at_once or actor.kind == "system"):
        # Nobody sat before it: what the machine drafted, or could not complete, is found by those who draft its kind.
        telling.tell_turn(paper, template)
    return paper


def edit(paper_id: UUID, actor: Actor, form: Mapping[str, Any], *, version: int | None = None) -> Paper:
    """Mend a draft: title, addressee, body (a paragraph a line), copies, `box-<row>-<n>`, `cell-<row>-<column>`.

    Raises Invalid by field, Conflict where `version` is given and the paper has moved on since.
    """
    paper, template = in_hand(paper_id)
    require_turn(actor, paper, template)
    require_state(paper, template, "draft")
    if version not in {None, record.version(paper_id)}:
        raise Conflict(words.CHANGED_MEANWHILE)
    assert paper.content is not None
    content = {**paper.content, **_texts(form, paper.content)}
    if "body" in form:
        content["body"] = lines(_within(form, "body"))
    content["boxes"] = [
        [[label, _within(form, f"box-{r}-{n}", text), tall] for n, (label, text, tall) in enumerate(row)]
        for r, row in enumerate(content["boxes"])
    ]
    content |= _cells(form, template, paper.content)
    _require_words(content)
    if content != paper.content:
        paper.content, paper.updated_at = content, clock.now()
        happened(paper, "edited", actor)
    return paper


def _texts(form: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, str]:
    return {name: _within(form, name, content[name]) for name in ("title", "addressee", "copies")}


def _cells(form: Mapping[str, Any], template: Template, content: Mapping[str, Any]) -> dict[str, Any]:
    rows = [list(row) for row in content["rows"]]
    for r, c in cells.editable(template, rows):
        rows[r][c] = _within(form, cells.name(r, c), rows[r][c])
    return {"rows": rows, cells.FILLED: content.get(cells.FILLED, content["rows"])} if rows != content["rows"] else {}


def _within(form: Mapping[str, Any], name: str, standing: str = "") -> str:
    text = printable(str(form.get(name, standing))).strip()
    limit = LONGEST.get(name, BOX)
    if len(text) > limit:
        raise Invalid({name: words.TOO_LONG.format(limit=limit, length=len(text))})
    return text


def _require_words(content: Mapping[str, Any]) -> None:
    errors = {} if content["title"] else {"title": words.TITLE_NEEDED}
    if not content["body"] and not content["boxes"] and not content["columns"]:
        errors["body"] = words.BODY_NEEDED
    if errors:
        raise Invalid(errors)
