import pytest
from flask import Flask

from tests.zhitongche.identity import world
from zhitongche.identity import units
from zhitongche.kernel.clock import Simulated
from zhitongche.persistence import TenantSession, db


@pytest.fixture
def tenant(bare_app: Flask, session: TenantSession, clock: Simulated) -> TenantSession:
    """Tenant `alpha` with its units, committed."""
    bare_app.secret_key = "a secret for tests only, of some length"
    units.sync(world.pack())
    db.session.commit()
    return session
