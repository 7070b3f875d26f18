"""TCP ports of this machine, and who answers there."""

import http.client
import random
import socket

# Below what systems hand out to outgoing connections (Linux from 32768, others from 49152): one of those
# would take the port before its server does, or while its server starts again.
_QUIET = range(20_000, 32_000)


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody uses at this moment; raises OSError where there is none."""
    for port in random.SystemRandom().sample(_QUIET, len(_QUIET)):
        if not is_taken(host, port):
            return port
    raise OSError("no free port")


def is_taken(host: str, port: int) -> bool:
    """Whether a server could not bind to this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def answers(host: str, port: int) -> bool:
    """Whether a web server there answers anything at all within two seconds."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
