"""Days added up: what a seat sends of its own, and the centre's middle (M36, M43)."""

from __future__ import annotations

from server.days import DERIVED, FIGURES, GRADED, LEAST_AGENTS, SATISFIED
from server.grades import CALL_ID_MAX, DIGIT_MAX
from server.openapi.parts import DAY, ID, TIME, Answer, Body, Endpoint, Schema, thing, whole
from server.rights import Action

_MIDDLES = (*FIGURES, DERIVED, GRADED, SATISFIED)
_MIDDLE: Schema = {
    **thing(
        {name: {"type": "number", "minimum": 0} for name in _MIDDLES},
        optional=[*_MIDDLES],
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
             "median": {**_EXAMPLE, DERIVED: 219.1, GRADED: 9, SATISFIED: 91.7},
             "mean": {**_EXAMPLE, DERIVED: 224.0, GRADED: 8.6, SATISFIED: 88.2}},
        ),
    ),
    Endpoint(
        "POST", "/calls/{call_id}/grade", "What the caller pressed after a call",
        Action.GRADE_CALLS,
        Answer("The grade that the call has.",
               thing({"kept": thing({"digit": whole(most=DIGIT_MAX)})}), {"kept": {"digit": 1}}),
        body=Body(thing({"digit": whole(most=DIGIT_MAX), "at": TIME}),
                  {"digit": 1, "at": "2026-05-04T03:05:01Z"}),
        errors={409: ["already-graded"]},
        more=f"The call's name, at most {CALL_ID_MAX} characters, is the exchange's own; the digit"
        " is one of the setting satisfaction-scale. The same again is fine, of two different ones"
        " the first holds.",
    ),
)  # fmt: skip
