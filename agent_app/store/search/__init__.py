"""Finding the official answer (step ⑥)."""

from __future__ import annotations

from agent_app.store.search.index import KnowledgeIndex

__all__ = ["KnowledgeIndex"]
