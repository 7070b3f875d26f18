"""Petitions entered by officers: at the window, from the hotline, on a visit (RP-2.2.a, ST-3.1.2, ST-3.1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from zhitongche.casework import access
from zhitongche.casework import words as case_words
from zhitongche.casework.case import load
from zhitongche.casework.intake import SOURCE_FIELDS, accepted_sources, clean_intake, intake_fields
from zhitongche.casework.queries import case_page, duplicates
from zhitongche.casework.register import register
from zhitongche.desk import export, forms, guard, shown, words
from zhitongche.identity import enterprises
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.identity.register import compared
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.identity.tables import Enterprise
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("intake", __name__, url_prefix="/intake")
ENTERPRISE: Final = (
    FieldSpec("credit_code", "统一社会信用代码", "credit_code", hint="18位，见营业执照"),
    FieldSpec("enterprise_name", "企业名称", max_length=100, required=False, hint="已登记过的企业可点“查找企业”自动带出"),
    FieldSpec("area", "所在镇（区）", max_length=40, required=False),
    FieldSpec("address", "企业地址", max_length=200, required=False),
)
FILES: Final = (FieldSpec("files", "附件", "files", required=False, hint="图片、PDF、Word、Excel 等，每个不超过20 MB，最多10个"),)
BESIDE: Final = frozenset({"csrf_token", "step", "files"})


@dataclass(frozen=True)
class Entry:
    """What the officer has typed so far, checked: the enterprise where it is known, and the fields of the petition."""

    source: str
    typed: dict[str, Any]
    enterprise: Enterprise | None


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """First page: source, enterprise, petition. Second: likely duplicates, attachments, save."""
    sources = accepted_sources(current.pack(), guard.actor().roles)
    if not sources:
        abort(403)
    offered = dict(sources)
    source = request.values.get("source", "")
    source = source if source in offered else sources[0][0]
    form = _form(source)
    step = request.form.get("step", "")
    if step == "find":
        return _first(form, source, offered, found=_find(form))
    if step == "back" or not form.is_submitted():
        return _first(form, source, offered)
    if not form.validate_on_submit():
        return _first(form, source, offered), 422
    try:
        entry = _checked(form, source)
        return _save(entry) if step == "save" else _second(form, entry)
    except Invalid as error:
        apply_errors(form, error)
        if set(error.errors) <= {"files"}:
            return _second(form, entry, error), 422
        return _first(form, source, offered), 422


@blueprint.get("/<uuid:petition_id>/receipt")
def receipt(petition_id: UUID) -> str:
    """The receipt, to be printed and handed to the enterprise."""
    actor = guard.actor()
    petition = load(petition_id)
    access.require_read(actor, petition)
    page = case_page.of(petition, actor)
    facts = [(words.FACT_LABELS.get(n, n), export.fact_text(n, v)) for n, v in petition.source_facts.items() if v]
    return render_template("desk/receipt.html", page=page, petition=petition, sources=case_words.SOURCES, facts=facts, name_of=shown.name_of)


def _form(source: str) -> PackForm:
    fields = [field for field in intake_fields(current.pack()) if field.kind != "files"]
    return build_form((*ENTERPRISE, *forms.specs(SOURCE_FIELDS[source]), *forms.specs(fields), FieldSpec("draft_id", "", "text", required=False)),
                      {"draft_id": str(new_id())})  # fmt: skip


def _find(form: PackForm) -> Enterprise | None:
    """Look the enterprise up and bring in what is known of it; only empty fields are filled."""
    try:
        code = identifiers.credit_code(form["credit_code"].data or "")
    except Invalid as error:
        apply_errors(form, Invalid({"credit_code": next(iter(error.errors.values()))}))
        return None
    known = enterprises.by_code(code)
    if known is None:
        apply_errors(form, Invalid({"enterprise_name": words.NO_ENTERPRISE}))
        return None
    for name, value in (("enterprise_name", known.name), ("area", known.area), ("address", known.address)):
        if not form[name].data:
            form[name].data = value
    return known


def _checked(form: PackForm, source: str) -> Entry:
    """Check everything that was typed, before anything is made. Raises Invalid."""
    values = form.values()
    known, name = enterprises.by_code(values["credit_code"]), values["enterprise_name"] or ""
    if known is None and not name.strip():
        raise Invalid({"enterprise_name": words.NO_ENTERPRISE})
    if known is not None and name.strip() and compared(name) != compared(known.name):
        raise Invalid({"enterprise_name": words.OTHER_NAME.format(name=known.name)})
    # The enterprise may not exist yet: any id does for checking the rest.
    clean_intake(current.pack(), values, enterprise_id=known.id if known else new_id(), source=source)
    return Entry(source, values, known)


def _save(entry: Entry) -> ResponseReturnValue:
    """Register in one piece: the enterprise where it is new, the petition, its files. Sending twice makes one."""
    typed, actor = entry.typed, guard.actor()
    files = forms.uploads(build_form(FILES)["files"].data or [])
    draft_id = _draft_id(typed["draft_id"])
    try:
        with unit_of_work():
            enterprise = entry.enterprise or enterprises.record(
                EnterpriseForm(typed["credit_code"], typed["enterprise_name"] or "", "", "", "", typed["area"] or "", typed["address"] or "")
            )
            intake = clean_intake(
                current.pack(), {**typed, "files": files}, enterprise_id=enterprise.id, source=entry.source, draft_id=draft_id
            )
            petition = register(intake, actor)
            if petition.entered_by != actor.person_id:
                raise NotFound
            number, made = petition.number, petition.id
    except IntegrityError:
        # The same page was sent twice at the same moment: the other one has registered it.
        petition = load(draft_id)
        number, made = petition.number, petition.id
    flash(words.REGISTERED.format(number=number), "success")
    return redirect(url_for("desk.intake.receipt", petition_id=made), 303)


def _draft_id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


def _first(form: PackForm, source: str, offered: dict[str, str], *, found: Enterprise | None = None) -> str:
    likely = duplicates.like(found.id, form["title"].data or "", form["content"].data or "", guard.actor()) if found else []
    groups = (
        ("企业", [spec.name for spec in ENTERPRISE]),
        ("来源情况", [field.name for field in SOURCE_FIELDS[source]]),
        ("诉求", [field.name for field in intake_fields(current.pack()) if field.kind != "files"]),
    )
    return render_template(
        "desk/intake.html", form=form, source=source, offered=offered, found=found, open_cases=likely, groups=groups, stage_name=shown.stage_name
    )


def _second(form: PackForm, entry: Entry, error: Invalid | None = None) -> str:
    typed = entry.typed
    files = build_form(FILES)
    if error is not None:
        apply_errors(files, error)
    alike = duplicates.like(entry.enterprise.id, typed["title"], typed["content"], guard.actor()) if entry.enterprise else []
    return render_template(
        "desk/intake_check.html", form=form, entry=entry, files=files, likely=[one for one in alike if one.likely],
        shown=_shown(form), source_name=case_words.SOURCES[entry.source], stage_name=shown.stage_name,
        sent=[(name, text) for name, text in request.form.items(multi=True) if name not in BESIDE],
    )  # fmt: skip


def _shown(form: PackForm) -> list[tuple[str, Any]]:
    """What was typed, with its labels, as a person reads it."""
    rows = []
    for spec in form.specs:
        raw = form[spec.name]
        value = raw._value() if hasattr(raw, "_value") else dict(spec.choices).get(raw.data, raw.data)
        if spec.name not in {"draft_id", "title", "content"} and value:
            rows.append((spec.label, str(value).replace("T", " ") if spec.kind == "datetime" else value))
    return rows
