import stat
from pathlib import Path

import pytest

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.secret_key import kept_secret
from zhitongche.kernel.settings import Settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://zt_app:x@db/zhitongche",
    "BROKER_URL": "amqp://broker",
    "SECRET_KEY": "s" * 32,
}


def test_with_nothing_said_everything_is_embedded(tmp_path):
    settings = Settings.from_env({"ZHITONGCHE_HOME": str(tmp_path)})

    assert settings.environment == "embedded"
    assert settings.database_url is None
    assert (settings.base_domain, settings.port) == ("localhost", 8000)
    assert all((folder / "..").exists() for folder in settings.tenants_dirs)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    env = {"ZHITONGCHE_HOME": str(tmp_path)}

    first, second = Settings.from_env(env), Settings.from_env(env)

    assert len(first.secret_key) == 64
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_another_home_has_another_secret(tmp_path):
    assert kept_secret(tmp_path / "a" / "key") != kept_secret(tmp_path / "b" / "key")


def test_the_secret_does_not_show_when_settings_are_printed(tmp_path):
    settings = Settings.from_env({"ZHITONGCHE_HOME": str(tmp_path)})

    assert settings.secret_key not in repr(settings)


def test_an_unknown_variable_is_refused_with_the_ones_that_exist():
    with pytest.raises(Invalid) as refused:
        Settings.from_env({"ZHITONGCHE_PROT": "9000"})

    assert "ZHITONGCHE_PORT" in refused.value.errors["ZHITONGCHE_PROT"]


def test_variables_of_others_are_none_of_our_business(tmp_path):
    assert Settings.from_env({"ZHITONGCHE_HOME": str(tmp_path), "PATH": "/bin"}).port == 8000


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "\uff18\uff10", "\u0663"])
def test_a_port_is_a_plain_number_of_a_port(port, tmp_path):
    with pytest.raises(Invalid):
        Settings.from_env({"ZHITONGCHE_HOME": str(tmp_path), "ZHITONGCHE_PORT": port})


def test_a_server_of_ones_own_means_production_unless_said_otherwise():
    assert Settings.from_env(PRODUCTION).production
    assert not Settings.from_env(PRODUCTION | {"ZHITONGCHE_ENVIRONMENT": "test"}).production


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_makes_up_nothing_that_is_missing(missing):
    env = {name: value for name, value in PRODUCTION.items() if name != missing}

    with pytest.raises(Invalid) as refused:
        Settings.from_env(env | {"ZHITONGCHE_ENVIRONMENT": "production"})

    assert missing in refused.value.errors


def test_production_refuses_a_short_secret():
    with pytest.raises(Invalid) as refused:
        Settings.from_env(PRODUCTION | {"SECRET_KEY": "s" * 31})

    assert "32" in refused.value.errors["SECRET_KEY"]


def test_a_database_without_a_broker_is_refused():
    env = {name: value for name, value in PRODUCTION.items() if name != "BROKER_URL"}

    with pytest.raises(Invalid) as refused:
        Settings.from_env(env | {"ZHITONGCHE_ENVIRONMENT": "embedded"})

    assert "BROKER_URL" in refused.value.errors


def test_all_complaints_come_at_once():
    env = {"ZHITONGCHE_PORT": "x", "ZHITONGCHE_ENVIRONMENT": "y", "ZHITONGCHE_TENANTS": "/nowhere"}

    with pytest.raises(Invalid) as refused:
        Settings.from_env(env)

    assert set(refused.value.errors) == set(env)


def test_folders_of_packs_may_be_several(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    env = {"ZHITONGCHE_HOME": str(tmp_path), "ZHITONGCHE_TENANTS": ":".join(map(str, folders))}

    assert Settings.from_env(env).tenants_dirs == tuple(folders)


def test_addresses_of_portals_carry_the_port_here_and_https_in_production(tmp_path):
    here = Settings.from_env({"ZHITONGCHE_HOME": str(tmp_path), "ZHITONGCHE_PORT": "8123"})

    assert here.portal("county.localhost") == "http://county.localhost:8123"
    assert Settings.from_env(PRODUCTION).portal("county.example") == "https://county.example"
    assert isinstance(here.data_dir, Path)


def test_a_deployment_serves_all_packs_unless_told_which(tmp_path):
    env = {"ZHITONGCHE_HOME": str(tmp_path)}

    assert Settings.from_env(env).served is None
    assert Settings.from_env(env | {"ZHITONGCHE_SERVED": "town, county"}).served == {"town", "county"}


@pytest.mark.parametrize("code", ["e", "e" * 32, "East", "1st", "饶平", "a b", "a:b"])
def test_a_deployments_code_can_stand_in_a_urn(code):
    assert Settings.from_env({"ZHITONGCHE_DEPLOYMENT": "east-2"}).deployment == "east-2"
    with pytest.raises(Invalid) as refused:
        Settings.from_env({"ZHITONGCHE_DEPLOYMENT": code})
    assert set(refused.value.errors) == {"ZHITONGCHE_DEPLOYMENT"}
