"""What a whole softphone hears of its calls and does with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent_app.desk.phone import DialOutcome, DtmfOutcome, Exchange, Phone, Refusal
from agent_app.domain.calls import Call, CallState, Direction, EndReason
from agent_app.domain.directory import RingingElsewhere
from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, a_call, incoming

READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
LINE = m.LineId("1-9")
ELSEWHERE = RingingElsewhere(
    call_id="exchange-7", extension="1002", agent_name="陈静", name="张伟",
    number="13800138000", queue="咨询", menu_path="2-1", dialled="12366",
    since=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
)  # fmt: skip


class Rig:
    def __init__(self, domain: str = "pbx", unfinished: Call | None = None) -> None:
        self.clock = HandClock()
        self.engine = FakeEngine()
        self.phone = Phone(extension="1001", dial_domain=domain, normalise=self._digits,
                           clock=self.clock, dial_string=self._rule,
                           unfinished=lambda call_id: unfinished)  # fmt: skip
        self.phone.attach(self.engine)
        self.phone.handle(READY)
        self.seen: list[Call] = []
        self.refusals: list[Refusal] = []
        self.others: list[object] = []
        self.phone.call_changed.connect(self.seen.append)
        self.phone.refused.connect(self.refusals.append)
        self.phone.other_line_event.connect(self.others.append)

    @staticmethod
    def _digits(text: str) -> str:
        return text.strip() if text.strip().isdigit() else ""

    @staticmethod
    def _rule(normal: str) -> str:
        return "" if normal == "666" else f"9{normal}" if len(normal) > 4 else normal

    @property
    def sent(self) -> list[m.Command]:
        sent, self.engine.sent = self.engine.sent, []
        return sent

    def talk(self, line: m.LineId = LINE, **changes: object) -> InteractionId:
        self.phone.handle(incoming(str(line), **changes))
        self.phone.handle(m.CallAnswered(line, "PCMA"))
        return self.phone.calls[-1].interaction_id

    def made(self, uri: str) -> m.MakeCall:
        """The call just dialled, with the name that both desks know it by."""
        header = ("X-Zuoxi-Call-ID", self.last.exchange_call_id)
        assert self.last.exchange_call_id
        return m.MakeCall(m.LineId("1-1"), uri, (header,))

    @property
    def last(self) -> Call:
        return self.seen[-1]


@pytest.fixture
def rig() -> Rig:
    return Rig()


# --- dialling ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("1002", "sip:1002@pbx"),
        ("12366", "sip:912366@pbx"),
        ("*43", "sip:*43@pbx"),
        ("#31", "sip:%2331@pbx"),
    ],
)
def test_what_is_dialled(rig: Rig, text: str, uri: str) -> None:
    assert rig.phone.dial(text) is DialOutcome.DIALLED
    assert rig.sent == [rig.made(uri)]
    assert (rig.last.number, rig.last.normal) == (text, text)


def test_a_number_that_the_rules_leave_nothing_of_is_refused(rig: Rig) -> None:
    assert rig.phone.dial("666") is DialOutcome.NOT_A_NUMBER
    assert rig.sent == []


def test_another_exchange_is_dialled_through_from_then_on(rig: Rig) -> None:
    rig.phone.use("801", Exchange("other", m.Transport.TLS))
    assert rig.phone.status.extension == "801"
    rig.phone.handle(READY)
    assert rig.phone.dial("1002") is DialOutcome.DIALLED
    assert rig.sent == [rig.made("sip:1002@other;transport=tls")]
    status = rig.phone.status
    rig.phone.use("801", Exchange("third"))
    assert rig.phone.status is status


def test_dialling_holds_who_talks(rig: Rig) -> None:
    rig.talk()
    rig.phone.dial("1002")
    assert rig.sent == [m.Hold(LINE), rig.made("sip:1002@pbx")]


def test_a_call_that_the_engine_cannot_begin_is_over(rig: Rig) -> None:
    rig.phone.dial("1002")
    rig.phone.handle(m.CommandRefused("MakeCall", m.LineId("1-1"), "the engine is not ready"))
    assert (rig.last.state, rig.last.end_reason) == (CallState.ENDED, EndReason.REFUSED)
    assert rig.last.end_detail == "the engine is not ready"
    assert rig.phone.calls == ()


def test_a_refusal_about_an_answered_call_ends_nothing(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.handle(m.CommandRefused("MakeCall", LINE, "it is there already"))
    assert rig.phone.calls[0].state is CallState.TALKING
    assert rig.refusals == [Refusal("MakeCall", call, "it is there already")]


# --- pick-up -------------------------------------------------------------------------------------


def test_a_colleagues_call_is_hers_with_all_that_is_known(rig: Rig) -> None:
    assert rig.phone.pick_up(ELSEWHERE) is DialOutcome.DIALLED
    header = ("X-Zuoxi-Call-ID", "exchange-7")
    assert rig.sent == [m.MakeCall(m.LineId("1-1"), "sip:*81002@pbx", (header,))]
    call = rig.last
    assert (call.direction, call.state) == (Direction.INCOMING, CallState.DIALLING)
    assert (call.name, call.normal, call.queue) == ("张伟", "13800138000", "咨询")
    assert (call.menu_path, call.dialled, call.exchange_call_id) == ("2-1", "12366", "exchange-7")
    rig.phone.answer(call.interaction_id)
    assert rig.sent == []  # there is nothing to answer, the exchange does


def test_picking_up_says_why_it_cannot_be() -> None:
    assert Rig("").phone.pick_up(ELSEWHERE) is DialOutcome.NO_EXCHANGE
    rig = Rig()
    rig.phone.use("1001", Exchange("pbx", pick_up_prefix="8"))
    assert rig.phone.pick_up(ELSEWHERE) is DialOutcome.NOT_A_NUMBER
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert rig.phone.pick_up(ELSEWHERE) is DialOutcome.NO_PHONE


# --- one call ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encrypted", [True, False])
def test_whether_a_call_is_encrypted_is_known_with_the_answer(rig: Rig, encrypted: bool) -> None:
    rig.phone.handle(incoming())
    assert rig.last.encrypted is None
    rig.phone.handle(m.CallAnswered(LINE, "PCMA", encrypted))
    assert rig.last.encrypted is encrypted


def test_somebody_else_on_the_line_has_his_own_name(rig: Rig) -> None:
    rig.talk(name="陈静", number="1002")
    rig.phone.handle(m.CallIdentified(LINE, "", "12366"))
    assert (rig.last.name, rig.last.number, rig.last.normal) == ("", "12366", "12366")
    rig.phone.handle(m.CallIdentified(LINE, "张伟", "12366"))
    assert (rig.last.name, rig.last.normal) == ("张伟", "12366")
    rig.phone.handle(m.CallIdentified(LINE, "", "12366"))
    assert rig.last.name == "张伟"


def test_an_identity_that_says_nothing_changes_nothing(rig: Rig) -> None:
    rig.talk(number="12366")
    count = len(rig.seen)
    rig.phone.handle(m.CallIdentified(LINE, "", ""))
    rig.phone.handle(m.CallIdentified(LINE, "张伟", "12366"))
    rig.phone.handle(m.CallIdentified(LINE, "张伟", "unknown"))
    assert len(rig.seen) == count
    rig.phone.handle(m.CallIdentified(LINE, "李娜", "unknown"))
    assert (rig.last.name, rig.last.normal) == ("李娜", "12366")


def test_swapping_takes_up_who_waits(rig: Rig) -> None:
    assert rig.phone.swap() is None
    first = rig.talk(m.LineId("1-a"))
    rig.phone.handle(m.CallHeld(m.LineId("1-a"), by_agent=True, by_caller=False))
    rig.talk(m.LineId("1-b"))
    assert rig.phone.swap() == first
    assert rig.sent == [m.Hold(m.LineId("1-b")), m.Resume(m.LineId("1-a"))]


def test_an_answer_from_afar_holds_who_talks(rig: Rig) -> None:
    rig.talk(m.LineId("1-a"))
    rig.talk(m.LineId("1-b"))
    assert rig.sent == [m.Hold(m.LineId("1-a"))]


@pytest.mark.parametrize(
    ("text", "outcome", "sent"),
    [
        ("12#", DtmfOutcome.SENT, ["12#"]),
        ("1 2-3", DtmfOutcome.SENT, ["123"]),
        ("1" * 40, DtmfOutcome.SENT, ["1" * 32, "1" * 8]),
        (" ", DtmfOutcome.EMPTY, []),
        ("12x", DtmfOutcome.NOT_DIGITS, []),
    ],
)
def test_digits_are_sent_or_refused(
    rig: Rig, text: str, outcome: DtmfOutcome, sent: list[str]
) -> None:
    call = rig.talk()
    assert rig.phone.send_dtmf(call, text) is outcome
    assert rig.sent == [m.SendDtmf(LINE, digits) for digits in sent]


def test_digits_go_to_nobody_but_who_talks(rig: Rig) -> None:
    rig.phone.handle(incoming())
    ringing = rig.last.interaction_id
    assert rig.phone.send_dtmf(ringing, "1") is DtmfOutcome.NO_CALL
    assert rig.phone.send_dtmf(InteractionId("none"), "1") is DtmfOutcome.NO_CALL


def test_a_returned_call_goes_on_with_the_summary_that_waits() -> None:
    unfinished = a_call("i7", state=CallState.ENDED, talked_s=40.0)
    rig = Rig(unfinished=unfinished)
    rig.talk(returned="busy", transferred_by="1001")
    assert rig.last.interaction_id == "i7"
    assert (rig.last.returned, rig.last.transferred_by) == ("busy", "1001")
    rig.clock.advance(5)
    rig.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.CALLER))
    assert rig.last.talked_s == 45.0
    rig.talk(m.LineId("1-b"))
    assert rig.last.interaction_id != "i7"  # this one is no call that comes back


def test_two_calls_never_share_an_interaction() -> None:
    rig = Rig(unfinished=a_call("i7", state=CallState.ENDED))
    rig.talk(m.LineId("1-a"), returned="busy")
    rig.talk(m.LineId("1-b"), returned="busy")
    assert len({call.interaction_id for call in rig.phone.calls}) == 2


# --- the phone itself ----------------------------------------------------------------------------


def test_the_status_says_what_the_engine_says(rig: Rig) -> None:
    cause = m.RegistrationCause.WRONG_PASSWORD
    rig.phone.handle(m.RegistrationChanged(False, 401, "Unauthorized", 0, cause))
    rig.phone.handle(m.SoundChanged(m.SoundState.OPEN, "耳机", "话筒", "", ("音箱",)))
    rig.phone.handle(m.DevicesFound(("耳机", "音箱"), ("话筒",), "耳机", "话筒", ("音箱",)))
    rig.phone.handle(m.StrangersRefused(3, "192.0.2.7"))
    status = rig.phone.status
    assert (status.registered, status.cause) == (False, cause)
    assert (status.rings, status.speakers) == (("音箱",), ("耳机", "音箱"))
    assert (status.strangers, status.strangers_source) == (3, "192.0.2.7")
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert rig.phone.status.cause is m.RegistrationCause.TRYING
    assert rig.phone.status.rings == ()
    rig.phone.handle(m.EngineReady(2, 4712, "127.0.0.1", (), "pjsua2"))
    assert rig.phone.status.address == "127.0.0.1:0"


def test_registering_again_by_key(rig: Rig) -> None:
    rig.phone.register()
    assert rig.sent == [m.Register()]


def test_without_an_engine_nothing_happens() -> None:
    phone = Phone(extension="1001", dial_domain="pbx", normalise=str, clock=HandClock())
    phone.register()
    phone.confer(())
    assert phone.dial("1002") is DialOutcome.NO_PHONE


def test_lines_of_others_are_passed_on(rig: Rig) -> None:
    line = m.LineId("1-test")
    events: list[m.Event] = [
        m.CallAnswered(line, "PCMA"),
        m.CommandRefused("MakeCall", line, "no"),
        m.CallEnded(line, 200, "OK", m.EndedBy.AGENT),
        m.EngineLost(1, "killed", 0.2),
    ]
    for event in events:
        rig.phone.handle(event)
    assert rig.others == events
    assert rig.seen == []


def test_statistics_and_the_microphone_are_passed_on(rig: Rig) -> None:
    call = rig.talk()
    told: list[object] = []
    rig.phone.statistics_changed.connect(lambda *what: told.append(what))
    rig.phone.microphone_measured.connect(told.append)
    statistics = m.CallStatistics(LINE, "PCMA", 1, 0, 1, 0.0, 0.0, 0.0)
    rig.phone.handle(statistics)
    rig.phone.handle(m.MicrophoneMeasured(-20.0))
    for unheard in (m.CallProgressed(LINE, 180, ""), m.DtmfReceived(LINE, "1")):
        rig.phone.handle(unheard)
    rig.phone.handle(m.PlaybackFinished(LINE, "a.wav"))
    assert told == [(call, statistics), m.MicrophoneMeasured(-20.0)]


def test_transfers_of_calls_that_are_gone_send_nothing(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.complete_transfer(call, InteractionId("gone"))
    rig.phone.complete_transfer(InteractionId("gone"), call)
    rig.phone.transfer(InteractionId("gone"), "1002")
    assert rig.sent == []
