"""An agent's days at the centre: her own figures go there, the middle of all comes back (M36).

Nothing here is the only copy of anything: a seat adds its days up anew whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sync.errors import BadReply
from sync.parse import object_of
from sync.remote import Remote
from sync.values import as_object, count_in, text_in
from sync.wire import Json, Operation, OperationResult

FIGURES = (
    "calls_taken", "calls_made", "calls_missed", "calls_talked", "talk_s", "wrap_up_s", "ready_s",
    "pause_s", "signed_in_s", "summaries", "quotes",
)  # fmt: skip
"""What ``day.save`` carries: counts, and seconds where the name ends in ``_s``."""


@dataclass(frozen=True, slots=True)
class CentreDay:
    """``agents`` told of the day; ``median`` and ``mean`` are empty where they are too few.

    Both have the names of ``FIGURES`` and ``average_talk_s``.
    """

    day: str
    agents: int
    median: Mapping[str, float]
    mean: Mapping[str, float]


def centre_day(body: bytes) -> CentreDay:
    """Raises BadReply."""
    reply = object_of(body)
    return CentreDay(
        day=text_in(reply, "day"),
        agents=count_in(reply, "agents"),
        median=_numbers(reply.get("median"), "median"),
        mean=_numbers(reply.get("mean"), "mean"),
    )


class DayBook:
    """Every method is called from the event loop's thread and raises SyncError."""

    def __init__(self, *, remote: Remote) -> None:
        self._remote = remote

    async def tell(self, operation: Operation) -> OperationResult:
        """Send one ``day.save``; sent again, it changes nothing."""
        [result] = await self._remote.operations((operation,))
        return result

    async def centre(self, day: str) -> CentreDay:
        """The middle of all agents' days; ``day`` as 2026-05-04."""
        return centre_day(await self._remote.read(f"days/{quote(day, safe='')}/centre"))


def _numbers(value: Json, what: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, number in as_object(value, what).items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise BadReply(f"{what}.{name} is not a number")
        found[name] = float(number)
    return found
