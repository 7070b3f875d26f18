"""Making the data folder of the embedded PostgreSQL."""

import shutil
from pathlib import Path

from zhitongche.deployment.account import give
from zhitongche.deployment.errors import ClusterError
from zhitongche.deployment.programs import Programs

# Any UTF-8 character type will do; with plain C the trigrams of Chinese are all zero.
CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8")


def make(programs: Programs, data: Path, superuser: str, password: str, *, sync: bool) -> None:
    """Fill a data folder, all or nothing; raises ClusterError."""
    fresh = data.with_name(data.name + ".new")
    pwfile = data.with_name("initdb.password")
    shutil.rmtree(fresh, ignore_errors=True)
    give(programs.account, fresh)
    _write_for(programs, pwfile, password)
    try:
        _initdb(programs, fresh, superuser, pwfile, sync)
    finally:
        pwfile.unlink()
    fresh.rename(data)


def _initdb(programs: Programs, folder: Path, superuser: str, pwfile: Path, sync: bool) -> None:
    errors = ""
    for character_type in CHARACTER_TYPES:
        done = programs.run(
            "initdb",
            *("--pgdata", str(folder), "--username", superuser, "--pwfile", str(pwfile)),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C", "--lc-ctype", character_type),
            *(() if sync else ("--no-sync",)),
        )
        if done.returncode == 0:
            return
        errors = done.stderr
    raise ClusterError(f"内置数据库初始化失败：\n{errors}")


def _write_for(programs: Programs, file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(text)
    if programs.account is not None:
        shutil.chown(file, programs.account.uid, programs.account.gid)
