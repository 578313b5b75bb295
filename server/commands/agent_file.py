"""Accounts from a CSV file: all of them, or none and a list of what is wrong (M42, step ⑨)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from server.agent_fields import read_new_agent
from server.agents import add_agent
from server.commands.passwords import generate
from server.conflict import Value
from server.database import Database
from server.errors import RejectedError, StartError
from server.passwords import AT_ONCE, Passwords
from server.sheets.csv_file import first, open_csv
from server.sheets.rows import SheetError, SheetRow
from server.tables import agents

COLUMNS: Mapping[str, str] = {
    "login": "login", "登录名": "login", "工号": "login",
    "name": "name", "姓名": "name",
    "extension": "extension", "分机": "extension",
    "role": "role", "角色": "role",
    "skills": "skills", "技能": "skills", "技能组": "skills",
}  # fmt: skip
ROLE_WHEN_LEFT_OUT = "agent"


@dataclass(frozen=True, slots=True)
class _Read:
    accounts: list[dict[str, Value]]
    faults: list[str]


def import_agents(
    database: Database, path: Path, *, passwords_to: Path | None, dry_run: bool
) -> int:
    """Add every account of a file; returns the exit code.

    The passwords are generated and written to a new file that only its owner may read, before
    anything is kept. Raises StartError.
    """
    with database.read() as connection:
        taken = set(connection.execute(select(agents.c.login)).scalars())
    read = _read(path, taken)
    for fault in read.faults:
        sys.stdout.write(f"{fault}\n")
    if read.faults:
        sys.stdout.write(f"Nothing was added: {len(read.faults)} rows are to be mended first.\n")
        return 1
    if dry_run:
        sys.stdout.write(f"{len(read.accounts)} accounts would be added.\n")
        return 0
    if passwords_to is None:
        raise StartError("Say with --passwords to which file the new passwords shall go.")
    passwords = [(str(account["login"]), generate()) for account in read.accounts]
    hasher = Passwords()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        hashes = list(pool.map(lambda each: hasher.hash(each[1]), passwords))
    _write(passwords_to, passwords)
    try:
        with database.write() as transaction:
            for account, password_hash in zip(read.accounts, hashes, strict=True):
                add_agent(
                    transaction, account, password_hash=password_hash, by=None, now=int(time.time())
                )
    except BaseException:
        passwords_to.unlink(missing_ok=True)
        raise
    sys.stdout.write(
        f"{len(passwords)} accounts were added. Their passwords are in {passwords_to}: hand them "
        "out one by one, then remove the file.\n"
    )
    return 0


def _read(path: Path, taken: set[str]) -> _Read:
    accounts: list[dict[str, Value]] = []
    faults: list[str] = []
    try:
        sheet = open_csv(path)
        columns = _columns(first(sheet.rows))
        for row in sheet.rows:
            try:
                account = _account(dict(zip(columns, row.cells, strict=False)), taken)
            except RejectedError as error:
                faults.append(f"row {row.number}: {error}")
            else:
                taken.add(str(account["login"]))
                accounts.append(account)
    except OSError as error:
        raise StartError(f"{path} cannot be read ({error.strerror}).") from error
    except SheetError as error:
        raise StartError(f"{path}: {error}") from error
    return _Read(accounts, faults)


def _columns(header: SheetRow) -> list[str]:
    columns = [COLUMNS.get(str(cell).casefold(), "") for cell in header.cells]
    if "login" not in columns or "name" not in columns:
        raise SheetError(
            f"The first row must name the columns: {', '.join(dict.fromkeys(COLUMNS.values()))} "
            "(登录名, 姓名, 分机, 角色, 技能); login and name are needed."
        )
    return columns


def _account(cells: Mapping[str, object], taken: Set[str]) -> dict[str, Value]:
    said = {name: value for name, value in cells.items() if name and value}
    skills = list(_skills(str(said.pop("skills", ""))))
    account = read_new_agent({"role": ROLE_WHEN_LEFT_OUT, "skills": skills, **said})
    if account["login"] in taken:
        raise RejectedError("There is an account with this login already.")
    return account


def _skills(text: str) -> Iterator[str]:
    for mark in ";、，":
        text = text.replace(mark, ",")
    yield from (skill.strip() for skill in text.split(",") if skill.strip())


def _write(path: Path, passwords: list[tuple[str, str]]) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StartError(f"{path} cannot be written ({error.strerror}).") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{login}\t{password}\n" for login, password in passwords)
        file.flush()
        os.fsync(file.fileno())
