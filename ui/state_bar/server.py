"""What the state bar says of the server: its state, a first sync, the clocks (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.link import LinkStatus, ServerState
from sync.status import SyncStatus
from ui import words
from ui.local_copy import words as copy_words
from ui.state_bar.indicator import Health, Indicator

_HEALTH = {
    ServerState.ONLINE: Health.GOOD,
    ServerState.CONNECTING: Health.NEUTRAL,
    ServerState.FIRST_SYNC: Health.NEUTRAL,
    ServerState.NOT_SYNCHRONISED: Health.WARNING,
    ServerState.OFFLINE: Health.WARNING,
    ServerState.SIGNED_OUT: Health.WARNING,
}
_AWAY = frozenset({ServerState.OFFLINE, ServerState.SIGNED_OUT})


def server_indicator(status: LinkStatus, sync: SyncStatus) -> Indicator:
    """``sync`` tells more than the link: how long it takes, and how far the clocks are apart."""
    text, health = words.server_state(status.server), _HEALTH[status.server]
    if status.server is ServerState.FIRST_SYNC and status.rows_to_sync:
        share = 100 * status.synced_rows // status.rows_to_sync
        text = QCoreApplication.translate("StateBarModel", "{state} {share} %").format(
            state=text, share=share
        )
        if left := copy_words.time_left(sync):
            text = f"{text} · {left}"
    clock = copy_words.clock(sync.clock_ahead_s)
    if clock and status.server is ServerState.ONLINE:
        text = QCoreApplication.translate("StateBarModel", "{state} · clock differs").format(
            state=text
        )
        health = Health.WARNING
    explanation = "\n".join(line for line in (status.detail, clock) if line)
    icon = "server-off" if status.server in _AWAY else "server"
    return Indicator(icon, text, health, explanation)
