from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.desk.phone import Phone
from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import OutboxState, ServerState
from sip import messages as m
from tests.ui.fakes import Rig, an_item
from tests.ui.ticking import told_in_ten_seconds
from ui.state_bar.indicator import Health
from ui.state_bar.model import StateBarModel, StateBarView


@pytest.fixture
def model(rig: Rig) -> StateBarModel:
    return StateBarModel(rig.seat)


def test_a_free_agent_is_ready_with_a_word_a_shape_and_a_timer(
    rig: Rig, model: StateBarModel
) -> None:
    rig.clock.advance(192)
    model.refresh()
    view = model.view
    assert (view.state, view.word, view.icon) == (AgentState.READY, "Ready", "state-ready")
    assert view.timer == "03:12"
    assert view.agent == "陈静 · 1001"
    assert not view.during_call


def test_the_view_is_sent_only_when_it_is_another(rig: Rig, model: StateBarModel) -> None:
    seen: list[StateBarView] = []
    model.changed.connect(seen.append)
    model.refresh()
    assert seen == []
    rig.clock.advance(1)
    model.refresh()
    assert seen == [model.view]


def test_a_second_is_told_by_itself_and_every_tenth_brings_the_rest(
    rig: Rig, model: StateBarModel
) -> None:
    told = told_in_ten_seconds(model, rig.clock)
    assert told[:9] == [f"00:0{second}" for second in range(1, 10)]
    assert told[9:] == [model.view]
    assert model.view.timer == "00:10"


def test_a_trainee_practises(trainee: Rig) -> None:
    assert StateBarModel(trainee.seat).view.state is AgentState.PRACTICE


def test_the_bar_follows_the_call(rig: Rig, model: StateBarModel) -> None:
    rig.ring()
    assert model.view.state is AgentState.RINGING
    rig.answered()
    assert model.view.state is AgentState.TALKING
    assert model.view.during_call


def test_what_is_chosen_during_a_call_comes_after_it(rig: Rig, model: StateBarModel) -> None:
    rig.ring()
    rig.answered()
    model.choose(AgentState.BREAK)
    assert model.view.state is AgentState.TALKING
    assert model.view.next_state is AgentState.BREAK
    assert "Then: Break" in model.view.explanation


def test_wrap_up_counts_down_and_can_be_ended_or_continued(rig: Rig, model: StateBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.ended()
    rig.clock.advance(10)
    model.refresh()
    assert model.view.wrapping_up
    assert model.view.timer == "00:20"
    model.continue_wrap_up()
    assert model.view.timer == "00:30"
    model.end_wrap_up()
    assert not model.view.wrapping_up
    assert model.view.state is AgentState.READY


def test_the_phone_says_what_the_exchange_says(rig: Rig, model: StateBarModel) -> None:
    assert model.view.phone.text == "Ext. 1001: ready"
    rig.phone.handle(m.RegistrationChanged(True, 200, "OK", 90))
    assert model.view.phone.text == "Ext. 1001: registered"
    assert model.view.phone.health is Health.GOOD
    rig.phone.handle(m.RegistrationChanged(False, 403, "Forbidden", 0))
    assert model.view.phone.text == "Ext. 1001: not registered"
    assert model.view.phone.health is Health.FAULT
    assert "403" in model.view.phone.explanation


def test_a_lost_engine_is_no_ready_phone(rig: Rig, model: StateBarModel) -> None:
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert model.view.phone.text == "Phone: restarting"
    assert model.view.phone.health is Health.FAULT
    rig.engine_ready()
    assert model.view.phone.health is Health.GOOD


@pytest.mark.parametrize(
    ("state", "text", "health"),
    [
        (ServerState.ONLINE, "Server: online", Health.GOOD),
        (ServerState.CONNECTING, "Server: connecting", Health.NEUTRAL),
        (ServerState.OFFLINE, "Server: offline", Health.WARNING),
        (ServerState.SIGNED_OUT, "Server: not signed in", Health.WARNING),
        (ServerState.FIRST_SYNC, "Server: first sync", Health.NEUTRAL),
    ],
)
def test_the_server_is_said_in_words(
    rig: Rig, model: StateBarModel, state: ServerState, text: str, health: Health
) -> None:
    rig.server(state)
    assert (model.view.server.text, model.view.server.health) == (text, health)


def test_the_first_sync_says_how_far_it_is(rig: Rig, model: StateBarModel) -> None:
    rig.server(ServerState.FIRST_SYNC, done=420, rows=1000)
    assert model.view.server.text == "Server: first sync 42 %"


def test_the_outbox_counts_what_waits_and_what_needs_a_look(rig: Rig, model: StateBarModel) -> None:
    assert model.view.outbox.text == "Outbox 0"
    assert model.view.outbox.health is Health.GOOD
    rig.waiting(an_item(), an_item())
    assert model.view.outbox.text == "Outbox 2"
    assert model.view.outbox.health is Health.WARNING
    rig.waiting(an_item(), replace(an_item(), state=OutboxState.REJECTED))
    assert model.view.outbox.text == "Outbox 1 · 1 to look at"
    assert model.view.outbox.health is Health.FAULT


@pytest.mark.parametrize(
    ("state", "text", "health"),
    [
        (m.SoundState.CLOSED, "Headset: ready", Health.GOOD),
        (m.SoundState.OPEN, "Headset: in use", Health.GOOD),
        (m.SoundState.NO_MICROPHONE, "No microphone", Health.WARNING),
        (m.SoundState.NO_DEVICE, "No sound device", Health.WARNING),
        (m.SoundState.FAILED, "Sound device failed", Health.FAULT),
    ],
)
def test_sound_is_what_the_device_says(
    rig: Rig, model: StateBarModel, state: m.SoundState, text: str, health: Health
) -> None:
    rig.phone.handle(m.SoundChanged(state, "耳机", "麦克风"))
    assert (model.view.sound.text, model.view.sound.health) == (text, health)


def test_a_phone_that_never_was_ready_is_starting(rig: Rig) -> None:
    seat = replace(rig.seat, phone=a_new_phone(rig))
    view = StateBarModel(seat).view
    assert view.phone.text == "Phone: starting"
    assert view.phone.health is Health.WARNING


def a_new_phone(rig: Rig) -> Phone:
    return Phone(extension="1001", dial_domain="pbx", normalise=str, clock=rig.clock)


def test_the_headset_of_the_next_call_is_named_before_it_rings(rig: Rig) -> None:
    model = StateBarModel(rig.seat)
    assert model.view.sound.text == "Headset: ready"
    assert model.view.sound.explanation == (
        "Next call, you hear: Headset\nyou speak into: Headset\nit rings on: Loudspeaker"
    )
    rig.phone.handle(m.DevicesFound(("Loudspeaker",), (), "Loudspeaker", "", ()))
    assert (model.view.sound.text, model.view.sound.health) == ("No microphone", Health.WARNING)
    assert model.view.sound.explanation.endswith("it rings on: –")
    rig.phone.handle(m.DevicesFound((), ()))
    assert (model.view.sound.text, model.view.sound.health) == ("No sound device", Health.WARNING)
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert model.view.sound.text == "Headset: idle"


def test_the_cause_of_a_lost_registration_is_in_the_tooltip(rig: Rig) -> None:
    model = StateBarModel(rig.seat)
    cause = m.RegistrationCause.NO_ANSWER
    rig.phone.handle(m.RegistrationChanged(False, 408, "Timeout", 0, cause))
    assert model.view.phone.text == "Ext. 1001: not registered"
    assert model.view.phone.explanation == (
        "The exchange does not answer; it is tried again by itself.\n408 Timeout"
    )
    rig.phone.handle(m.RegistrationChanged(False, 0, "", 0, m.RegistrationCause.TRYING))
    assert (model.view.phone.text, model.view.phone.health) == (
        "Ext. 1001: registering", Health.WARNING,
    )  # fmt: skip


def test_who_was_refused_stands_in_the_tooltip_and_nowhere_else(rig: Rig) -> None:
    model = StateBarModel(rig.seat)
    rig.phone.handle(m.RegistrationChanged(True, 200, "OK", 90))
    before = model.view.phone
    rig.phone.handle(m.StrangersRefused(1200, "203.0.113.7"))
    assert model.view.phone.text == before.text
    assert "1,200 refused" in model.view.phone.explanation
    assert "203.0.113.7" in model.view.phone.explanation
    rig.phone.handle(m.StrangersRefused(1201))
    assert "an unknown address" in model.view.phone.explanation
