"""The application, as a table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from zhitongche import api, desk, portal, province, webkit
from zhitongche.app import figures, frame, repeated, signing, waking
from zhitongche.app.health import blueprint as health
from zhitongche.documents.dossier import sources
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.extensions import installed
from zhitongche.kernel.settings import Settings
from zhitongche.notices import told
from zhitongche.persistence import db, guard
from zhitongche.province.lent import Desk
from zhitongche.tenancy import current, packs

if TYPE_CHECKING:
    from zhitongche.tenancy.packs import Registry


def create_app(settings: Settings | None = None, registry: Registry | None = None) -> Flask:
    """Compose the application. Raises PackError for a faulty pack, UnsafeDatabase for a role that could cross tenants."""
    settings = settings or Settings.from_env()
    registry = registry or packs.of(settings)
    app = Flask("zhitongche", static_folder=None)
    app.config.from_mapping(_configuration(settings))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    db.init_app(app)
    with app.app_context():
        guard.check(db.engine)
    current.init_app(app, registry)
    signing.init_app(app)
    webkit.init_app(app, frame.frame(), show_gallery=settings.environment == "test")
    app.register_blueprint(health)
    for room in (portal, desk, api):
        room.init_app(app)
    province.init_app(app, Desk(desk.guarded, desk.actor))
    desk.first(province.group)
    sources.messages_from(told.about)
    repeated.init_app(app)
    figures.init_app(app)
    waking.init_app(app, settings)
    for extension in installed():
        extension.init_app(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    if settings.database_url is None:
        raise Invalid({"DATABASE_URL": "未设置数据库地址"}, "没有可用的数据库：请用 ./zhitongche up 启动，或设置 DATABASE_URL。")
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # A pool smaller than the threads was measured to cost a second at the 99th percentile.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": settings.web_threads + 4, "max_overflow": 4},
        "DATA_DIR": str(settings.data_dir),
        "SMS_PROVIDER": settings.sms,
        "SETTINGS": settings,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.production else "session",
        "MAX_CONTENT_LENGTH": 110 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 500,
    }
