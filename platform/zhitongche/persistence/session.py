"""One session per tenant, which tells the database whose it is in every transaction."""

from typing import Any

from flask.globals import app_ctx
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import SessionTransaction, UOWTransaction
from typing_extensions import override

from zhitongche.persistence.owned import TenantOwned
from zhitongche.persistence.scope import tenant_or_none

_SET_TENANT = text("select set_config('app.tenant', :tenant, true)")


class ForeignTenant(RuntimeError):
    """An object of one tenant was put into another's session: a fault of the program."""

    def __init__(self, thing: object, tenant: str | None) -> None:
        super().__init__(f"{type(thing).__name__} 属于其他租户,不能写入租户“{tenant or '无'}”的会话。")


class TenantSession(Session):
    """A session of the tenant in scope at its creation; outside of any scope it sees no tenant's row.

    One each, because an identity map shared by two tenants hands out objects without asking the database.
    """

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, **options)
        self.tenant = tenant_or_none()


class TenantDatabase(SQLAlchemy):
    """Flask-SQLAlchemy with sessions scoped by application context and tenant."""

    @override
    def _teardown_session(self, exc: BaseException | None) -> None:
        # One context may have used several tenants' sessions; upstream would remove only the last.
        sessions = self.session.registry.registry
        mine = id(app_ctx._get_current_object())  # type: ignore[attr-defined]
        # Other threads come and go meanwhile: list() copies the keys in one step, which a loop over them is not.
        for key in [key for key in list(sessions) if key[0] == mine]:
            sessions.pop(key).close()


def scope_key() -> tuple[int, str | None]:
    """What a session is scoped by: the application context and the tenant."""
    return id(app_ctx._get_current_object()), tenant_or_none()  # type: ignore[attr-defined]


@event.listens_for(TenantSession, "after_begin")
def _tell_tenant(session: TenantSession, transaction: SessionTransaction, connection: Connection) -> None:
    # Local to the transaction: a pooled connection must not carry it to the next user.
    if not transaction.nested:
        connection.execute(_SET_TENANT, {"tenant": session.tenant or ""})


@event.listens_for(TenantSession, "before_flush")
def _refuse_foreign(session: TenantSession, _context: UOWTransaction, _instances: object) -> None:
    for thing in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(thing, TenantOwned):
            continue
        if thing.tenant_id is None and session.tenant is not None:
            thing.tenant_id = session.tenant
        if thing.tenant_id != session.tenant or session.tenant is None:
            raise ForeignTenant(thing, session.tenant)
