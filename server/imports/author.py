"""Who imports, by which job, and what the audit says of it (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.tokens import Identity


@dataclass(frozen=True, slots=True)
class Author:
    """``now_s`` in Unix seconds."""

    identity: Identity
    job_id: str
    now_s: int

    def detail(self, payload: Mapping[str, object]) -> dict[str, object]:
        """What is written down of one row: which parts it said, not what."""
        return {"job": self.job_id, "fields": sorted(payload)}
