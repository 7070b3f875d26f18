"""The second belt beside row-level security: a statement that names tenant-owned entities is told whose rows it means.

It is put on when a statement is compiled, which SQLAlchemy does once for each shape of statement; laid over every
execution anew it cost up to as much as the statement itself. The tenant is asked for at each execution.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CompoundSelect, Delete, Select, Text, Update, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import with_loader_criteria

from zhitongche.persistence.owned import TenantOwned
from zhitongche.persistence.scope import tenant_or_none

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

_OWN = bindparam("own_tenant", callable_=tenant_or_none, type_=Text)
CRITERIA = with_loader_criteria(
    TenantOwned, lambda cls: cls.tenant_id == _OWN, include_aliases=True, propagate_to_loaders=False, track_closure_variables=False
)
_KINDS: Final = (Select, "visit_select"), (CompoundSelect, "visit_compound_select"), (Update, "visit_update"), (Delete, "visit_delete")


def put_on() -> None:
    """Let every statement of this process wear it."""
    for kind, visit in _KINDS:
        compiles(kind)(partial(_compiled, visit))


def _compiled(visit: str, statement: Any, compiler: SQLCompiler, **options: Any) -> str:
    # What stands inside another statement is held by the outermost one's.
    worn = statement if compiler.stack else statement.options(CRITERIA)
    text: str = getattr(compiler, visit)(worn, **options)
    return text
