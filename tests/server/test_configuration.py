"""Settings come from the file, the environment and the command line, or are refused in words."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from server.commands.settings import HIDDEN, without_password
from server.configuration import KEYS, configure
from server.errors import StartError
from server.settings import Settings
from tests.server.processes import run


def file(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = folder / "server.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def test_defaults_are_safe(tmp_path: Path) -> None:
    found = configure({"data_dir": tmp_path}, {})
    assert found.settings == Settings(tmp_path)
    assert found.settings.bind == "127.0.0.1"
    assert (found.sources["data_dir"], found.sources["port"]) == ("command line", "default")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    path = file(tmp_path, 'port = 1\nbind = "::1"\nlock_out_max_s = 7\n')
    environment = {"ZUOXI_SERVER_PORT": "2", "ZUOXI_SERVER_BIND": "127.0.0.2", "PORT": "9"}
    found = configure({"data_dir": tmp_path, "port": 3, "bind": None}, environment)
    got = found.settings
    assert (got.port, got.bind, got.lock_out_max_s) == (3, "127.0.0.2", 7)
    assert found.sources["port"] == "command line"
    assert found.sources["bind"] == "ZUOXI_SERVER_BIND"
    assert found.sources["lock_out_max_s"] == f"{path} line 3"


def test_every_setting_may_stand_in_the_environment(tmp_path: Path) -> None:
    given = {
        f"ZUOXI_SERVER_{name.upper()}": "5" if isinstance(default, int | float) else "x"
        for name, default in KEYS.items()
    }
    got = configure({}, given).settings
    for each in fields(Settings):
        value = getattr(got, each.name)
        assert str(value) in ("5", "5.0", "x"), each.name
        if each.default is not None and isinstance(KEYS[each.name], int | float | str):
            assert type(value) is type(KEYS[each.name])


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert configure({"data_dir": tmp_path}, {"ZUOXI_SERVER_PORT": ""}).settings.port == 8440


def test_an_empty_database_on_the_command_line_means_sqlite(tmp_path: Path) -> None:
    environment = {"ZUOXI_SERVER_DATABASE_URL": "postgresql:///x"}
    found = configure({"data_dir": tmp_path, "database_url": ""}, environment)
    assert found.settings.database_url == ""


def test_paths_in_the_file_start_from_its_folder(tmp_path: Path) -> None:
    path = file(tmp_path, 'data_dir = "data"\ntls_cert = "/etc/cert.pem"\ntls_key = ""\n')
    got = configure({}, {"ZUOXI_SERVER_CONFIG": str(path)}).settings
    assert (got.data_dir, got.tls_cert, got.tls_key) == (
        tmp_path / "data", Path("/etc/cert.pem"), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('bind = "::1"\nprot = 1\n', " line 2: prot is not a setting."),
        ("[server]\nport = 1\n", " line 1: server is not a setting."),
        ("\nport = 70000\n", " line 2: port must be a whole number from 0 to 65535."),
        ("port = true\n", " line 1: port must be a whole number from 0 to 65535."),
        ('port = "8440"\n', " line 1: port must be a whole number from 0 to 65535."),
        ("page_rows_max = 0\n", " line 1: page_rows_max must be a whole number from 1 to"),
        ("busy_timeout_s = nan\n", " line 1: busy_timeout_s must be a number of seconds above 0."),
        ("busy_timeout_s = -1\n", " line 1: busy_timeout_s must be a number of seconds above 0."),
        ("bind = 5\n", " line 1: bind must be text in quotes."),
        ('bind = "a\\nb"\n', " line 1: bind must be text in quotes."),
        ("tls_key = 5\n", " line 1: tls_key must be a path in quotes."),
        ('data_dir = ""\n', " line 1: data_dir must be a path in quotes."),
        ("port 8440\n", " is not TOML: Expected '=' after a key"),
        (b"bind = '\xff'\n", " is not UTF-8 text (byte 8)."),
    ],
)
def test_what_is_no_setting_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    path = file(tmp_path, text)
    with pytest.raises(StartError) as raised:
        configure({"data_dir": tmp_path}, {})
    assert str(raised.value).startswith(f"{path}{said}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("ZUOXI_SERVER_PROT", "1", "ZUOXI_SERVER_PROT in the environment is not a setting."),
        ("ZUOXI_SERVER_PORT", "http", "ZUOXI_SERVER_PORT must be a whole number"),
        ("ZUOXI_SERVER_CONFIG", "/no/such.toml", "/no/such.toml cannot be read (No such file"),
    ],
)
def test_a_bad_variable_is_refused_by_name(variable: str, value: str, said: str) -> None:
    with pytest.raises(StartError) as raised:
        configure({}, {variable: value})
    assert str(raised.value).startswith(said)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@pytest.mark.parametrize(
    "url", ["postgresql://zuoxi:geheim@db/zuoxi", "postgresql://db/zuoxi?password=geheim"]
)
def test_a_password_is_not_left_where_everybody_may_read_it(tmp_path: Path, url: str) -> None:
    text = f'database_url = "{url}"\n'
    path = file(tmp_path, text, 0o644)
    with pytest.raises(StartError, match="may be read by everybody") as raised:
        configure({"data_dir": tmp_path}, {})
    assert "geheim" not in str(raised.value)
    path.chmod(0o640)
    assert configure({"data_dir": tmp_path}, {}).settings.database_url == url


def test_a_password_is_never_shown() -> None:
    assert without_password("postgresql://u:geheim@h/d") == "postgresql://u:***@h/d"
    assert without_password("postgresql://u@h/d") == "postgresql://u@h/d"
    assert without_password("") == ""
    for odd in ("postgresql://h/d?password=geheim", "geheim", "postgresql://[geheim"):
        assert without_password(odd) == HIDDEN
    assert "geheim" not in repr(Settings(Path(), "postgresql://u:geheim@h/d"))


@pytest.mark.processes
def test_the_settings_command_prints_what_a_settings_file_may_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZUOXI_SERVER_DATABASE_URL", "postgresql://u:geheim@h/d")
    done = run("settings", "--data", tmp_path)
    assert "geheim" not in done.stdout + done.stderr
    assert 'database_url = "postgresql://u:***@h/d"' in done.stdout
    lines = done.stdout.splitlines()
    assert len(lines) == len(KEYS)
    assert lines[-1].endswith("# default")
    again = file(tmp_path, done.stdout)
    monkeypatch.delenv("ZUOXI_SERVER_DATABASE_URL")
    done = run("settings", "--config", again)
    assert done.returncode == 0, done.stderr
    done = run("settings", "--no-settings", "--data", tmp_path)
    assert str(again) not in done.stdout
