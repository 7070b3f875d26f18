import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.zhitongche.identity import world
from zhitongche.identity import passwords, units
from zhitongche.kernel.clock import Simulated
from zhitongche.persistence import TenantSession, db


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm at the least cost: what a test asks for is not how long a hash takes."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
def tenant(quick_hashes: None, bare_app: Flask, session: TenantSession, clock: Simulated) -> TenantSession:
    """Tenant `alpha` with its units, committed."""
    bare_app.secret_key = "a secret for tests only, of some length"
    units.sync(world.pack())
    db.session.commit()
    return session
