"""Which tenant 租户 the present code acts for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tenant: ContextVar[str | None] = ContextVar("tenant", default=None)


class NoTenant(RuntimeError):
    """Tenant-owned data was asked for outside of any tenant scope: a fault of the program."""

    def __init__(self) -> None:
        super().__init__("当前没有租户:请在 tenant_scope(…) 之内访问租户数据。")


@contextmanager
def tenant_scope(code: str) -> Iterator[None]:
    """Act for the tenant `code` (its pack's code) inside the block; scopes nest, the inner one counts."""
    token = _tenant.set(code)
    try:
        yield
    finally:
        _tenant.reset(token)


def current_tenant() -> str:
    """The code of the tenant acted for; raises NoTenant outside of any scope."""
    tenant = _tenant.get()
    if tenant is None:
        raise NoTenant
    return tenant


def tenant_or_none() -> str | None:
    """The code of the tenant acted for, None outside of any scope."""
    return _tenant.get()
