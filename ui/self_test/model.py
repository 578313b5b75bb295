"""What the self-test asks of her and what it found, in words (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.desk.self_test import SelfTestProgress, SelfTestStep
from agent_app.domain.self_test import EchoVerdict, MicrophoneVerdict, SelfTestResult
from sip.messages import SILENCE_DB

STEPS = (SelfTestStep.MICROPHONE, SelfTestStep.RING, SelfTestStep.ECHO)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the result; ``health`` is the style sheet's: good, warning, fault, neutral."""

    what: str
    text: str
    health: str


@dataclass(frozen=True, slots=True)
class SelfTestView:
    """``share`` is 0 to 1 of the whole test, ``level`` 0 to 1 of the meter.

    ``refusal`` is why it could not begin; ``verdict`` stands when it is over.
    """

    instruction: str
    share: float
    level: float
    running: bool
    asks_about_ring: bool
    findings: tuple[Finding, ...]
    verdict: str = ""
    passed: bool = False
    refusal: str = ""


class SelfTestModel(QObject):
    """View-model of the self-test's window.

    Signals:
        changed: SelfTestView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._test = seat.self_test
        self._refusal = ""
        self._view = self._compose(self._test.progress)
        self._test.changed.connect(self._on_progress)

    @property
    def view(self) -> SelfTestView:
        return self._view

    def start(self) -> None:
        began = self._test.start()
        self._refusal = "" if began or self._test.running else self._why_not()
        self._on_progress(self._test.progress)

    def stop(self) -> None:
        self._test.stop()

    def ring_heard(self, heard: bool) -> None:
        self._test.ring_heard(heard)

    def _why_not(self) -> str:
        if self._seat.phone.calls:
            return self.tr("Not during a call.")
        return self.tr("The phone is not ready yet; try again in a moment.")

    def _on_progress(self, progress: SelfTestProgress) -> None:
        view = self._compose(progress)
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self, progress: SelfTestProgress) -> SelfTestView:
        over = progress.step in (SelfTestStep.DONE, SelfTestStep.ABORTED)
        share = 1.0 if over else 0.0
        if progress.step in STEPS:
            share = (STEPS.index(progress.step) + progress.done_share) / len(STEPS)
        return SelfTestView(
            instruction=self._instruction(progress.step),
            share=share,
            level=max(0.0, 1 + progress.level_db / 60) if progress.level_db > SILENCE_DB else 0.0,
            running=self._test.running,
            asks_about_ring=progress.step is SelfTestStep.RING,
            findings=self._findings(progress.result),
            verdict=self._verdict(progress),
            passed=progress.step is SelfTestStep.DONE and progress.result.passed,
            refusal=self._refusal,
        )

    def _instruction(self, step: SelfTestStep) -> str:
        texts = {
            SelfTestStep.IDLE: self.tr(
                "Put the headset on. The test takes about 20 s; a real call ends it at once."),
            SelfTestStep.MICROPHONE: self.tr(
                "Speak as with a caller: say your name and count to ten."),
            SelfTestStep.RING: self.tr("It should ring now. Do you hear it?"),
            SelfTestStep.ECHO: self.tr(
                "A recorded voice goes to the exchange and back. Just listen."),
            SelfTestStep.DONE: "",
            SelfTestStep.ABORTED: self.tr("The test was ended before it was finished."),
        }  # fmt: skip
        return texts[step]

    def _verdict(self, progress: SelfTestProgress) -> str:
        if progress.step is not SelfTestStep.DONE:
            return ""
        if not progress.result.passed:
            return self.tr("Not ready for callers yet: see what is marked.")
        if progress.result.echo is EchoVerdict.NO_EXCHANGE:
            return self.tr("Your headset is ready. There is no exchange here to try.")
        return self.tr("All is well: ready for callers.")

    def _findings(self, result: SelfTestResult) -> tuple[Finding, ...]:
        found = (self._microphone(result), self._ring(result), self._echo(result),
                 self._line(result))  # fmt: skip
        return tuple(one for one in found if one is not None)

    def _microphone(self, result: SelfTestResult) -> Finding | None:
        name = result.microphone_name or self.tr("the microphone")
        texts = {
            MicrophoneVerdict.GOOD: (self.tr("{name} hears you well"), "good"),
            MicrophoneVerdict.TOO_QUIET: (
                self.tr("{name} hears you too quietly: move it nearer to the mouth"), "warning"),
            MicrophoneVerdict.CLIPPING: (
                self.tr("{name} is too loud: turn its level down or move it away"), "warning"),
            MicrophoneVerdict.SILENT: (
                self.tr("{name} gives only silence: is its own switch off?"), "fault"),
            MicrophoneVerdict.MISSING: (self.tr("There is no microphone"), "fault"),
        }  # fmt: skip
        if result.microphone not in texts:
            return None
        text, health = texts[result.microphone]
        return Finding(self.tr("Microphone"), text.format(name=name), health)

    def _ring(self, result: SelfTestResult) -> Finding | None:
        if not result.rings:
            return None
        names = ", ".join(result.rings)
        if result.ring_heard is False:
            text, health = self.tr("not heard on {names}: choose another device"), "fault"
        elif result.ring_heard:
            text, health = self.tr("heard on {names}"), "good"
        else:
            text, health = self.tr("rang on {names}"), "good"
        return Finding(self.tr("Ring"), text.format(names=names), health)

    def _echo(self, result: SelfTestResult) -> Finding | None:
        texts = {
            EchoVerdict.GOOD: (self.tr("your voice reaches the exchange and comes back"), "good"),
            EchoVerdict.POOR: (self.tr("the voice came back, but the line is bad"), "warning"),
            EchoVerdict.NO_SOUND: (self.tr("answered, but no voice came back"), "fault"),
            EchoVerdict.NO_ANSWER: (self.tr("the exchange did not answer the echo call"), "fault"),
            EchoVerdict.NO_EXCHANGE: (self.tr("left out: there is no exchange here"), "neutral"),
        }
        if result.echo not in texts:
            return None
        text, health = texts[result.echo]
        if result.echo_detail:
            text = f"{text} ({result.echo_detail})"
        return Finding(self.tr("Exchange"), text, health)

    def _line(self, result: SelfTestResult) -> Finding | None:
        if result.mos is None:
            return None
        text = self.tr(
            "quality ≈ {mos} of 4.5 (estimate) · lost {loss} % · jitter {jitter} ms · "
            "there and back {round_trip} ms · {secrecy}"
        ).format(
            mos=f"{result.mos:.1f}",
            loss=f"{100 * result.loss_share:.1f}",
            jitter=round(result.jitter_ms),
            round_trip=round(result.round_trip_ms),
            secrecy=self.tr("encrypted") if result.encrypted else self.tr("not encrypted"),
        )
        return Finding(self.tr("Line"), text, "neutral")
