"""Days added up: what a seat sends of its own, and the centre's middle (M36, M43)."""

from __future__ import annotations

from server.days import DERIVED, FIGURES, LEAST_AGENTS
from server.openapi.parts import DAY, ID, Answer, Endpoint, Schema, thing, whole
from server.rights import Action

_MIDDLE: Schema = {
    **thing(
        {name: {"type": "number", "minimum": 0} for name in (*FIGURES, DERIVED)},
        optional=[*FIGURES, DERIVED],
    ),
    "description": f"empty below {LEAST_AGENTS} agents",
}
DAY_PART: Schema = thing(
    {
        "day": DAY,
        "seat": {**ID, "description": "made by the seat; another computer has another one"},
        "figures": thing({name: whole(most=10_000_000) for name in FIGURES}),
    }
)
_EXAMPLE = {
    "calls_taken": 41, "calls_made": 3, "calls_missed": 1, "calls_talked": 43, "talk_s": 9_420,
    "wrap_up_s": 1_260, "ready_s": 11_800, "pause_s": 2_700, "signed_in_s": 26_100,
    "summaries": 42, "quotes": 55,
}  # fmt: skip

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "GET", "/days/{day}/centre", "The middle of all agents' days", Action.COMPARE_DAYS,
        Answer(
            "How many agents told of the day, and, where nobody is singled out, median and mean.",
            thing({"day": DAY, "agents": whole(), "median": _MIDDLE, "mean": _MIDDLE}),
            {"day": "2026-05-04", "agents": 16,
             "median": {**_EXAMPLE, DERIVED: 219.1}, "mean": {**_EXAMPLE, DERIVED: 224.0}},
        ),
    ),
)  # fmt: skip
