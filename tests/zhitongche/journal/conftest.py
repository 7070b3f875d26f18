from uuid import UUID

import pytest

from tests.support.officers import write
from zhitongche.kernel import ids
from zhitongche.persistence import TenantSession, unit_of_work


@pytest.fixture
def petition(session: TenantSession) -> UUID:
    """A petition with five entries, committed."""
    petition = ids.new_id()
    with unit_of_work():
        write(petition, "一", "二", "三", "四", "五")
    return petition
