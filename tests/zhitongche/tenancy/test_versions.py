"""A petition finishes under the version it began under."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.database import Database
from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import tenant_scope
from zhitongche.tenancy import current, packs, versions
from zhitongche.tenancy.packs import Registry

Serving = Callable[[Registry], Flask]


@pytest.fixture
def serving(tenant_db: Database, other_process: Callable[[], Flask]) -> Serving:
    """An application on the test database that serves the given packs."""

    def serve(registry: Registry) -> Flask:
        app = other_process()
        current.init_app(app, registry)
        return app

    return serve


def raise_version(folder: Folder, code: str) -> None:
    """To one that no pack of this repository has."""
    folder.change(f"{code}/pack.yaml", f'version: "{packs.load([folder.path])[code].version}"', 'version: "7.0"')


def test_an_older_version_comes_back_as_it_was_and_in_order(serving: Serving, folder: Folder) -> None:
    old = packs.load([folder.path])
    with serving(old).app_context():
        versions.sync(old)
    raise_version(folder, "raoping")
    folder.change("raoping/flow.yaml", "平台接收, owes: lead, limit: 24 h,", "平台接收, owes: lead, limit: 12 h,")
    for builds_on_it in ("chaozhou", "huanggang"):
        raise_version(folder, builds_on_it)
    new = packs.load([folder.path])
    with serving(new).app_context(), tenant_scope("raoping"):
        versions.sync(new)
        began_under = versions.pack_at(old["raoping"].version)
        assert str(began_under.flow.clocks["receive"].limit.default) == "24 h"
        assert str(current.pack().flow.clocks["receive"].limit.default) == "12 h"
        assert list(began_under.flow.actions) == list(old["raoping"].flow.actions)
        assert began_under.digest == old["raoping"].digest


def test_keeping_the_same_version_again_changes_nothing(serving: Serving, folder: Folder) -> None:
    registry = packs.load([folder.path])
    with serving(registry).app_context():
        versions.sync(registry)
        versions.sync(registry)


def test_changed_content_under_the_same_version_is_refused_with_the_remedy(
    serving: Serving, folder: Folder
) -> None:
    with serving(packs.load([folder.path])).app_context():
        versions.sync(packs.load([folder.path]))
        raise_version(folder, "chenghai")
        folder.change("shantou/texts/messages.yaml", "请抓紧办理", "请尽快办理")
        with pytest.raises(ZhitongcheError, match=r"shantou.*1\.\d.*version"):
            versions.sync(packs.load([folder.path]))


def test_a_version_of_another_tenant_is_not_to_be_had(serving: Serving, folder: Folder) -> None:
    raise_version(folder, "shantou")
    registry = packs.load([folder.path])
    with serving(registry).app_context():
        versions.sync(registry)
        with tenant_scope("shantou"):
            assert versions.pack_at("7.0").code == "shantou"
        with tenant_scope("raoping"), pytest.raises(ZhitongcheError):
            versions.pack_at("7.0")
