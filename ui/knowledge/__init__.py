"""The knowledge base beside the call: the right of the desk page."""

from ui.knowledge.panel import KnowledgePanel

__all__ = ["KnowledgePanel"]
