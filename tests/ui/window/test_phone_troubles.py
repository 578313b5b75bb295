"""Troubles of the phone and of a call: said in words, mended by one key."""

from __future__ import annotations

import pytest

from agent_app.domain.directory import Target, TargetKind
from sip import messages as m
from tests.ui.fakes import HEADSET, Rig
from ui.keys import KeyMap
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind
from ui.window.troubles import TroublesModel

FIRST = m.LineId("1-9")
Cause = m.RegistrationCause


@pytest.fixture
def model(rig: Rig) -> TroublesModel:
    return TroublesModel(rig.seat, KeyMap())


def only(model: TroublesModel) -> Trouble:
    (trouble,) = model.troubles
    return trouble


def unregistered(rig: Rig, cause: m.RegistrationCause) -> None:
    rig.phone.handle(m.RegistrationChanged(False, 0, "", 0, cause))


def talking(rig: Rig) -> None:
    rig.ring()
    rig.answered()


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.NO_ANSWER, "does not answer"),
        (Cause.NO_NETWORK, "no network"),
        (Cause.REFUSED, "refused"),
        (Cause.EXCHANGE_FAULT, "has a fault"),
    ],
)
def test_a_lost_registration_says_why_and_is_tried_again_by_one_key(
    rig: Rig, model: TroublesModel, cause: m.RegistrationCause, words: str
) -> None:
    unregistered(rig, cause)
    assert only(model).severity is Severity.FAULT
    assert words in only(model).text
    model.act(only(model))
    assert rig.commands == [m.Register()]


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.WRONG_PASSWORD, "password"),
        (Cause.UNKNOWN_EXTENSION, "does not know"),
        (Cause.CERTIFICATE, "certificate"),
    ],
)
def test_what_only_other_settings_mend_opens_them(
    rig: Rig, model: TroublesModel, cause: m.RegistrationCause, words: str
) -> None:
    pages: list[str] = []
    model.settings_wanted.connect(pages.append)
    unregistered(rig, cause)
    assert words in only(model).text
    model.act(only(model))
    assert pages == ["phone"]
    assert rig.commands == []


def test_a_registration_under_way_is_no_fault(rig: Rig, model: TroublesModel) -> None:
    unregistered(rig, Cause.TRYING)
    assert only(model).severity is Severity.NEUTRAL
    assert only(model).remedy is Remedy.NONE
    model.act(only(model))


def test_speaking_while_muted_is_said_and_ended_by_one_key(rig: Rig, model: TroublesModel) -> None:
    talking(rig)
    rig.phone.handle(m.CallMuted(FIRST, True))
    for step in range(12):
        rig.clock.advance(0.1)
        level = -25.0 if step % 2 else -18.0
        rig.phone.handle(m.LevelsMeasured(FIRST, -90.0, -90.0, level))
    trouble = only(model)
    assert trouble.kind is TroubleKind.MUTED_SPEECH
    assert trouble.remedy_text == "Unmute  F9"
    model.act(trouble)
    assert rig.commands == [m.SetMute(FIRST, False)]
    rig.phone.handle(m.CallMuted(FIRST, False))
    assert model.troubles == ()


def test_a_call_without_sound_says_so_and_later_offers_to_hang_up(
    rig: Rig, model: TroublesModel
) -> None:
    talking(rig)
    rig.statistics(since_last_packet_s=6.0)
    assert only(model).text == ("No sound arrives from 张伟. The call is still up: please wait.")
    assert only(model).remedy is Remedy.NONE
    rig.statistics(since_last_packet_s=21.0)
    assert only(model).remedy is Remedy.HANG_UP
    model.act(only(model))
    assert rig.commands == [m.HangUp(FIRST)]
    rig.statistics(since_last_packet_s=0.1)
    assert model.troubles == ()


def test_of_two_silent_calls_the_longer_silent_one_is_said(rig: Rig, model: TroublesModel) -> None:
    talking(rig)
    rig.ring("1-10", name="李娜", number="057185123456")
    rig.answered("1-10")
    rig.statistics(since_last_packet_s=6.0)
    rig.statistics("1-10", since_last_packet_s=8.0)
    assert "李娜" in only(model).text


def test_a_microphone_that_gives_nothing_opens_the_sound_settings(
    rig: Rig, model: TroublesModel
) -> None:
    pages: list[str] = []
    model.settings_wanted.connect(pages.append)
    rig.phone.handle(m.SoundChanged(m.SoundState.OPEN, "Headset", "Headset"))
    talking(rig)
    for _ in range(60):
        rig.clock.advance(0.1)
        rig.phone.handle(m.LevelsMeasured(FIRST, -30.0, -90.0, -90.0))
    assert only(model).kind is TroubleKind.DEAD_MICROPHONE
    assert "“Headset” gives only silence" in only(model).text
    model.act(only(model))
    assert pages == ["sound"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (m.DevicesFound(("A",), (), "A", "", ("A",)), "No microphone is plugged in"),
        (m.DevicesFound((), ("A",), "", "A", ()), "you would hear nothing"),
        (m.DevicesFound((), ()), "No sound device is plugged in"),
    ],
)
def test_what_the_next_call_will_lack_is_said_before_it_rings(
    rig: Rig, model: TroublesModel, found: m.DevicesFound, words: str
) -> None:
    rig.phone.handle(found)
    assert words in only(model).text
    rig.phone.handle(HEADSET)
    assert model.troubles == ()


def sound_on(rig: Rig, speaker: str) -> None:
    rig.phone.handle(m.SoundChanged(m.SoundState.OPEN, speaker, "Headset"))


def test_an_unplugged_headset_is_said_with_where_the_sound_is_now(
    rig: Rig, model: TroublesModel
) -> None:
    sound_on(rig, "Headset")
    talking(rig)
    rig.phone.handle(m.DevicesFound(("Loudspeaker",), ("M",), "Loudspeaker", "M", ()))
    sound_on(rig, "Loudspeaker")
    assert only(model).text == "“Headset” was unplugged: the sound is on “Loudspeaker” now."
    model.act(only(model))
    assert model.troubles == ()


def test_a_better_device_that_takes_over_is_said_until_the_call_ends(
    rig: Rig, model: TroublesModel
) -> None:
    sound_on(rig, "Loudspeaker")
    talking(rig)
    sound_on(rig, "Headset")
    assert only(model).text == "The sound is on “Headset” now."
    rig.ended()
    assert model.troubles == ()


def test_a_sound_that_is_gone_altogether_is_not_called_a_change(
    rig: Rig, model: TroublesModel
) -> None:
    sound_on(rig, "Headset")
    talking(rig)
    rig.phone.handle(m.SoundChanged(m.SoundState.NO_DEVICE))
    assert only(model).kind is TroubleKind.SOUND


def test_a_transfer_that_failed_is_told_until_it_was_read_or_tried_again(
    rig: Rig, model: TroublesModel
) -> None:
    talking(rig)
    call = rig.phone.calls[0].interaction_id
    target = Target(TargetKind.NUMBER, "", "13900139000")
    rig.seat.transfers.blind(call, target)
    rig.phone.handle(m.TransferProgressed(FIRST, 404, "Not Found", True))
    trouble = only(model)
    assert trouble.text == (
        "张伟 was not passed on to 139 0013 9000: not reachable. The call is still yours."
    )
    assert trouble.explanation == "404 Not Found"
    rig.seat.transfers.blind(call, target)
    assert model.troubles == ()
    rig.phone.handle(m.TransferProgressed(FIRST, 603, "Decline", True))
    model.act(only(model))
    assert model.troubles == ()


def test_a_caller_who_is_gone_is_not_said_to_be_still_there(rig: Rig, model: TroublesModel) -> None:
    talking(rig)
    call = rig.phone.calls[0].interaction_id
    rig.seat.transfers.consult(call, Target(TargetKind.COLLEAGUE, "陈静", "1002"))
    rig.held()
    rig.ended()
    assert only(model).text == "张伟 was not passed on to 1002 陈静: the caller hung up."
