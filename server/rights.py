"""Who may do what: one table of roles and actions, asked by every route (M42, step ⑨).

The table is the rule, the documentation and the test's expectation at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from server.errors import ApiError


class Role(StrEnum):
    AGENT = "agent"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    KNOWLEDGE_EDITOR = "knowledge-editor"
    QUALITY = "quality"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    TRAINEE = "trainee"


class Action(StrEnum):
    """What a route or a kind of operation does."""

    OWN_ACCOUNT = "own-account"
    READ_CHANGES = "read-changes"
    SEND_OPERATIONS = "send-operations"
    SHOW_PRESENCE = "show-presence"
    TAKE_CALLS = "take-calls"
    READ_DIRECTORY = "read-directory"
    READ_CUSTOMERS = "read-customers"
    EDIT_CUSTOMERS = "edit-customers"
    REVEAL_CUSTOMERS = "reveal-customers"
    MERGE_CUSTOMERS = "merge-customers"
    IMPORT_CUSTOMERS = "import-customers"
    EXPORT_CUSTOMERS = "export-customers"
    READ_INTERACTIONS = "read-interactions"
    SAVE_OWN_INTERACTIONS = "save-own-interactions"
    EDIT_INTERACTIONS = "edit-interactions"
    EXPORT_INTERACTIONS = "export-interactions"
    READ_ARTICLES = "read-articles"
    EDIT_ARTICLES = "edit-articles"
    REVIEW_ARTICLES = "review-articles"
    READ_TOLD = "read-told"
    SAVE_GAPS = "save-gaps"
    REPORT_GAPS = "report-gaps"
    ANSWER_GAPS = "answer-gaps"
    SAVE_TICKETS = "save-tickets"
    HANDLE_TICKETS = "handle-tickets"
    READ_NOTICES = "read-notices"
    EDIT_NOTICES = "edit-notices"
    READ_SETTINGS = "read-settings"
    EDIT_SETTINGS = "edit-settings"
    EDIT_SEGMENTS = "edit-segments"
    READ_AGENTS = "read-agents"
    EDIT_AGENTS = "edit-agents"
    END_SESSIONS = "end-sessions"
    READ_AUDIT = "read-audit"
    SAVE_OWN_DAY = "save-own-day"
    COMPARE_DAYS = "compare-days"
    GRADE_CALLS = "grade-calls"


_EVERYBODY = frozenset(Role)
_ON_CALLS = frozenset({Role.AGENT, Role.SPECIALIST, Role.SUPERVISOR})
_WITH_CUSTOMERS = _ON_CALLS | {Role.QUALITY}
_LEADS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.OWN_ACCOUNT: _EVERYBODY,
    Action.READ_CHANGES: _EVERYBODY,
    Action.SEND_OPERATIONS: _EVERYBODY,
    Action.SHOW_PRESENCE: _EVERYBODY,
    Action.TAKE_CALLS: _ON_CALLS | {Role.TRAINEE},
    Action.READ_DIRECTORY: _EVERYBODY,
    Action.READ_CUSTOMERS: _WITH_CUSTOMERS,
    Action.EDIT_CUSTOMERS: _ON_CALLS,
    Action.REVEAL_CUSTOMERS: _ON_CALLS,
    Action.MERGE_CUSTOMERS: frozenset({Role.SPECIALIST, Role.SUPERVISOR}),
    Action.IMPORT_CUSTOMERS: _LEADS,
    Action.EXPORT_CUSTOMERS: frozenset({Role.SUPERVISOR}),
    Action.READ_INTERACTIONS: _WITH_CUSTOMERS | {Role.ANALYST},
    Action.SAVE_OWN_INTERACTIONS: _EVERYBODY,
    Action.EDIT_INTERACTIONS: frozenset({Role.SUPERVISOR}),
    Action.EXPORT_INTERACTIONS: frozenset({Role.SUPERVISOR, Role.ANALYST}),
    Action.READ_ARTICLES: _EVERYBODY,
    Action.EDIT_ARTICLES: frozenset({Role.KNOWLEDGE_EDITOR}),
    Action.REVIEW_ARTICLES: frozenset({Role.KNOWLEDGE_EDITOR, Role.SUPERVISOR}),
    Action.READ_TOLD: _ON_CALLS | {Role.KNOWLEDGE_EDITOR},
    # Who may touch which report is the kind's own rule: any of these may own an article.
    Action.SAVE_GAPS: _EVERYBODY - {Role.ANALYST},
    Action.REPORT_GAPS: _ON_CALLS | {Role.TRAINEE},
    Action.ANSWER_GAPS: frozenset({Role.KNOWLEDGE_EDITOR, Role.SUPERVISOR}),
    # Who may change which part of a ticket is the kind's own rule.
    Action.SAVE_TICKETS: _ON_CALLS,
    Action.HANDLE_TICKETS: frozenset({Role.SPECIALIST, Role.SUPERVISOR}),
    Action.READ_NOTICES: _EVERYBODY,
    Action.EDIT_NOTICES: _LEADS | {Role.KNOWLEDGE_EDITOR},
    Action.READ_SETTINGS: _EVERYBODY,
    Action.EDIT_SETTINGS: frozenset({Role.ADMINISTRATOR}),
    Action.EDIT_SEGMENTS: _LEADS,
    Action.READ_AGENTS: _LEADS,
    Action.EDIT_AGENTS: frozenset({Role.ADMINISTRATOR}),
    Action.END_SESSIONS: _LEADS,
    Action.READ_AUDIT: frozenset({Role.ADMINISTRATOR, Role.QUALITY}),
    Action.SAVE_OWN_DAY: _ON_CALLS | {Role.TRAINEE},
    Action.COMPARE_DAYS: _ON_CALLS | {Role.TRAINEE},
    Action.GRADE_CALLS: frozenset(),
}
"""Every action with the roles that may; a role that is not named may not."""

PROGRAMS = frozenset({Action.GRADE_CALLS})
"""What no person does: a program does it, with a token of its own (``server.service_tokens``)."""

OPERATION_ACTIONS: Mapping[str, Action] = {
    "interaction.save": Action.SAVE_OWN_INTERACTIONS,
    "customer.save": Action.EDIT_CUSTOMERS,
    "customer.see": Action.SEND_OPERATIONS,
    "customer.merge": Action.MERGE_CUSTOMERS,
    "notice.read": Action.READ_NOTICES,
    "notice.save": Action.EDIT_NOTICES,
    "article.save": Action.EDIT_ARTICLES,
    "draft.save": Action.REVIEW_ARTICLES,
    "draft.publish": Action.REVIEW_ARTICLES,
    "gap.save": Action.SAVE_GAPS,
    "ticket.save": Action.SAVE_TICKETS,
    "category.save": Action.EDIT_ARTICLES,
    "segment.save": Action.EDIT_SEGMENTS,
    "setting.save": Action.EDIT_SETTINGS,
    "day.save": Action.SAVE_OWN_DAY,
}
"""What each kind of operation does; a kind that is not named is nobody's."""

PRACTISED = frozenset({"draft.save", "draft.publish", "ticket.save"})
"""What a practice centre, where everybody is alone, lets every role try."""

PRACTISED_ACTIONS = frozenset({Action.EDIT_ARTICLES, Action.REVIEW_ARTICLES})
"""The same of routes."""


def may(role: str, action: Action) -> bool:
    return role in RIGHTS[action]


def may_operate(role: str, kind: str) -> bool:
    """Whether a role may send this kind of operation; what it may touch is the kind's own rule."""
    return kind in OPERATION_ACTIONS and may(role, OPERATION_ACTIONS[kind])


def require(role: str, action: Action) -> None:
    """Raises ApiError 403 ``not-allowed``."""
    if not may(role, action):
        raise ApiError(403, "not-allowed", f"The role {role} may not do this ({action}).")
