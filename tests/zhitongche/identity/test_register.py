import io
from pathlib import Path

import pytest

from tests.zhitongche.identity import world
from zhitongche.identity import register, register_load, words
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work

CSV = f"""统一社会信用代码,企业名称,登记状态,法定代表人
{world.CREDIT},示例陶瓷（集团）有限公司,存续,陈静
{world.OTHER_CREDIT},旧业有限公司,注销,林文
"""


def load(text: str) -> int:
    with unit_of_work():
        return register_load.load_csv(io.BytesIO(text.encode("utf-8-sig")))


def told(text: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        load(text)
    return refused.value.errors


@pytest.mark.clause("RP-2.2.b")
def test_code_and_name_must_agree_whatever_the_width_of_brackets(tenant: TenantSession) -> None:
    assert load(CSV) == 2
    assert register.match(world.CREDIT, "示例陶瓷(集团) 有限公司").state == "matched"
    other = register.match(world.CREDIT, "示例陶瓷有限公司")
    assert other.state == "mismatched"
    assert "示例陶瓷（集团）有限公司" in other.why


@pytest.mark.clause("RP-2.2.b")
def test_an_entity_struck_off_or_not_registered_is_a_mismatch(tenant: TenantSession) -> None:
    load(CSV)
    assert register.match(world.OTHER_CREDIT, "旧业有限公司").why == words.MATCH_STATUS.format(status="注销")
    assert register.match("91440300708461136T", "谁").why == words.MATCH_NOT_FOUND


def test_an_empty_register_knows_nothing_and_refuses_nobody(tenant: TenantSession) -> None:
    load(CSV)
    with tenant_scope("beta"):
        assert register.match(world.CREDIT, "任何").state == "unknown"


def test_loading_again_brings_rows_up_to_date(tenant: TenantSession, tmp_path: Path) -> None:
    load(CSV)
    file = tmp_path / "register.csv"
    file.write_text(
        f"credit_code,name,area,status\n{world.CREDIT},新名有限公司,440000,存续\n", encoding="utf-8"
    )
    with unit_of_work():
        assert register_load.load_csv(file) == 1
    assert register.match(world.CREDIT, "新名有限公司").state == "matched"


def test_a_faulty_line_is_named_and_nothing_is_loaded(tenant: TenantSession) -> None:
    errors = told(CSV + "914405006175404960,坏码公司,存续,某\n91440300708461136T,,存续,某\n")
    assert set(errors) == {"第4行", "第5行"}
    assert register.match(world.CREDIT, "任何").state == "unknown"


def test_a_file_without_its_columns_or_in_another_encoding_is_refused(tenant: TenantSession) -> None:
    assert told("name\n某\n") == {"file": words.CSV_COLUMNS.format(columns="统一社会信用代码")}
    with pytest.raises(Invalid) as refused:
        register_load.load_csv(io.BytesIO(CSV.encode("gb18030")))
    assert refused.value.errors == {"file": words.CSV_ENCODING}
