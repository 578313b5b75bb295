"""What waits goes out by itself; what was set aside wants a person."""

from __future__ import annotations

import pytest

from agent_app.domain.link import OutboxState


@pytest.mark.parametrize(
    ("state", "waits", "set_aside"),
    [
        (OutboxState.WAITING, True, False),
        (OutboxState.SENDING, True, False),
        (OutboxState.CONFLICT, False, True),
        (OutboxState.REJECTED, False, True),
        (OutboxState.DELIVERED, False, False),
    ],
)
def test_every_state_of_the_outbox_is_somebodys(
    state: OutboxState, waits: bool, set_aside: bool
) -> None:
    assert (state.waits, state.set_aside) == (waits, set_aside)
