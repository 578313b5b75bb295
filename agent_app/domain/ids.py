"""Names of things, as types of their own, so that one cannot be passed for another."""

from __future__ import annotations

import os
import time
import uuid
from typing import NewType

CustomerId = NewType("CustomerId", str)
InteractionId = NewType("InteractionId", str)
ArticleId = NewType("ArticleId", str)
CategoryId = NewType("CategoryId", str)
AgentId = NewType("AgentId", str)
OperationId = NewType("OperationId", str)
ReportId = NewType("ReportId", str)
TicketId = NewType("TicketId", str)
NoticeId = NewType("NoticeId", str)


def uuid7() -> str:
    """A time-ordered UUID (RFC 9562, version 7) as text, made on the seat without asking."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_interaction_id() -> InteractionId:
    return InteractionId(uuid7())


def new_operation_id() -> OperationId:
    return OperationId(uuid7())
