"""The deployments of a plan as processes of one supervisor: each is `./zhitongche up` with settings of its own."""

from __future__ import annotations

import os
import shlex
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhitongche.deployment.child import Child
from zhitongche.deployment.errors import ClusterError, PortTaken
from zhitongche.deployment.ports import answers, is_taken
from zhitongche.deployment.supervisor import TEND_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from escalation.federation.plan import Site

HOST: Final = "127.0.0.1"
START_SECONDS: Final = 300.0
_NOT_INHERITED: Final = frozenset({"DATABASE_URL", "ADMIN_DATABASE_URL", "BROKER_URL", "SECRET_KEY"})


class House:
    """Starts every deployment and keeps it alive, from the main thread; `quiet`: what they say goes to a log each."""

    def __init__(self, sites: list[Site], *, demo: bool, quiet: bool = False) -> None:
        self.sites = sites
        self._children = {site.code: Child(site.code, _command(site, demo, quiet), environment(site)) for site in sites}

    def root(self, code: str) -> int:
        """The process number of a deployment's supervisor."""
        pid = self._children[code].pid
        assert pid is not None
        return pid

    @contextmanager
    def running(self) -> Iterator[None]:
        """All of them, answering; raises PortTaken and ClusterError. Nothing is left of them afterwards."""
        for site in self.sites:
            if is_taken(HOST, site.port):
                raise PortTaken(f"端口 {site.port} 已被占用。请停止占用它的程序，或用 --port 另选一个起始端口。")
        try:
            for site in self.sites:
                # One after another: on a small machine all at once keep a person waiting as long, and may give up.
                self._children[site.code].start()
                self.tend_until(partial(answers, HOST, site.port))
            yield
        finally:
            for child in self._children.values():
                child.ask_to_stop()
            for child in self._children.values():
                child.wait()

    def tend(self) -> None:
        """Start again what died; call it often."""
        for child in self._children.values():
            child.tend()

    def tend_until(self, true: Callable[[], object], seconds: float = START_SECONDS) -> None:
        """Keep everything alive until it is true; raises ClusterError when it does not become so."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise ClusterError(f"{seconds:.0f} 秒内没有等到各部署就绪，原因见上面各部署的输出。")
            self.tend()
            time.sleep(TEND_SECONDS)


def log_of(site: Site) -> Path:
    """Where a quiet deployment writes what it would say."""
    return site.home.parent / f"{site.code}.log"


def environment(site: Site) -> dict[str, str]:
    """Our environment with the deployment's own settings; servers of ours are not its."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    return kept | {
        "ZHITONGCHE_HOME": str(site.home),
        "ZHITONGCHE_PORT": str(site.port),
        "ZHITONGCHE_DEPLOYMENT": site.code,
        "ZHITONGCHE_SERVED": ",".join(site.tenants),
        "ZHITONGCHE_ENVIRONMENT": "embedded",
    }


def _command(site: Site, demo: bool, quiet: bool) -> list[str]:
    up = [str(Path(sys.executable).parent / "zhitongche"), "up", *([] if demo else ["--no-demo"])]
    # `exec`: the shell is gone once the deployment runs, and its number is the supervisor's.
    return ["/bin/sh", "-c", f'exec "$@" >>{shlex.quote(str(log_of(site)))} 2>&1', "sh", *up] if quiet else up
