"""Runs the whole product in the foreground (./zhitongche up) and leaves nothing behind."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from zhitongche.deployment import announce, furnish, plan, prepared
from zhitongche.deployment.child import Child, say
from zhitongche.deployment.cluster import Cluster
from zhitongche.deployment.database import bring_up_to_date, cluster_of, equip
from zhitongche.deployment.errors import PortTaken
from zhitongche.deployment.ports import answers, is_taken
from zhitongche.kernel.settings import Settings

TEND_SECONDS = 0.2
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Someone wants the product to stop: Ctrl-C, SIGTERM, or a terminal that was closed."""


def up(settings: Settings, *, demo: bool) -> None:
    """Run until asked to stop; main thread only. Raises PortTaken and ClusterError before anything runs."""
    if is_taken(plan.HOST, settings.port):
        raise PortTaken(
            f"端口 {settings.port} 已被占用。请停止占用它的程序，或另选端口：./zhitongche up --port {settings.port + 1}"
        )
    with until_stopped():
        _run(settings, demo)


@contextmanager
def until_stopped() -> Iterator[None]:
    """Whatever runs inside is ended by the signals that ask for it, in good order; main thread only."""
    before = {number: signal.signal(number, _stop_once) for number in SIGNALS}
    try:
        yield
    except Stop:
        # Signals stay ignored: the process ends now, and a late Ctrl-C must not make a trace of it.
        say("总控", "已全部停止")
    except BaseException:
        for number, handler in before.items():
            signal.signal(number, handler)
        raise


def _stop_once(_number: int, _frame: FrameType | None) -> None:
    # The end has begun and ends by itself within 20 s: impatience must not leave anything running.
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stop


def _run(settings: Settings, demo: bool) -> None:
    with _database(settings, demo) as (live, cluster):
        say("总控", "启动网站、任务与定时")
        web, *others = children = plan.processes(live)
        try:
            web.start()
            # The website first, and alone: three at once on a small machine keep a person waiting thrice as long.
            while not answers(plan.HOST, live.port):
                _tend(children, cluster)
            for child in others:
                child.start()
            announce.announce(live, demo=demo)
            while True:
                _tend(children, cluster)
        finally:
            _stop(children)


@contextmanager
def _database(settings: Settings, demo: bool) -> Iterator[tuple[Settings, Cluster | None]]:
    if settings.database_url:
        bring_up_to_date(settings)
        _furnish(settings, demo)
        yield settings, None
        return
    cluster = cluster_of(settings)
    say("总控", f"启动内置数据库（{cluster.path}）")
    with cluster:
        yield prepared.as_before(settings, cluster, demo=demo) or _prepare(settings, cluster, demo), cluster


def _prepare(settings: Settings, cluster: Cluster, demo: bool) -> Settings:
    say("总控", "升级数据库结构")
    live = equip(settings, cluster)
    _furnish(live, demo)
    prepared.remember(live, cluster, demo=demo)
    return live


def _furnish(live: Settings, demo: bool) -> None:
    say("总控", "载入配置包与演示数据" if demo else "载入配置包")
    furnish.furnish(live, demo=demo)


def _tend(children: list[Child], cluster: Cluster | None) -> None:
    if cluster and cluster.tend():
        say("总控", "内置数据库意外退出，已重新启动")
    for child in children:
        child.tend()
    time.sleep(TEND_SECONDS)


def _stop(children: list[Child]) -> None:
    say("总控", "正在停止……")
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait()
