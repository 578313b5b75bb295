from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from agent_app.desk.account import AccountRefusal, AccountStatus
from agent_app.domain.calls import CallState
from agent_app.settings import (
    AccountSettings,
    DiallingSettings,
    DialRuleSettings,
    SoundSettings,
    TransportSetting,
)
from sip import messages as m
from tests.ui.fakes import Rig, a_rig
from ui.keys import KeyAction
from ui.settings.device_rows import device_rows, forgotten, preferred, put_back
from ui.settings.dialling_model import Column, DiallingModel
from ui.settings.keys_model import KeysModel
from ui.settings.phone_model import PhoneForm, PhoneSettingsModel
from ui.settings.sound_model import Move, SoundModel, Wish

# --- keys ----------------------------------------------------------------------------------------


def test_a_taken_key_is_refused_with_the_name_of_its_owner(rig: Rig) -> None:
    model = KeysModel(rig.seat)
    why = model.wish(KeyAction.HOLD, "F8")
    assert why == (
        "F8 is taken by “Hang up; reject a ringing call”. Give that one another key first."
    )
    assert "“Hold, resume or swap calls”" in model.wish(KeyAction.ANSWER, "F10")
    assert rig.seat.preferences.settings.keys == {}


def test_a_key_for_typing_is_refused(rig: Rig) -> None:
    assert "needed for typing" in KeysModel(rig.seat).wish(KeyAction.HOLD, "H")


def test_a_new_key_is_kept_and_the_standard_one_is_not_written(rig: Rig) -> None:
    model = KeysModel(rig.seat)
    told: list[object] = []
    model.changed.connect(told.append)
    assert model.wish(KeyAction.HOLD, "Ctrl+F9") == ""
    assert rig.seat.preferences.settings.keys == {"hold": "Ctrl+F9"}
    row = next(row for row in model.rows if row.key == "hold")
    assert (row.trail, row.badge) == ("Ctrl+F9", "changed")
    assert model.any_changed
    assert model.reset(KeyAction.HOLD) == ""
    assert rig.seat.preferences.settings.keys == {}
    model.wish(KeyAction.PICK_1, "Alt+F1")
    model.reset_all()
    assert not model.any_changed
    assert len(told) == 4


def test_every_action_has_a_row_with_words(rig: Rig) -> None:
    rows = KeysModel(rig.seat).rows
    assert {row.key for row in rows} == {action.value for action in KeyAction}
    assert all(row.title for row in rows)
    assert len({row.title for row in rows}) == len(rows)


def test_other_settings_change_no_key_row(rig: Rig) -> None:
    model = KeysModel(rig.seat)
    told: list[object] = []
    model.changed.connect(told.append)
    rig.seat.preferences.put(SoundSettings(ring_volume=10))
    assert told == []


# --- sound ---------------------------------------------------------------------------------------


def test_devices_stand_in_the_order_of_the_wish() -> None:
    rows = device_rows(("Jabra", "Headset"), ("Headset", "Loudspeaker"), "Headset")
    assert [(row.lead, row.title, row.badge, row.trail, row.muted) for row in rows] == [
        ("1", "Jabra", "", "not plugged in", True),
        ("2", "Headset", "next call", "", False),
        ("", "Loudspeaker", "", "", True),
    ]


def test_a_device_moves_through_the_wish() -> None:
    assert preferred((), "a") == ("a",)
    assert preferred(("a", "b"), "b") == ("b", "a")
    assert preferred(("a", "b"), "a") == ("a", "b")
    assert put_back(("a", "b"), "a") == ("b", "a")
    assert put_back(("a",), "c") == ("a",)
    assert forgotten(("a", "b"), "a") == ("b",)


def test_wishes_rings_and_volume_are_settings_at_once(rig: Rig) -> None:
    model = SoundModel(rig.seat)
    model.move(Wish.MICROPHONES, "Headset", Move.UP)
    model.move(Wish.SPEAKERS, "Loudspeaker", Move.UP)
    model.move(Wish.SPEAKERS, "", Move.UP)
    model.choose_ring("Loudspeaker", True)
    model.choose_ring("Headset", True)
    model.choose_ring("Headset", False)
    model.set_volume(35)
    sound = rig.seat.preferences.settings.sound
    assert (sound.microphones, sound.speakers) == (("Headset",), ("Loudspeaker",))
    assert (sound.rings, sound.ring_volume) == (("Loudspeaker",), 35)
    assert model.view.volume == 35
    assert [(ring.name, ring.chosen) for ring in model.view.rings] == [
        ("Headset", False), ("Loudspeaker", True),
    ]  # fmt: skip


def test_without_a_choice_it_says_what_rings(rig: Rig) -> None:
    model = SoundModel(rig.seat)
    assert model.view.note == "None chosen: it rings on Loudspeaker."
    rig.phone.handle(m.DevicesFound((), ()))
    assert model.view.note == "None chosen, and nothing is plugged in that could ring."
    model.choose_ring("Away", True)
    assert model.view.note == ""
    assert not model.view.rings[0].there


def test_the_microphone_is_open_only_while_the_page_is_looked_at(rig: Rig) -> None:
    model = SoundModel(rig.seat)
    levels: list[float] = []
    model.level_changed.connect(levels.append)
    model.look(True)
    rig.phone.handle(m.MicrophoneMeasured(-30.0, -20.0))
    rig.phone.handle(m.MicrophoneMeasured(-90.0, -90.0))
    model.look(False)
    assert levels == [0.5, 0.0]
    assert rig.commands == [m.Listen(True), m.Listen(False)]


def test_the_ring_is_tried_and_ends_with_the_page(rig: Rig) -> None:
    model = SoundModel(rig.seat)
    model.toggle_ring()
    assert model.view.ringing
    model.look(False)
    assert not model.view.ringing
    assert rig.commands == [m.TestRing(True), m.TestRing(False)]


# --- dialling ------------------------------------------------------------------------------------


@pytest.fixture
def rules(rig: Rig) -> DiallingModel:
    rig.seat.preferences.put(DiallingSettings((
        DialRuleSettings(starts_with="+86", strip=3, prefix="9"),
        DialRuleSettings(starts_with="1", max_digits=5),
    )))  # fmt: skip
    return DiallingModel(rig.seat)


def starts(model: DiallingModel) -> list[object]:
    return [model.data(model.index(row, Column.STARTS_WITH)) for row in range(model.rowCount())]


def test_rules_are_edited_in_the_table(rig: Rig, rules: DiallingModel) -> None:
    told: list[str] = []
    rules.refused.connect(told.append)
    assert rules.setData(rules.index(0, Column.PREFIX), "0")
    assert rules.setData(rules.index(0, Column.STRIP), "")
    assert not rules.setData(rules.index(0, Column.STRIP), "99")
    assert not rules.setData(rules.index(0, Column.STARTS_WITH), "abc")
    rule = rig.seat.preferences.settings.dialling.rules[0]
    assert (rule.prefix, rule.strip, rule.starts_with) == ("0", 0, "+86")
    assert told[-1] == "“abc” is not possible there."


def test_rules_are_added_moved_and_removed(rules: DiallingModel) -> None:
    place = rules.add()
    assert place == 2
    rules.raise_rule(1)
    assert starts(rules) == ["1", "+86", "0000000000"]
    rules.raise_rule(0)
    rules.remove(0)
    rules.remove(7)
    rules.raise_rule(7)
    assert starts(rules) == ["+86", "0000000000"]


def test_the_table_has_titles_and_its_numbers_stand_right(rules: DiallingModel) -> None:
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert rules.headerData(Column.STRIP, horizontal) == "Take off"
    assert rules.headerData(0, vertical) == "1"
    assert rules.headerData(0, horizontal, Qt.ItemDataRole.FontRole) is None
    assert rules.columnCount() == len(Column)
    align, index = Qt.ItemDataRole.TextAlignmentRole, rules.index(0, Column.STRIP)
    assert rules.data(index, align) is not None
    assert rules.data(rules.index(0, Column.PREFIX), align) is None
    assert rules.rowCount(index) == rules.columnCount(index) == 0
    assert rules.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_a_number_is_tried_on_the_rules(rules: DiallingModel) -> None:
    assert rules.would_dial("") == ""
    assert rules.would_dial("abc") == "This is not a number that can be dialled."
    assert rules.would_dial("10086").startswith("is dialled as ")


def test_other_settings_leave_the_table_alone(rig: Rig, rules: DiallingModel) -> None:
    told: list[str] = []
    rules.tried.connect(lambda: told.append("tried"))
    rig.seat.preferences.put(SoundSettings(ring_volume=1))
    assert told == []


# --- phone ---------------------------------------------------------------------------------------


def status(rig: Rig, **changes: object) -> None:
    before = rig.seat.account.status
    rig.seat.account._status = replace(before, **changes)  # type: ignore[arg-type]
    rig.seat.account.changed.emit(rig.seat.account.status)


def test_the_registration_stands_live_with_its_cause(rig: Rig) -> None:
    model = PhoneSettingsModel(rig.seat)
    assert model.view.state == "Not registered anywhere: no exchange is set."
    rig.phone.handle(m.RegistrationChanged(True, 200, "OK", 90))
    assert (model.view.state, model.view.health) == ("Extension 1001 is registered.", "good")
    cause = m.RegistrationCause.WRONG_PASSWORD
    rig.phone.handle(m.RegistrationChanged(False, 403, "Forbidden", 0, cause))
    assert model.view.state == (
        "Extension 1001 is not registered. The password is not the one that the exchange has."
        " (403 Forbidden)"
    )
    cause = m.RegistrationCause.NO_NETWORK
    rig.phone.handle(m.RegistrationChanged(False, 0, "", 0, cause))
    assert model.view.health == "fault"
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert model.view.state == "The phone is starting."


def test_what_is_saved_reaches_the_account(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[tuple[AccountSettings, str | None]] = []
    monkeypatch.setattr(rig.seat.account, "save", lambda *said: saved.append(said))
    model = PhoneSettingsModel(rig.seat)
    form = replace(model.form(), registrar=" sip:pbx.example:5061 ", password="s3cret",
                   transport=TransportSetting.TLS, ca_file="/ca.pem")  # fmt: skip
    assert "s3cret" not in repr(form)
    model.save(form)
    model.save(PhoneForm(user="1002", registrar="[2001:db8::1]:5060", domain="centre.example"))
    (first, password), (second, unchanged) = saved
    assert (first.user, first.registrar, first.domain) == (
        "1001", "sip:pbx.example:5061", "pbx.example",
    )  # fmt: skip
    assert (first.transport, first.ca_file, password) == (TransportSetting.TLS, "/ca.pem", "s3cret")
    assert (second.domain, unchanged) == ("centre.example", None)
    model.register()
    assert rig.commands[-1] == m.Register()


def test_the_form_shows_what_is_in_force(rig: Rig) -> None:
    model = PhoneSettingsModel(rig.seat)
    status(rig, settings=AccountSettings(user="1002", registrar="[::1]:5060", domain="[::1]"))
    assert model.form() == PhoneForm(user="1002", registrar="[::1]:5060")


def test_a_call_keeps_the_account_from_being_changed(rig: Rig) -> None:
    model = PhoneSettingsModel(rig.seat)
    assert model.view.can_save
    rig.ring()
    assert not model.view.can_save
    assert model.view.answer == "During a call the account cannot be changed."
    assert rig.phone.calls[0].state is CallState.RINGING


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"busy": True}, "Connecting"),
        ({"password_wanted": True}, "Enter the password"),
        ({"refusal": AccountRefusal.BUSY}, "still under way"),
        ({"refusal": AccountRefusal.IN_CALL}, "During a call"),
        ({"refusal": AccountRefusal.NOT_KEPT, "detail": "locked"}, "password: locked"),
    ],
)
def test_what_became_of_saving_is_said(rig: Rig, changes: dict[str, object], words: str) -> None:
    model = PhoneSettingsModel(rig.seat)
    status(rig, **changes)
    assert words in model.view.answer


def test_how_long_a_password_is_known_is_said(rig: Rig) -> None:
    model = PhoneSettingsModel(rig.seat)
    status(rig, lasting=True, has_password=True)
    assert "kept in this system's keyring" in model.view.note
    assert model.view.password_hint == "as it is"
    status(rig, lasting=False, has_password=False)
    assert "has no keyring" in model.view.note
    assert isinstance(rig.seat.account.status, AccountStatus)


def test_practice_says_that_there_is_nothing_to_set_up() -> None:
    trainee = a_rig(practice=True)
    model = PhoneSettingsModel(trainee.seat)
    trainee.ring()
    assert model.practice
    assert not model.view.can_save
    assert "no exchange" in model.view.state
    assert model.view.note == ""
    assert model.view.answer == ""
