"""What she does about the caller beside editing: somebody else, and what is masked (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from agent_app.desk.person_search import PersonSearch
from agent_app.desk.relinking import Relinking
from agent_app.desk.reveals import Reveals


@dataclass(frozen=True, slots=True)
class CallerDesk:
    relinking: Relinking
    search: PersonSearch
    reveals: Reveals
