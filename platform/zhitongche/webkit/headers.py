"""What every answer tells the browser not to do."""

from __future__ import annotations

from flask import Flask, Response, request

# data: is for the pictures inside Bootstrap's own stylesheet (the arrow of a select, the tick of a box).
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": Flask-WTF checks the referrer of every form sent over https.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR = 31_536_000


def init_app(app: Flask) -> None:
    """Strict headers on every response, strict session cookies. OWASP ASVS 5.0, V3.3 and V3.4."""
    # Flask's own defaults are in the configuration already, so setdefault would leave them.
    app.config["SESSION_COOKIE_SAMESITE"] = "Strict"
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.after_request(_guard)


def _guard(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
    if request.endpoint == "webkit.static":
        response.cache_control.max_age = _YEAR
        response.cache_control.public = True
        response.cache_control.no_cache = None
    elif "Cache-Control" not in response.headers:
        # Never from a shared cache; but not no-store, with which going back loses what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
