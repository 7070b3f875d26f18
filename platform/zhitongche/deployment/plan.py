"""The processes of the product and the environment that they are given."""

import os
import sys
from pathlib import Path

from zhitongche.deployment.child import Child
from zhitongche.kernel.settings import Settings

HOST = "127.0.0.1"
WORKER_THREADS = 4


def processes(settings: Settings) -> list[Child]:
    """Web server, worker and beat, none of them started; the settings hold live addresses."""
    env = environment(settings)
    return [
        Child("网站", web(settings), env),
        Child("任务", worker(), env),
        Child("定时", beat(), env),
    ]


def web(settings: Settings) -> list[str]:
    """The web server: one process, since threads share its caches and the ORM binds it anyway."""
    return [
        *(_program("granian"), "--interface", "wsgi", "--host", HOST, "--port", str(settings.port)),
        *("--workers", "1", "--blocking-threads", str(settings.web_threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "error", "wsgi:app"),
    ]


def worker() -> list[str]:
    """The worker: threads, since killing a pool of processes can hang a transport without a hub."""
    return [
        *(_program("celery"), "--app", "zhitongche.worker.entry:celery", "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(WORKER_THREADS), "--loglevel", "warning"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def beat() -> list[str]:
    """The clockwork; a second one may run beside it, see worker/beat.py."""
    return [
        *(_program("celery"), "--app", "zhitongche.worker.entry:celery", "--quiet", "beat"),
        *("--scheduler", "zhitongche.worker.beat:LeaderScheduler", "--loglevel", "warning", "--pidfile="),
    ]


def environment(settings: Settings) -> dict[str, str]:
    """Our own environment with the settings written out, so that children read them again."""
    optional = {
        "DATABASE_URL": settings.database_url,
        "ADMIN_DATABASE_URL": None,
        "BROKER_URL": settings.broker_url,
        "ZHITONGCHE_PG_BINDIR": str(settings.pg_bindir) if settings.pg_bindir else None,
    }
    written = {
        "SECRET_KEY": settings.secret_key,
        "ZHITONGCHE_HOME": str(settings.data_dir),
        "ZHITONGCHE_TENANTS": os.pathsep.join(str(folder) for folder in settings.tenants_dirs),
        "ZHITONGCHE_SERVED": ",".join(sorted(settings.served or [])),
        "ZHITONGCHE_DEPLOYMENT": settings.deployment,
        "ZHITONGCHE_BASE_DOMAIN": settings.base_domain,
        "ZHITONGCHE_PORT": str(settings.port),
        "ZHITONGCHE_SMS": settings.sms,
        "ZHITONGCHE_ENVIRONMENT": settings.environment,
        "ZHITONGCHE_WEB_THREADS": str(settings.web_threads),
        "ZHITONGCHE_PROXIES": str(settings.proxies),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    given = {name: value for name, value in optional.items() if value}
    # The administrator's address is for this process only: what serves the public must not hold it.
    inherited = {name: value for name, value in os.environ.items() if name not in optional}
    return inherited | given | written


def _program(name: str) -> str:
    # Beside our own Python, not on PATH: the virtual environment need not be activated.
    return str(Path(sys.executable).parent / name)
