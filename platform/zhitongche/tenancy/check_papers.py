"""Papers: every field is known, every layout has what it shows, every paper that the flow makes has its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.check_texts import fields
from zhitongche.tenancy.findings import Spot
from zhitongche.tenancy.papers_vocabulary import FIELDS, KINDS, MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.tenancy.draft import Draft
    from zhitongche.tenancy.papers import Template


def check(draft: Draft) -> None:
    """Note what is wrong with the templates, and with the flow's mentions of them."""
    _check_files(draft)
    _check_messages(draft)
    for template in draft.pack.papers.values():
        _check_texts(draft, template)
        _check_layout(draft, template)
        _check_roles(draft, template)
    for action in draft.pack.flow.actions.values():
        for paper in action.papers:
            if paper.kind not in draft.pack.papers:
                here = ("flow", "actions", action.code, "papers")
                draft.unknown(words_rules.paper(paper.kind), draft.pack.papers, *here)


def _check_files(draft: Draft) -> None:
    for path in sorted((draft.folder / "documents").glob("*")):
        if path.suffix != ".yaml" or path.stem not in KINDS:
            draft.report.unknown(Spot(f"{draft.code}/documents/{path.name}"), words_rules.paper(path.stem), KINDS)


def _check_messages(draft: Draft) -> None:
    missing = set(MESSAGES) - set(draft.pack.messages) if draft.pack.papers else ()
    for code in sorted(missing):
        draft.fault(words_rules.no_message(code, MESSAGES[code]), words.add_key(code), "messages")


def _check_texts(draft: Draft, template: Template) -> None:
    for path, text in _texts(template):
        for name in fields(text):
            if name not in FIELDS:
                draft.unknown(words_rules.field(name), FIELDS, f"documents/{template.kind}", *path)


def _check_layout(draft: Draft, template: Template) -> None:
    part = f"documents/{template.kind}"
    wanted = {"form": ("boxes", template.boxes), "list": ("columns", template.columns)}
    key, value = wanted.get(template.layout, ("body", template.body))
    if not value:
        draft.fault(words.missing(key), words_rules.layout_shows(template.layout, key), part, "layout")
    if template.layout in {"red_head", "letter"} and not (template.mark and template.series):
        draft.fault(words_rules.NO_MARK, words_rules.ADD_MARK, part, "layout")
    labels = {label for row in template.boxes for label, _ in row}
    for label in sorted(template.tall - labels):
        draft.unknown(words_rules.box(label), labels, part, "tall")


def _check_roles(draft: Draft, template: Template) -> None:
    made = {paper.kind for action in draft.pack.flow.actions.values() for paper in action.papers}
    # A pack that builds on another inherits templates for which it has no use, and nobody to approve them.
    if template.kind not in made and not draft.pack.meetings:
        return
    for step, role in template.by.items():
        if not draft.pack.holders(role):
            draft.fault(words_rules.nobody_holds(role), words_rules.give_role(role), f"documents/{template.kind}", "by", step)


def _texts(template: Template) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key in ("title", "series", "mark", "addressee", "signer", "copies", "printer"):
        yield (key,), getattr(template, key) or ""
    for index, paragraph in enumerate(template.body):
        yield ("body", index), paragraph.text
    for index, text in enumerate(template.attachments):
        yield ("attachments", index), text
    for index, row in enumerate(template.boxes):
        for label, text in row:
            yield ("boxes", index, label), text
