"""A real PostgreSQL server of our own, made in and run from a folder (内置数据库)."""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg

from zhitongche.deployment import initdb
from zhitongche.deployment.account import Account, give, reaches, server_account
from zhitongche.deployment.binaries import find_bindir, within_reach
from zhitongche.deployment.errors import ClusterBusy, ClusterError
from zhitongche.deployment.ports import free_port
from zhitongche.deployment.programs import Programs

SUPERUSER = "postgres"
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 30
# For throw-away clusters only: a crash of the machine may lose everything.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """PostgreSQL in a folder: passwords over TCP on 127.0.0.1 only, a free port at each start.

    Start it from a thread that lives on: on Linux the server goes when the starting thread does.
    """

    def __init__(self, path: Path, *, fsync: bool = True, bindir: Path | None = None) -> None:
        account = server_account()
        self.path = _home_for(account, path.absolute())
        self.port = 0
        self._data = self.path / "data"
        self._fsync = fsync
        self._programs = Programs(within_reach(find_bindir(bindir), account), account)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def start(self) -> Self:
        """Make the cluster if there is none, start it, wait until it answers; raises ClusterError."""
        give(self._programs.account, self.path)
        self._take_lock()
        try:
            if not self._data.exists():
                initdb.make(self._programs, self._data, SUPERUSER, self.password(), sync=self._fsync)
            self._check_version()
            self._stop_leftover()
            self._launch()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop the server quickly and cleanly; safe to call twice."""
        process, self._process, self.port = self._process, None, 0
        if process is not None and process.poll() is None:
            # SIGINT is PostgreSQL's fast shutdown: sessions end, nothing committed is lost.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def tend(self) -> bool:
        """Start a server that died again, at the port its clients know; whether that was needed."""
        if self._process is None or self.alive:
            return False
        self._launch()
        return True

    @property
    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def exists(self) -> bool:
        """Whether the folder holds a cluster already."""
        return (self._data / "PG_VERSION").exists()

    @property
    def pid(self) -> int | None:
        """The server's process number, None when stopped."""
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        """The file of the server's own messages."""
        return self.path / "postgres.log"

    def password(self, role: str = SUPERUSER) -> str:
        """The role's password, made up at the first call and kept (mode 0600)."""
        file = self.path / f"{role}.password"
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(24))
        return file.read_text()

    def url(self, database: str = "postgres", role: str = SUPERUSER) -> str:
        """An address that libpq and SQLAlchemy 2.1 (psycopg 3) both read; valid until the next start."""
        login = f"{quote(role)}:{quote(self.password(role))}"
        return f"postgresql://{login}@{HOST}:{self.port}/{quote(database)}"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _take_lock(self) -> None:
        lock = (self.path / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise ClusterBusy(
                f"内置数据库正被另一个“直通车”进程使用：{self.path}。请先停止那一个，或用 ZHITONGCHE_HOME 另指数据目录。"
            ) from None
        self._lock = lock

    def _check_version(self) -> None:
        made_with = (self._data / "PG_VERSION").read_text().strip()
        version = self._programs.major_version()
        if version != made_with:
            raise ClusterError(
                f"数据目录由 PostgreSQL {made_with} 建立，而现有程序为 {version}：{self._data}。"
                "请用原版本导出（pg_dump）后再导入新版本。"
            )

    def _stop_leftover(self) -> None:
        # We hold the lock, so a server still running here lost its owner to a kill -9.
        if (self._data / "postmaster.pid").exists():
            self._programs.run("pg_ctl", "stop", "--pgdata", str(self._data), "--mode", "fast", "--wait")

    def _launch(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        fixed = self.port
        while time.monotonic() < deadline:
            self.port = fixed or free_port(HOST)
            self._process = self._programs.serve(self._arguments(), self.log)
            if self._answers(deadline):
                return
            # Old children of a killed server hold its memory for about a second; a port may be snatched.
            time.sleep(0.3)
        tail = self.log.read_text(errors="replace")[-2000:]
        raise ClusterError(f"内置数据库未能启动，日志末尾如下（{self.log}）：\n{tail}")

    def _arguments(self) -> list[str]:
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "120",
            "log_timezone": "Asia/Shanghai",
            **({} if self._fsync else UNSAFE),
        }
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return ["-D", str(self._data), *options]

    def _answers(self, deadline: float) -> bool:
        while self.alive and time.monotonic() < deadline:
            try:
                psycopg.connect(self.url(), connect_timeout=3).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False


@contextmanager
def throwaway() -> Iterator[Cluster]:
    """A cluster in a temporary folder, without fsync, gone afterwards: for tests and rehearsals."""
    folder = Path(tempfile.mkdtemp(prefix="zhitongche-"))
    try:
        with Cluster(folder, fsync=False) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _home_for(account: Account | None, path: Path) -> Path:
    parent = path.parent
    while not parent.exists():
        parent = parent.parent
    if reaches(account, parent):
        return path
    # Root's own home is closed to the server's account: the data lives outside of it.
    inside_temporary = path.is_relative_to(tempfile.gettempdir())
    base = Path(tempfile.gettempdir()) if inside_temporary else Path("/var/lib")
    return base / f"zhitongche-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
