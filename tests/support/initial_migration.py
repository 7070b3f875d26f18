"""Write the one first migration anew from the code's tables: `python -m tests.support.initial_migration`.

Only until the first release: afterwards a version that someone runs is never rewritten.
"""

from tests.support import database
from zhitongche.kernel.settings import bundled
from zhitongche.persistence import migrate


def main() -> None:
    """Replace every version file by one."""
    versions = bundled("migrations") / "versions"
    for old in versions.glob("*.py"):
        old.unlink()
    with database.server() as url:
        fresh = database.empty(url, "revise_initial")
        migrate.revise(fresh.admin_url, "0001", "initial")


if __name__ == "__main__":
    main()
