"""The desk writes its own file without losing anybody's comment, and all of it or nothing."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from agent_app.domain.dialling import DialRule
from agent_app.settings import (
    AccountSettings,
    CallSettings,
    DiallingSettings,
    DialRuleSettings,
    HeaderSettings,
    NumberSettings,
    ServerSettings,
    Settings,
    SettingsError,
    SoundSettings,
    TransportSetting,
    load_settings,
    save_section,
)
from agent_app.wiring.telephony import header_names
from sip.messages import HeaderNames

MINE = """\
# The seat by the window.
[sound] # headset
speakers = ["耳机"]  # the good one

[account]
user = "801"
"""
RULES = DiallingSettings((
    DialRuleSettings(starts_with="+86", outside="浙江", strip=3, prefix="90"),
    DialRuleSettings(max_digits=4),
))  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(MINE, "utf-8")
    return file


def test_comments_and_what_was_not_changed_stay(file: Path) -> None:
    account = AccountSettings(user="801", domain="pbx", transport=TransportSetting.TLS)
    settings = save_section(file, "account", account)
    assert settings == load_settings(file)
    assert settings.account == account
    text = file.read_text("utf-8")
    assert text == MINE + 'domain = "pbx"\ntransport = "tls"\n'


def test_what_did_not_change_is_not_written(file: Path) -> None:
    os.utime(file, ns=(0, 0))
    save_section(file, "account", AccountSettings(user="801"))
    assert file.stat().st_mtime_ns == 0


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("sound", SoundSettings(microphones=("a", "b"), ring_volume=0)),
        ("sound", SoundSettings()),
        ("call", CallSettings(ring=False, conference_rooms="")),
        ("dialling", RULES),
        ("dialling", DiallingSettings()),
        ("headers", HeaderSettings(queue="X-Queue")),
        ("numbers", NumberSettings(short_codes=frozenset({"801", "802"}))),
        ("server", ServerSettings(url="https://server.example", poll_s=2.5)),
        ("keys", {"hold": "Ctrl+H"}),
        ("keys", {}),
    ],
)
def test_every_section_comes_back_as_it_was_put(file: Path, name: str, section: object) -> None:
    before = load_settings(file)
    save_section(file, name, section)
    assert load_settings(file) == replace(before, **{name: section})  # type: ignore[arg-type]
    assert "the good one" in file.read_text("utf-8") or name == "sound"


def test_rules_and_keys_are_replaced_as_a_whole(file: Path) -> None:
    save_section(file, "dialling", RULES)
    save_section(file, "dialling", DiallingSettings(RULES.rules[:1]))
    save_section(file, "keys", {"hold": "Ctrl+H", "mute": "Ctrl+M"})
    settings = save_section(file, "keys", {"mute": "Ctrl+U"})
    assert settings.dialling.rules == RULES.rules[:1]
    assert settings.keys == {"mute": "Ctrl+U"}


def test_without_a_file_one_is_made_for_its_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save_section(file, "account", AccountSettings(user="801"))
    assert load_settings(file).account.user == "801"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_somebody_broke_meanwhile_is_left_alone(file: Path) -> None:
    file.write_text("[account\n", "utf-8")
    with pytest.raises(SettingsError, match="is not valid TOML"):
        save_section(file, "account", AccountSettings(user="802"))
    assert file.read_text("utf-8") == "[account\n"


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be written: No such file"):
        save_section(tmp_path / "missing" / "settings.toml", "keys", {"hold": "Ctrl+H"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[dialling.rules]]\nprefx = '9'", "dialling.rules.1.prefx: there is no such setting"),
        ("[dialling]\nrules = '9'", r"dialling.rules: must be sections, \[\[dialling.rules\]\]"),
        ("[[dialling.rules]]\n[[dialling.rules]]\nprefix = 'x'", "dialling.rules.2.prefix: must"),
        ("[[dialling.rules]]\nstrip = 33", "dialling.rules.1.strip: must be between 0 and 32"),
        ("[call]\necho_number = 'echo'", "call.echo_number: must hold 0-9"),
        ("[call]\nconference_rooms = '800'", "call.conference_rooms: must be two numbers"),
        ("[headers]\nqueue = 'X Queue'", "headers.queue: must be a header's name"),
        ("[headers]\nmenu_path = 'X-Q'\nqueue = 'x-q'", "headers.queue: another header"),
    ],
)
def test_a_mistake_in_the_new_sections_names_its_key(file: Path, text: str, words: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=words):
        load_settings(file)


@pytest.mark.parametrize(
    ("rooms", "found"),
    [("800-899", range(800, 900)), ("", range(0)), ("899-800", range(899, 801))],
)
def test_the_rooms_of_the_exchange(rooms: str, found: range) -> None:
    assert CallSettings(conference_rooms=rooms).rooms == found


def test_the_settings_say_what_the_engine_and_the_rules_take() -> None:
    assert asdict(HeaderSettings()).keys() == asdict(HeaderNames()).keys()
    assert header_names(HeaderSettings()) == HeaderNames()
    assert header_names(HeaderSettings(queue="X-Q")) == replace(HeaderNames(), queue="X-Q")
    with pytest.raises(ValueError, match="same name"):
        header_names(HeaderSettings(queue="x-zuoxi-menu"))
    assert [one.name for one in fields(DialRuleSettings)] == [one.name for one in fields(DialRule)]
    assert asdict(DialRuleSettings()) == asdict(DialRule())
    assert Settings().call.echo_number == "*43"
