"""Reports of answers that are missing or wrong, and what became of each (M31, step ⑨).

Whoever is on calls makes one; it belongs to the article's owner, without one to the knowledge
editors. Each side writes its own part only: the reporter what was asked and is missing, whoever
handles it the state and the outcome. What was answered or declined stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Value
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.ordered import check_category
from server.rights import Action, may
from server.scope import is_practice
from server.tables import WIRE_COLUMNS, agents, articles, gap_reports

OPEN, TAKEN, ANSWERED, DECLINED = STATES = ("open", "taken", "answered", "declined")

_long = partial(fields.text, longest=fields.TEXT_MAX)
_version = partial(fields.whole_number, most=fields.VERSION_MAX)

REPORT: Mapping[str, Check] = {
    "id": fields.identifier,
    "article_id": fields.optional(fields.identifier),
    "article_version": fields.optional(_version),
    "asked": _long,
    "missing": _long,
    "category_id": fields.optional(fields.identifier),
    "interaction_id": partial(fields.text, longest=fields.ID_MAX),
    "reported_at": fields.moment,
    "state": fields.one_of(*STATES),
    "outcome": _long,
    "outcome_article_id": fields.optional(fields.identifier),
    "outcome_version": fields.optional(_version),
}
"""How each column of ``gap.save`` is checked; whose the report is, the server says."""

_REPORTERS = frozenset({"asked", "missing", "category_id"})
_HANDLERS = frozenset({"state", "outcome", "outcome_article_id", "outcome_version"})
_FIXED = frozenset(REPORT) - _REPORTERS - _HANDLERS - {"id"}
_STEPS: Mapping[str, frozenset[str]] = {
    OPEN: frozenset({TAKEN, ANSWERED, DECLINED}),
    TAKEN: frozenset({OPEN, TAKEN, ANSWERED, DECLINED}),
    ANSWERED: frozenset(),
    DECLINED: frozenset(),
}
"""Where each state leads; taking what a colleague took is a step, too."""


def save_report(act: Act) -> int:
    """Make a report, correct it, or say what becomes of it; returns the row's version.

    Raises RejectedError with a reason in words, ConflictError when the row moved on meanwhile.
    """
    wanted = fields.of_record(act.record, REPORT, act.operation.payload)
    if (category := wanted.get("category_id")) is not None:
        check_category(act.connection, str(category))
    row = act.connection.execute(
        select(gap_reports).where(gap_reports.c.id == act.record).with_for_update()
    ).one_or_none()
    return _insert(act, wanted) if row is None else _change(act, row, wanted)


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    if not may(act.identity.role, Action.REPORT_GAPS):
        raise RejectedError("Reports are made by those who take calls.")
    if wanted.get("state", OPEN) != OPEN or _HANDLERS & set(wanted) - {"state"}:
        raise RejectedError("A new report is open and has no outcome yet.")
    if not _says(wanted, "asked") and not _says(wanted, "missing"):
        raise RejectedError("A report says what was asked or what is missing.")
    article_id, version = _article(act.connection, wanted, "article_id", "article_version")
    owner_id, owner_name = _owner_of(act.connection, article_id)
    values: dict[str, Value] = {
        "asked": "", "missing": "", "category_id": None, "interaction_id": "",
        "reported_at": act.now, **wanted, "id": act.record, "version": 1,
        "article_id": article_id, "article_version": version,
        "reporter_id": act.identity.agent_id, "reporter_name": act.author_name(),
        "owner_id": owner_id, "owner_name": owner_name, "state": OPEN, "outcome": "",
        "outcome_article_id": None, "outcome_version": None, "changed_at": act.now,
    }  # fmt: skip
    act.connection.execute(insert(gap_reports).values(values))
    act.transaction.changed("gap_reports", act.record)
    return 1


def _change(act: Act, row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value]) -> int:
    version: int = row.version
    given = {name for name, value in wanted.items() if row._mapping[name] != value}
    if wanted.get("state") == TAKEN and act.identity.agent_id != row.owner_id:
        given.add("state")  # from a colleague
    if not given:
        return version
    _check_right(act, row, given)
    if max(act.operation.base.values(), default=0) < version:  # it is judged as a whole
        names = tuple(sorted(given))
        raise ConflictError(names=names, version=version, server=_as_object(row))
    changes = {name: wanted[name] for name in given}
    if "state" in given:
        changes |= _step(act, row, wanted)
    elif given & _HANDLERS:
        raise RejectedError("An outcome comes with what becomes of the report.")
    act.connection.execute(
        update(gap_reports)
        .where(gap_reports.c.id == act.record)
        .values(**changes, version=version + 1, changed_at=act.now)
    )
    act.transaction.changed("gap_reports", act.record)
    return version + 1


def _check_right(act: Act, row: Row[*tuple[Any, ...]], given: set[str]) -> None:
    """Each side its own part."""
    author = act.identity.agent_id
    if given & _FIXED:
        raise RejectedError("What a report is about cannot be changed.")
    answers = author == row.owner_id or may(act.identity.role, Action.ANSWER_GAPS)
    if given & _HANDLERS and not answers and not is_practice(act.connection):
        raise RejectedError("Only the owner, a knowledge editor or a supervisor answers it.")
    if given & _REPORTERS and author != row.reporter_id:
        raise RejectedError("What was asked stays as its reporter wrote it.")
    if row.state in (ANSWERED, DECLINED):
        raise RejectedError(f"This report was {row.state} already.")


def _step(act: Act, row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value]) -> dict[str, Value]:
    """What goes along with another state: whose it is now, and a whole outcome."""
    state = str(wanted["state"])
    if state not in _STEPS[row.state]:
        raise RejectedError(f"A report that is {row.state} cannot become {state}.")
    if state == OPEN:
        owner_id, owner_name = _owner_of(act.connection, row.article_id)
        return {"owner_id": owner_id, "owner_name": owner_name}
    changes: dict[str, Value] = {
        "owner_id": act.identity.agent_id, "owner_name": act.author_name(),
    }  # fmt: skip
    if state == TAKEN:
        if _HANDLERS & set(wanted) - {"state"}:
            raise RejectedError("Who takes a report has not answered it yet.")
        return changes
    article_id, version = _article(act.connection, wanted, "outcome_article_id", "outcome_version")
    if state == DECLINED and (article_id is not None or not _says(wanted, "outcome")):
        raise RejectedError("Declining needs a reason in words, and no article.")
    if state == ANSWERED and article_id is None and not _says(wanted, "outcome"):
        raise RejectedError("An answer is an article or words.")
    return changes | {"outcome_article_id": article_id, "outcome_version": version}


def _says(wanted: Mapping[str, Value], name: str) -> bool:
    return bool(str(wanted.get(name, "")).strip())


def _article(
    connection: Connection, wanted: Mapping[str, Value], name: str, version_name: str
) -> tuple[str | None, int | None]:
    """The article that is meant, in a version it had; the newest where none is named."""
    article_id, version = wanted.get(name), wanted.get(version_name)
    if article_id is None:
        if version is not None:
            raise RejectedError(f"{version_name} needs {name}.")
        return None, None
    newest: int | None = connection.execute(
        select(articles.c.version).where(articles.c.id == article_id)
    ).scalar_one_or_none()
    if newest is None:
        raise RejectedError(f"The article {article_id} is not known here.")
    if version is not None and not 1 <= int(version) <= newest:
        raise RejectedError(f"The article {article_id} has no version {version}.")
    return str(article_id), newest if version is None else int(version)


def _owner_of(connection: Connection, article_id: str | None) -> tuple[str, str]:
    """The article's owner, or nobody: without one the knowledge editors are asked."""
    if article_id is None:
        return "", ""
    row = connection.execute(
        select(agents.c.id, agents.c.name)
        .join(articles, articles.c.owner_id == agents.c.id)
        .where(articles.c.id == article_id, agents.c.disabled.is_(False))
    ).one_or_none()
    return ("", "") if row is None else (row.id, row.name)


def _as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {name: row._mapping[name] for name in WIRE_COLUMNS["gap_reports"]}
