"""What a seat hides of a number before the server has it is what the server hides of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.customer_edit import mask
from server.masking import mask_id


@given(st.text(max_size=40))
def test_seat_and_server_hide_the_same(number: str) -> None:
    assert mask(number) == mask_id(number)
