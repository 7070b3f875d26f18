"""A gap in a series and a bent original are found."""

import pytest
from sqlalchemy import select, text

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.casework.conftest import case_app, shantou  # noqa: F401  # fixtures
from tests.zhitongche.documents.test_from_cases import carried_out, to_the_letter
from tests.zhitongche.documents.test_lifecycle import NOTICE, drafted, taken
from zhitongche import documents
from zhitongche.documents import storing
from zhitongche.documents.tables import PaperFile
from zhitongche.persistence import db
from zhitongche.simulation import paper_invariants


def test_papers_as_they_are_made_hold(shantou: Play) -> None:  # noqa: F811  # the fixture
    for _ in range(3):
        drafted(shantou, "refusal_notice", **NOTICE)
    assert paper_invariants.check() == []


@pytest.mark.clause("ST-3.2.b")
def test_a_letter_that_replaces_another_takes_the_next_number_of_the_letters_and_leaves_no_gap(shantou: Play, tenant_db: Database) -> None:  # noqa: F811  # the fixture
    to_the_letter(shantou)
    carried_out()
    (old,) = [line for line in documents.papers_of_petition(shantou.id) if line.kind == "transfer_letter"]
    new = taken(shantou, documents.supersede, old, "triage")
    assert taken(shantou, documents.submit, new, "triage").number == "汕企直转〔2026〕2号"
    to_the_letter(shantou)
    assert shantou.petition.letter_number == "汕企直转〔2026〕3号"
    assert paper_invariants.check() == []
    with tenant_db.superuser.begin() as connection:
        connection.execute(text("update number_series set last = last + 1 where kind = 'letter'"))
    db.session.expire_all()
    assert paper_invariants.check() == ["公文编号“letter〔2026〕”有重复或空号"]


@pytest.mark.parametrize(("bent", "told"), [
    ("update paper_issue set number = '汕企不受〔2026〕9号' where number like '%2号'", "有重复或空号"),
    ("delete from paper_file where form = 'docx'", "缺少原件"),
])  # fmt: skip
def test_what_was_bent_in_the_database_is_found(shantou: Play, tenant_db: Database, bent: str, told: str) -> None:  # noqa: F811  # the fixture
    for _ in range(3):
        drafted(shantou, "refusal_notice", **NOTICE)
    with tenant_db.superuser.begin() as connection:
        connection.execute(text(bent))
    db.session.expire_all()
    assert told in paper_invariants.check()[0]


def test_a_bent_original_is_found(shantou: Play) -> None:  # noqa: F811  # the fixture
    drafted(shantou, "refusal_notice", **NOTICE)
    storing.path_of(db.session.scalars(select(PaperFile.id)).all()[0]).write_bytes(b"bent")
    assert "校验值不符" in paper_invariants.check()[0]
