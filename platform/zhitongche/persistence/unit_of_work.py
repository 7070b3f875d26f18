"""The edge of a transaction: the one place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from zhitongche.persistence.base import db
from zhitongche.persistence.session import TenantSession

_OPEN = "unit_of_work"


class NestedUnitOfWork(RuntimeError):
    """A use case tried to commit on its own: a fault of the program."""

    def __init__(self) -> None:
        super().__init__("工作单元不能嵌套:只有边界提交,用例从不提交。")


@contextmanager
def unit_of_work() -> Iterator[TenantSession]:
    """Commit at the end of the block, undo everything on any error; the session is the present tenant's.

    A request that is broken off (SystemExit, KeyboardInterrupt, cancellation) leaves its connection
    in an unknown state: it is closed, not given back to the pool. Raises NestedUnitOfWork.
    """
    session = cast(TenantSession, db.session())
    if _OPEN in session.info:
        raise NestedUnitOfWork
    session.info[_OPEN] = True
    try:
        yield session
        session.commit()
    except Exception:
        _undo(session)
        raise
    except BaseException:
        session.invalidate()
        raise
    finally:
        session.info.pop(_OPEN, None)


def _undo(session: TenantSession) -> None:
    try:
        session.rollback()
    except Exception:
        session.invalidate()
        raise
