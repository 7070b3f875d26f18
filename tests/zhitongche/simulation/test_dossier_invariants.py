"""A dossier that lacks a paper, or whose journal was bent, is found."""

import pytest
from sqlalchemy import select, text

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.casework.conftest import case_app, shantou  # noqa: F401  # fixtures
from tests.zhitongche.documents.test_from_cases import carried_out, to_the_letter
from zhitongche.documents import storing
from zhitongche.documents.tables import PaperFile
from zhitongche.persistence import db
from zhitongche.simulation import dossier_invariants


@pytest.fixture
def issued(shantou: Play) -> Play:  # noqa: F811  # the fixture
    to_the_letter(shantou)
    carried_out()
    return shantou


def found(play: Play) -> list[str]:
    """What is told of the play's petition."""
    return list(dossier_invariants.check([play.id]))


@pytest.mark.clause("ST-3.7")
def test_the_dossier_of_a_petition_with_its_papers_proves_itself(issued: Play) -> None:
    assert db.session.scalars(select(PaperFile)).all()
    assert found(issued) == []


def test_a_paper_whose_original_is_bent_is_missing_from_the_dossier(issued: Play) -> None:
    path = storing.path_of(db.session.scalars(select(PaperFile.id)).first())
    path.write_bytes(path.read_bytes() + b"x")
    assert [line for line in found(issued) if "缺少一份公文原件" in line]


def test_a_bent_journal_makes_no_dossier(issued: Play, tenant_db: Database) -> None:
    with tenant_db.superuser.begin() as connection:
        connection.execute(text("update journal_entry set action = 'other' where seq = 2"))
    db.session.expire_all()
    assert len(found(issued)) == 1
