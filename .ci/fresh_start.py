"""A new user's first minutes: a fresh clone, an empty home, `./zhitongche up`, every portal, Ctrl-C, nothing left."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 300
SECOND_START_SECONDS = 30
STOP_SECONDS = 40
# Whatever else may run on the machine: ours carry this mark in their environment.
MARK = f"FRESH_START={os.getpid()}"


def main() -> None:
    """Clone, start twice, look and stop; any failure is an exception."""
    with tempfile.TemporaryDirectory(prefix="fresh-") as folder:
        # As a stranger's disk would be: the database's account must be able to walk in.
        Path(folder).chmod(0o755)
        clone, home = Path(folder) / "zhitongche", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for limit, number in ((FIRST_START_SECONDS, signal.SIGINT), (SECOND_START_SECONDS, signal.SIGTERM)):
            visit(clone, home, limit, number)


def visit(clone: Path, home: Path, limit: float, number: signal.Signals) -> None:
    """Start, ask every portal, stop by the signal, and count what is left."""
    port = free_port()
    log = clone.parent / "up.log"
    started = time.monotonic()
    with log.open("w") as stream:
        up = subprocess.Popen(
            ["./zhitongche", "up", "--port", str(port)],
            cwd=clone,
            env=environment(home),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        addresses = wait_for(up, log, limit)
        print(f"✓ {time.monotonic() - started:.1f} 秒后启动完毕，共 {len(addresses)} 个地址")
        for host, path in addresses:
            ask(port, host, path)
    except BaseException:
        print(log.read_text())
        raise
    finally:
        up.send_signal(number)
        up.wait(STOP_SECONDS)
    time.sleep(1)
    left = ours()
    assert not left, f"停止后仍在运行：{left}"
    assert up.returncode == 0, f"退出状态 {up.returncode}"
    print("✓ 停止后没有遗留进程")


def wait_for(up: subprocess.Popen[bytes], log: Path, limit: float) -> list[tuple[str, str]]:
    """The addresses that are printed once everything runs."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        text = log.read_text()
        if "Ctrl-C" in text:
            found = re.findall(r"http://([a-z0-9.-]+):\d+(/\S*)", text)
            assert found, "没有打印任何地址"
            return found
        assert up.poll() is None, f"提前退出，状态 {up.returncode}"
        time.sleep(0.2)
    raise AssertionError(f"{limit} 秒内没有启动完毕")


def ask(port: int, host: str, path: str) -> None:
    """The page answers 200 in Chinese, also where it first sends us to sign in."""
    for _ in range(5):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        body = response.read().decode()
        if response.status not in (301, 302, 303, 307, 308):
            break
        host, path = whither(response.headers["Location"], host)
    assert response.status == 200, f"{host}{path} 返回 {response.status}"
    assert "lang=\"zh" in body, f"{host}{path} 不是中文页面"
    print(f"✓ {host}{path}")


def whither(location: str, host: str) -> tuple[str, str]:
    """Host and path of a redirection, which may lead to another of ours."""
    found = re.match(r"^https?://([^/:]+)(?::\d+)?(/.*)?$", location)
    return (found[1], found[2] or "/") if found else (host, location)


def ours() -> list[str]:
    """Processes that were started by this run and still run."""
    left = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.name) != os.getpid() and MARK.encode() in (folder / "environ").read_bytes():
                left.append(f"{folder.name} {(folder / 'cmdline').read_bytes().replace(bytes(1), b' ').decode()}")
        except (OSError, ValueError):
            continue
    return left


def environment(home: Path) -> dict[str, str]:
    """A stranger's environment: an empty home, none of our settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHITONGCHE_", "VIRTUAL_ENV"))}
    name, _, value = MARK.partition("=")
    return kept | {"HOME": str(home), name: value}


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
