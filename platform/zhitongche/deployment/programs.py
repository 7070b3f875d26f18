"""PostgreSQL's programs, run under the account that they accept."""

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from zhitongche.deployment.account import Account
from zhitongche.deployment.lifeline import bound_to_parent


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of programs and who runs them (None: ourselves)."""

    bindir: Path
    account: Account | None

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run to the end; whether it worked is for the caller to ask."""
        user, group, groups = self._identity()
        return subprocess.run(
            [str(self.bindir / program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=user,
            group=group,
            extra_groups=groups,
        )

    def serve(self, arguments: list[str], log: Path) -> subprocess.Popen[bytes]:
        """Start the server in a session of its own, its messages appended to the log."""
        user, group, groups = self._identity()
        with log.open("ab") as stream:
            return subprocess.Popen(
                [str(self.bindir / "postgres"), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                cwd="/",
                user=user,
                group=group,
                extra_groups=groups,
                # Ctrl-C in the terminal must not reach it before its clients are done.
                start_new_session=True,
                preexec_fn=bound_to_parent(signal.SIGINT),  # noqa: PLW1509 - takes no lock, see lifeline
            )

    def major_version(self) -> str:
        """Such as "18"; data folders are readable by their own major version only."""
        return self.run("postgres", "--version").stdout.split()[2].split(".")[0]

    def _identity(self) -> tuple[int | None, int | None, list[int] | None]:
        if self.account is None:
            return None, None, None
        return self.account.uid, self.account.gid, []
