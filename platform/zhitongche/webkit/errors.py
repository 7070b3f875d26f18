"""What goes wrong, told in Chinese: a page for people, RFC 9457 problem details under /api/."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused, ZhitongcheError
from zhitongche.webkit import layout, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS: dict[type[ZhitongcheError], int] = {
    Refused: 409,
    Invalid: 422,
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
}
_HIDDEN = frozenset({"csrf_token", "version", "sms_code", "otp", "totp"})
_MOST_KEPT = 40
_BARE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{detail}</p>'
API = "/api/"
"""Below this path programs ask, not people."""
_PARAMETERS = frozenset({"header", "query"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, in the words of its reader."""

    status: int
    title: str
    detail: str
    remedy: str
    kind: str = "about:blank"
    clause: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""


def init_app(app: Flask) -> None:
    """Answer every failure with a page or a problem; nothing of a trace or of SQL leaves."""
    app.register_error_handler(ZhitongcheError, _expected)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, unexpected)


def _expected(error: ZhitongcheError) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    title, _, remedy = words.ERRORS[status]
    if isinstance(error, Refused):
        remedy = words.REFUSED_NEXT
    elif request.method == "POST" and isinstance(error, Conflict):
        title, remedy = words.CONFLICT_TITLE, words.CONFLICT_NEXT
    elif request.method == "POST" and isinstance(error, Invalid):
        remedy = words.FORM_NEXT
    return answer(
        Problem(
            status,
            title,
            error.message,
            remedy,
            kind=f"urn:zhitongche:problem:{type(error).__name__.lower()}",
            clause=getattr(error, "clause", None),
            errors=getattr(error, "errors", {}),
        )
    )


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # a redirect raised as an exception is no failure
        return make_response(error)
    status = error.code if error.code in words.ERRORS else 400 if error.code < 500 else 500
    title, detail, remedy = words.ERRORS[status]
    if request.path.startswith(API):
        detail = words.API_ERRORS.get(status, detail)
    if isinstance(error, CSRFError):
        detail = words.CSRF
    response = answer(Problem(error.code, title, detail, remedy))
    for name, value in error.get_headers():  # Allow, Retry-After, WWW-Authenticate
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def unexpected(error: HTTPException) -> Response:
    """A fault of ours, with a number under which the log tells more."""
    status = 503 if isinstance(getattr(error, "original_exception", None), OperationalError) else 500
    reference = secrets.token_hex(4).upper()
    current_app.logger.error("problem %s at endpoint %s", reference, request.endpoint)
    title, detail, remedy = words.ERRORS[status]
    response = answer(Problem(status, title, detail, remedy, reference=reference))
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def answer(problem: Problem) -> Response:
    """The problem as a page, or as application/problem+json for a program. RFC 9457."""
    if request.path.startswith(API):
        response = make_response(current_app.json.response(_document(problem)))
        response.mimetype = "application/problem+json"
    else:
        response = make_response(_page(problem))
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(problem: Problem) -> dict[str, Any]:
    # RFC 9457 lets the title be in the reader's language.
    body: dict[str, Any] = {
        "type": problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    faults = [_fault(name, said) for name, said in problem.errors.items()]
    optional = {"clause": problem.clause, "errors": faults, "reference": problem.reference}
    return body | {name: value for name, value in optional.items() if value}


def _fault(name: str, said: str) -> dict[str, str]:
    """Where it is wrong: `header:…` and `query:…` name a parameter, all else a field of the body (RFC 6901)."""
    place, _, rest = name.partition(":")
    if place in _PARAMETERS:
        return {"detail": said, "parameter": rest}
    return {"detail": said, "pointer": f"#/{name}" if name else "#"}


def _page(problem: Problem) -> str:
    kept = typed()
    if problem.status < 500:
        try:
            around = f"layouts/{layout.frame().area()}.html"
            return render_template("pages/error.html", problem=problem, kept=kept, around=around)
        except Exception:  # the surroundings may themselves be what failed
            current_app.logger.exception("no surroundings for an error page")
    try:
        return render_template("pages/error.html", problem=problem, kept=kept, around="layouts/plain.html")
    except Exception:  # under a host name out of which no address can be made
        current_app.logger.exception("no page for an error")
        return _BARE.format(title=escape(problem.title), detail=escape(problem.detail))


def typed() -> list[tuple[str, str]]:
    """What was typed into the form that failed, as (label, text), without secrets and hidden fields."""
    if request.method != "POST":
        return []
    try:
        sent = list(request.form.items(multi=True))[:_MOST_KEPT]
    except RequestEntityTooLarge:
        return []
    labels = {item.name: item.label.text for item in g.get("webkit_form", ())}
    return [(labels.get(name, ""), text) for name, text in sent if text.strip() and _shown(name, labels)]


def _shown(name: str, labels: Mapping[str, str]) -> bool:
    # Without the form we cannot tell a label from a hidden field: then only what has a plain name is shown.
    hidden = name.startswith("_") or name in _HIDDEN or "password" in name
    return not hidden and (name in labels or not labels)
