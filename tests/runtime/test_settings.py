from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.settings import (
    LanguageSetting,
    NumberSettings,
    Settings,
    SettingsError,
    ThemeSetting,
    TransportSetting,
    load_settings,
)

FULL = """
[server]
url = "https://server.example"
poll_s = 15
[account]
user = "801"
transport = "tcp"
[sound]
period_ms = 20
[numbers]
area_code = "0571"
short_codes = ["12366", "801"]
[call]
wrap_up_s = 45
ring = false
[ui]
language = "en"
theme = "dark"
[practice]
customers = 50
"""


def load(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def test_no_file_and_an_empty_file_are_a_working_seat(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings() == load(tmp_path, "")
    assert Settings().call.wrap_up_s == 60
    assert Settings().numbers == NumberSettings(country="CN")


def test_every_section_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, FULL)
    assert (settings.server.url, settings.server.poll_s) == ("https://server.example", 15.0)
    assert settings.account.transport is TransportSetting.TCP
    assert settings.numbers.short_codes == {"12366", "801"}
    assert (settings.call.wrap_up_s, settings.call.ring) == (45, False)
    assert (settings.ui.language, settings.ui.theme) == (LanguageSetting.ENGLISH, ThemeSetting.DARK)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sever]", "sever: there is no such setting, only account, call, "),
        ("[call]\nwrapup_s = 1", "call.wrapup_s: there is no such setting, only conference"),
        ("call = 1", r"call: must be a section, \[call\]"),
        ('[call]\nwrap_up_s = "60"', "call.wrap_up_s: must be a whole number, not '60'"),
        ("[call]\nwrap_up_s = 60.0", "call.wrap_up_s: must be a whole number, not 60.0"),
        ("[call]\nwrap_up_s = true", "call.wrap_up_s: must be a whole number, not True"),
        ("[call]\nwrap_up_s = -1", "call.wrap_up_s: must be between 0 and 3600"),
        ("[keys]\nhold = 1", "keys: must be a section of keys"),
        ('keys = "F1"', "keys: must be a section of keys"),
        ("[call]\nring = 1", "call.ring: must be true or false, not 1"),
        ("[server]\npoll_s = inf", "server.poll_s: must be between 0.1 and 3600"),
        ("[server]\npoll_s = []", "server.poll_s: must be a number"),
        ('[server]\nurl = "server"', "server.url: must begin with https://"),
        ("[account]\nexpires_s = 1", "account.expires_s: must be between 60"),
        ("[sound]\nbackend = 3", "sound.backend: must be a text in quotes, not 3"),
        ('[ui]\nlanguage = "fr"', "ui.language: must be one of zh, en, not 'fr'"),
        ("[ui]\ntheme = [1]", "ui.theme: must be one of system, light, dark"),
        ('[numbers]\ncountry = "China"', "numbers.country: must be two capital letters"),
        ('[numbers]\narea_code = "x"', "numbers.area_code: must hold digits only"),
        ('[numbers]\nshort_codes = ["12 366"]', "numbers.short_codes: must hold digits only"),
        ("[numbers]\nshort_codes = [12366]", "numbers.short_codes: must be a list of texts"),
        ("[practice]\ncustomers = 0", "practice.customers: must be between 1"),
        ("[call", "is not valid TOML: "),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as raised:
        load(tmp_path, text)
    assert str(raised.value).startswith(str(tmp_path / "settings.toml"))
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_no_file_of_defaults(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load_settings(tmp_path)
    file = tmp_path / "gbk.toml"
    file.write_bytes('[sound]\nspeaker = "扬声器"'.encode("gbk"))
    with pytest.raises(SettingsError, match="it is not UTF-8"):
        load_settings(file)


def test_a_file_written_by_windows_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xef\xbb\xbf[call]\r\nwrap_up_s = 30\r\n")
    assert load_settings(file).call.wrap_up_s == 30


def test_no_password_shows_in_a_repr() -> None:
    assert "password" not in repr(Settings())
