"""Nothing typed is lost when a session has ended: sign in, and the form is there as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import make_response, redirect, render_template, request, url_for

from zhitongche.portal import guards, hosted, sign_in_form, words
from zhitongche.tenancy import current
from zhitongche.webkit.forms import PackForm

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue
    from flask_wtf.csrf import CSRFError

RESUME: Final = "_resume"
_NEVER: Final = frozenset({"csrf_token", RESUME, "kept", "next", "send_code", "version"})
_MOST: Final = 200_000


def require_sign_in() -> ResponseReturnValue | None:
    """Before every page of the portal that is not public: ask for sign-in, and keep what was typed."""
    if guards.is_public() or guards.person() is not None:
        return None
    return ask_sign_in()


def ask_sign_in() -> ResponseReturnValue:
    """To the sign-in page, and back here afterwards; a form's contents travel along in the page."""
    if request.headers.get("HX-Request"):
        return make_response(words.NOT_KEPT)
    if request.method == "GET":
        return redirect(url_for("portal.door.sign_in", next=request.full_path.rstrip("?")))
    # Shown at once, not after a redirect: what was typed is in this request only.
    carried = sign_in_form.Carried(request.path, json.dumps(typed(), ensure_ascii=False))
    return sign_in_form.page(sign_in_form.empty(), carried, ended=words.SESSION_ENDED), 401


def lost_token(_error: CSRFError) -> ResponseReturnValue:
    """A form of an earlier session: sign in again, or confirm once more."""
    if current.pack().hosted_by is not None:
        return hosted.to_host()
    if guards.is_public() or guards.person() is not None:
        return resume_page(request.path, typed()), 400
    return ask_sign_in()


def resume_page(target: str, fields: list[tuple[str, str]]) -> Response:
    """A page whose one button brings the form back as it was filled in."""
    response = make_response(render_template("portal/resume.html", target=target, fields=fields, resume=RESUME))
    response.headers["Cache-Control"] = "no-store"
    return response


def typed() -> list[tuple[str, str]]:
    """What the form of this request holds, without secrets; files cannot be handed back to a browser."""
    sent = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in _NEVER and "password" not in name
    ]
    return sent if sum(len(text) for _, text in sent) <= _MOST else []


def unpacked(kept: str) -> list[tuple[str, str]]:
    """The fields that a sign-in page carried; empty for anything else."""
    try:
        pairs = json.loads(kept) if len(kept) <= _MOST * 2 else []
    except (ValueError, RecursionError):  # ten thousand brackets
        return []
    if not isinstance(pairs, list):
        return []
    return [(str(p[0]), str(p[1])) for p in pairs if isinstance(p, list) and len(p) == 2]


def own_path(target: str | None) -> str:
    """A path of this site, or the home page: no address that a stranger wrote leads elsewhere. CWE-601."""
    text = target or ""
    safe = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if safe else "/"


def submitted(form: PackForm) -> bool:
    """Whether the form was sent to be carried out, not only brought back."""
    return RESUME not in request.form and bool(form.validate_on_submit())
