"""Children that do not outlive their parent, even when it is killed without warning."""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def bound_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` by which Linux sends the signal when the parent's thread ends; None elsewhere.

    Source: prctl(2). The caller must start children from a thread that lives as long as they should.
    """
    if sys.platform != "linux":
        return None
    # Loaded before the fork: between fork and exec nothing may be imported.
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))

    return bind
