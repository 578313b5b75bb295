"""Whether the shown call is secret and how it probably sounds, in a word each (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from agent_app.domain.calls import Call, CallState
from agent_app.domain.quality import CallQuality

FAIR_MOS, POOR_MOS = 3.6, 3.1
"""G.107, annex B: below 3.6 many are dissatisfied, below 3.1 nearly all."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon (or none) and a word; ``health`` is the style sheet's: good, warning, fault."""

    text: str
    health: str
    icon: str = ""
    explanation: str = ""


def secrecy(call: Call, *, practice: bool) -> Mark | None:
    """Nothing before the answer, and nothing in practice, where no call leaves the machine."""
    if call.encrypted is None or not call.live or practice:
        return None
    if call.encrypted:
        return Mark(
            QCoreApplication.translate("CallMarks", "Encrypted"), "good", "lock",
            QCoreApplication.translate(
                "CallMarks", "Voice and signalling are encrypted as far as the exchange."),
        )  # fmt: skip
    return Mark(
        QCoreApplication.translate("CallMarks", "Not encrypted"), "warning", "unlock",
        QCoreApplication.translate(
            "CallMarks", "Whoever can listen in on this network hears this call."),
    )  # fmt: skip


def quality(call: Call, found: CallQuality | None) -> Mark | None:
    """The estimate while somebody talks; None while there is nothing to judge by."""
    talking = call.state is CallState.TALKING
    if found is None or found.mos is None or not talking:
        return None
    health = "good"
    if found.mos < FAIR_MOS:
        health = "fault" if found.mos < POOR_MOS else "warning"
    text = QCoreApplication.translate("CallMarks", "≈ {mos} est.").format(mos=f"{found.mos:.1f}")
    pattern = QCoreApplication.translate(
        "CallMarks",
        "Estimated quality {mos} of 4.5 (E-model, not measured).\n"
        "Lost {loss} % · jitter {jitter} ms · there and back {round_trip} ms · {codec}",
    )
    explanation = pattern.format(
        mos=f"{found.mos:.1f}",
        loss=f"{100 * found.loss_share:.1f}",
        jitter=round(found.jitter_ms),
        round_trip=round(found.round_trip_ms),
        codec=found.codec,
    )
    return Mark(text, health, "", explanation)
