"""A file of this seat that could not be read: where it is now, and what was got out of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Salvage:
    """``drafts`` and ``outbox`` are in the new file; ``lost`` are known to be missing.

    ``certain``: nothing beyond ``lost`` can be missing. ``from_spare``: something had to be taken
    from the copy of the last sound state, and may be older than what was there.
    """

    drafts: int
    outbox: int
    lost: int
    certain: bool
    from_spare: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """``kept_as`` is the old file's name now; without ``salvage`` it can be fetched again."""

    kept_as: str
    salvage: Salvage | None = None
