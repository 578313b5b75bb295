"""Choosing and trying devices; being told of a voice or a microphone that nobody hears."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from agent_app.desk.phone import Phone
from agent_app.desk.phone_status import PhoneStatus
from agent_app.desk.sound import SoundDesk
from agent_app.desk.sound_watch import SoundWarnings, SoundWatch
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming

LINE = m.LineId("1-9")
READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
OPEN = m.SoundChanged(m.SoundState.OPEN, "Speaker", "Headset")
VOICE = (-31.0, -22.0, -26.0, -35.0, -20.0, -28.0, -24.0, -33.0)


class Rig:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.engine = FakeEngine()
        self.phone = Phone(
            extension="1001", dial_domain="", normalise=lambda raw: raw, clock=self.clock
        )
        self.phone.attach(self.engine)
        self.phone.handle(READY)
        self.watch = SoundWatch(phone=self.phone, clock=self.clock)
        self.warned: list[SoundWarnings] = []
        self.watch.changed.connect(self.warned.append)

    def talk(self, line: m.LineId = LINE) -> None:
        self.phone.handle(incoming(line))
        self.phone.handle(OPEN)
        self.phone.handle(m.CallAnswered(line, "PCMA"))

    def speak(self, levels: Iterable[float], line: m.LineId = LINE) -> None:
        for level in levels:
            self.phone.handle(m.LevelsMeasured(line, -90.0, -90.0, level))
            self.clock.advance(0.1)


@pytest.fixture
def rig() -> Rig:
    return Rig()


# --- the watch over her own voice -----------------------------------------------------------------


def test_speaking_while_muted_is_said_and_unsaid_when_she_unmutes(rig: Rig) -> None:
    rig.talk()
    rig.speak(VOICE)
    assert not rig.warned
    rig.phone.handle(m.CallMuted(LINE, muted=True))
    rig.speak(VOICE)
    [call] = rig.phone.calls
    assert rig.warned == [SoundWarnings(muted_speech=call.interaction_id)]
    rig.phone.handle(m.CallMuted(LINE, muted=False))
    assert rig.watch.warnings == SoundWarnings()
    rig.speak((-70.0,))
    assert rig.watch.warnings == SoundWarnings()


def test_the_warning_goes_when_she_stops_speaking_or_the_call_is_held_or_ends(rig: Rig) -> None:
    rig.talk()
    rig.phone.handle(m.CallMuted(LINE, muted=True))
    rig.speak(VOICE)
    assert rig.watch.warnings.muted_speech
    rig.speak([-70.0] * 30)
    assert not rig.watch.warnings.muted_speech
    rig.speak(VOICE)
    assert rig.watch.warnings.muted_speech
    rig.phone.handle(m.CallHeld(LINE, by_agent=True, by_caller=False))
    assert not rig.watch.warnings.muted_speech
    rig.speak(VOICE)  # on hold she may speak to whom she likes
    assert not rig.watch.warnings.muted_speech
    rig.phone.handle(m.CallHeld(LINE, by_agent=False, by_caller=False))
    rig.speak(VOICE)
    assert rig.watch.warnings.muted_speech
    rig.phone.handle(m.CallEnded(LINE, 200, "", m.EndedBy.CALLER))
    assert rig.watch.warnings == SoundWarnings()


def test_noise_while_muted_is_not_speech(rig: Rig) -> None:
    rig.talk()
    rig.phone.handle(m.CallMuted(LINE, muted=True))
    rig.speak([-30.0] * 30)
    assert not rig.warned


def test_a_microphone_that_gives_nothing_is_named_until_it_does(rig: Rig) -> None:
    rig.talk()
    rig.speak([-90.0] * 49)
    assert not rig.warned
    rig.speak([-90.0] * 3)
    assert rig.warned == [SoundWarnings(dead_microphone="Headset")]
    rig.speak([-50.0])
    assert rig.watch.warnings == SoundWarnings()


def test_a_dead_microphone_is_forgotten_when_another_one_is_used(rig: Rig) -> None:
    rig.talk()
    rig.speak([-90.0] * 52)
    assert rig.watch.warnings.dead_microphone == "Headset"
    rig.phone.handle(m.SoundChanged(m.SoundState.OPEN, "Speaker", "Webcam"))
    assert rig.watch.warnings == SoundWarnings()
    rig.speak([-90.0] * 45)
    assert rig.watch.warnings == SoundWarnings()


def test_silence_on_purpose_blames_no_microphone(rig: Rig) -> None:
    rig.talk()
    rig.phone.handle(m.CallMuted(LINE, muted=True))
    rig.speak([-90.0] * 100)
    rig.phone.handle(m.CallMuted(LINE, muted=False))
    rig.phone.handle(m.SoundChanged(m.SoundState.NO_MICROPHONE, "Speaker"))
    rig.speak([-90.0] * 100)
    assert not rig.warned


def test_two_calls_do_not_share_what_was_heard(rig: Rig) -> None:
    rig.talk()
    rig.speak(VOICE)
    other = m.LineId("1-10")
    rig.phone.handle(m.CallHeld(LINE, by_agent=True, by_caller=False))
    rig.talk(other)
    rig.phone.handle(m.CallMuted(other, muted=True))
    rig.speak((-20.0,), other)
    assert not rig.warned
    rig.phone.handle(m.CallEnded(LINE, 200, "", m.EndedBy.CALLER))
    rig.speak((-70.0,), LINE)  # a level that was under way
    assert not rig.warned


# --- choosing and trying --------------------------------------------------------------------------


def desk(rig: Rig, **settings: object) -> SoundDesk:
    wish = m.SoundSettings(**settings)  # type: ignore[arg-type]
    return SoundDesk(phone=rig.phone, engine=rig.engine, settings=wish)


def test_other_devices_are_used_at_once_and_the_recording_stays(rig: Rig) -> None:
    sound = desk(rig, speaker_record="heard.wav")
    sound.use(m.SoundSettings(speakers=("Jabra",)))
    wanted = m.SoundSettings(speakers=("Jabra",), speaker_record="heard.wav")
    assert rig.engine.sent == [m.UseSound(wanted)]
    assert sound.settings == wanted


def test_it_listens_as_long_as_anybody_wants_to(rig: Rig) -> None:
    sound = desk(rig)
    measured: list[m.MicrophoneMeasured] = []
    sound.measured.connect(measured.append)
    sound.listen("settings", True)
    sound.listen("self-test", True)
    sound.listen("settings", True)
    assert rig.engine.sent == [m.Listen(True)]
    rig.phone.handle(m.MicrophoneMeasured(-30.0, -20.0))
    assert measured == [m.MicrophoneMeasured(-30.0, -20.0)]
    sound.listen("settings", False)
    assert rig.engine.sent == [m.Listen(True)]
    sound.listen("self-test", False)
    assert rig.engine.sent == [m.Listen(True), m.Listen(False)]


def test_the_ring_is_tried_and_stopped(rig: Rig) -> None:
    sound = desk(rig)
    sound.test_ring(True)
    sound.test_ring(True)
    assert sound.ringing
    sound.test_ring(False)
    assert rig.engine.sent == [m.TestRing(True), m.TestRing(False)]


def test_a_restarted_engine_goes_on_listening_but_does_not_ring(rig: Rig) -> None:
    sound = desk(rig)
    sound.listen("settings", True)
    sound.test_ring(True)
    rig.engine.sent.clear()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    rig.phone.handle(READY)
    assert rig.engine.sent == [m.Listen(True)]
    assert not sound.ringing
    sound.listen("settings", False)
    rig.engine.sent.clear()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    rig.phone.handle(READY)
    assert not rig.engine.sent


def test_plugging_and_choosing_is_told_and_nothing_else(rig: Rig) -> None:
    sound = desk(rig)
    seen: list[PhoneStatus] = []
    sound.devices_changed.connect(seen.append)
    rig.phone.handle(OPEN)
    assert not seen
    rig.phone.handle(m.DevicesFound(("Jabra",), ("Headset",), "Jabra", "Headset", ("Jabra",)))
    assert [status.next_rings for status in seen] == [("Jabra",)]
    assert sound.status.speakers == ("Jabra",)
