"""What the agents of a model run did: the words that must be found again at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

WORDS = ("question", "answer", "follow_up")


@dataclass(frozen=True, slots=True)
class Act:
    """One saved act: ``words`` are the fields of ``record`` that an agent wrote.

    ``base`` is the version of the row that she saw when she wrote them; ``refusable``: the server
    has a reason to say no.
    """

    operation_id: str
    seat: str
    table: str
    record: str
    words: dict[str, str]
    base: int = 0
    refusable: bool = False


@dataclass(slots=True)
class Ledger:
    """``drafts``: by interaction the seat, and the words as the store last acknowledged them;
    ``owners``: by interaction the agent whose call it was; ``retired``: operations that a decision
    replaced or put away; ``given_up``: records that were never made because of one."""

    acts: dict[str, Act] = field(default_factory=dict)
    drafts: dict[str, tuple[str, str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    typed: int = 0

    def words(self, text: str) -> str:
        """``text`` made unlike everything typed before, so that it cannot be found by chance."""
        self.typed += 1
        return f"{self.typed}: {text}"

    def decided(self, act: Act, now: Act | None) -> None:
        """A person replaced ``act`` by ``now``, or put it away as a note of the seat."""
        del self.acts[act.operation_id]
        self.retired.add(act.operation_id)
        if now is not None:
            self.retired.discard(now.operation_id)
            self.did(now)
        elif not act.base:
            self.given_up.add(act.record)

    def did(self, act: Act) -> None:
        self.acts[act.operation_id] = act

    def records(self, table: str) -> list[str]:
        return list(dict.fromkeys(a.record for a in self.acts.values() if a.table == table))
