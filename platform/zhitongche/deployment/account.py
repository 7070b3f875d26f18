"""The account under which the embedded database runs, since PostgreSQL refuses to run as root."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user and its group, by number."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Whom to become before running PostgreSQL: `nobody` for root, nobody else (None) for others."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def reaches(account: Account | None, path: Path) -> bool:
    """Whether the account can walk to an existing folder and look inside."""
    if account is None:
        return True
    # Asked of the system, since mode bits alone miss access lists and mounts.
    probe = ["/bin/sh", "-c", 'test -x "$1" && test -r "$1"', "sh", str(path)]
    return subprocess.run(
        probe, user=account.uid, group=account.gid, extra_groups=[], cwd="/", check=False
    ).returncode == 0


def give(account: Account | None, path: Path) -> None:
    """Make a folder (mode 0700) that belongs to the account."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if account is not None:
        shutil.chown(path, account.uid, account.gid)
