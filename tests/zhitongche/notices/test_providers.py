import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.notices import providers
from zhitongche.notices.providers import CannotTell, FileProvider, NotSent
from zhitongche.notices.providers.console import ConsoleProvider
from zhitongche.notices.providers.failing import FailingProvider

MOBILE = "13900000001"


def test_a_file_is_written_once_however_often_and_from_wherever_it_is_sent(tmp_path: Path) -> None:
    id_ = new_id()
    with ThreadPoolExecutor(8) as pool:
        texts = [f"内容{number}" for number in range(20)]
        receipts = list(pool.map(lambda text: FileProvider(tmp_path).send(id_, MOBILE, text), texts))
    assert len(set(receipts)) == 1
    (file,) = tmp_path.iterdir()  # no draft is left either
    assert json.loads(file.read_text())["mobile"] == MOBILE


def test_a_file_provider_knows_what_it_has_sent(tmp_path: Path) -> None:
    provider, id_ = FileProvider(tmp_path), new_id()
    assert provider.lookup(id_) is None
    assert provider.send(id_, MOBILE, "内容") == FileProvider(tmp_path).lookup(id_)


def test_a_terminal_shows_the_message_and_remembers_nothing() -> None:
    out = io.StringIO()
    provider = ConsoleProvider(out)
    provider.send(new_id(), MOBILE, "内容")
    assert out.getvalue() == f"[短信] {MOBILE} 内容\n"
    with pytest.raises(CannotTell):
        provider.lookup(new_id())


def test_a_rehearsed_outage_ends_when_told() -> None:
    provider, id_ = FailingProvider(times=1), new_id()
    with pytest.raises(NotSent):
        provider.send(id_, MOBILE, "内容")
    assert provider.lookup(id_) is None
    assert provider.send(id_, MOBILE, "内容") == provider.lookup(id_)


def test_the_settings_choose_the_provider_and_an_unknown_name_is_refused(
    platform: Flask, tmp_path: Path
) -> None:
    assert isinstance(providers.configured(), FileProvider)
    assert providers.configured() is providers.configured()
    with pytest.raises(Invalid) as refused:
        providers.of("pigeon", tmp_path)
    assert "console、file、failing" in refused.value.errors["ZHITONGCHE_SMS"]
