"""What must hold of the database before the program serves anyone."""

from sqlalchemy import Connection, Engine, text

# The first releases without the row-security holes of 2025 (CVE-2025-8713 and before).
_MINOR = {15: 14, 16: 10, 17: 6}

_CHECKS = {
    "select rolsuper from pg_roles where rolname = current_user": "数据库账号是超级用户",
    "select rolbypassrls from pg_roles where rolname = current_user": "数据库账号可以绕过行级安全(BYPASSRLS)",
    "select rolcreaterole or rolcreatedb from pg_roles where rolname = current_user": (
        "数据库账号可以新建角色或数据库"
    ),
    "select exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid"
    " where member = current_user::regrole and (rolname <> 'zt_province' or admin_option))": "数据库账号是其他角色的成员",
    "select not exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid"
    " where member = current_user::regrole and rolname = 'zt_province')": "数据库账号不能以省级统计角色 zt_province 读取汇总数",
    # Whoever inherits would have the province's rights everywhere, not only where it says so.
    "select exists (select from pg_roles where rolname = 'zt_province' and pg_has_role(oid, 'usage'))": (
        "数据库账号自动继承了省级统计角色 zt_province 的权限(INHERIT)"
    ),
    "select exists (select from pg_class where relowner = current_user::regrole)": "数据库账号是数据表的所有者",
    "select exists (select from pg_database where datdba = current_user::regrole)": "数据库账号是数据库的所有者",
    "select has_schema_privilege('public', 'create') or has_database_privilege(current_database(), 'create')": (
        "数据库账号可以新建表或模式(CREATE)"
    ),
    "select exists (select from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    " and has_table_privilege(oid, 'truncate'))": "数据库账号可以清空数据表(TRUNCATE)",
    "select exists (select from pg_attribute a join pg_class c on c.oid = a.attrelid where attname = 'tenant_id'"
    " and relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not attisdropped"
    " and not (relrowsecurity and relforcerowsecurity))": "有租户数据表未启用强制行级安全",
}


class UnsafeDatabase(RuntimeError):
    """The database does not keep the tenants apart; the message says what is wrong and what to do."""


def check(engine: Engine) -> None:
    """Refuse to serve on a server or as a role that does not keep tenants apart; raises UnsafeDatabase."""
    with engine.connect() as connection:
        _check_version(connection)
        for query, fault in _CHECKS.items():
            if connection.scalar(text(query)):
                raise UnsafeDatabase(
                    f"{fault}。请运行 ./zhitongche migrate 建好角色与权限,并让 DATABASE_URL 使用 zt_app 账号。"
                )


def _check_version(connection: Connection) -> None:
    number = connection.scalars(text("select current_setting('server_version_num')::int")).one()
    refuse_old(number)


def refuse_old(number: int) -> None:
    """Refuse a server version (as `server_version_num`, 150014 for 15.14); raises UnsafeDatabase."""
    major, minor = divmod(number, 10_000)
    if major < min(_MINOR) or minor < _MINOR.get(major, 0):
        wanted = "、".join(f"{major}.{minor}" for major, minor in _MINOR.items())
        raise UnsafeDatabase(
            f"PostgreSQL {major}.{minor} 的行级安全有已公开的漏洞。"
            f"请升级到所用大版本的 {wanted} 或更新的小版本,或 18 以上版本。"
        )
