"""An ordered wish list of devices as rows, and what moving one of them makes of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.rows.row import Row


def device_rows(wished: tuple[str, ...], plugged: tuple[str, ...], used: str) -> tuple[Row, ...]:
    """Wished devices in their order with their rank, then what else is plugged in.

    ``used`` is the one that the next call takes.
    """
    rest = tuple(name for name in plugged if name not in wished)
    return tuple(
        _row(name, rank, there=name in plugged, used=name == used)
        for rank, name in [*enumerate(wished, 1), *((0, name) for name in rest)]
    )


def _row(name: str, rank: int, *, there: bool, used: bool) -> Row:
    trail = ""
    if used:
        trail = QCoreApplication.translate("Devices", "next call")
    elif not there:
        trail = QCoreApplication.translate("Devices", "not plugged in")
    return Row(
        name,
        name,
        lead=str(rank) if rank else "",
        badge=trail if used else "",
        trail="" if used else trail,
        muted=not there or not rank,
    )


def preferred(wished: tuple[str, ...], name: str) -> tuple[str, ...]:
    """``name`` one place further to the front; one that was not wished for joins at the end."""
    if name not in wished:
        return (*wished, name)
    place = wished.index(name)
    return _moved(wished, name, max(0, place - 1))


def put_back(wished: tuple[str, ...], name: str) -> tuple[str, ...]:
    """One place further to the back."""
    if name not in wished:
        return wished
    return _moved(wished, name, wished.index(name) + 1)


def forgotten(wished: tuple[str, ...], name: str) -> tuple[str, ...]:
    """No wish for ``name`` any more."""
    return tuple(one for one in wished if one != name)


def _moved(wished: tuple[str, ...], name: str, place: int) -> tuple[str, ...]:
    others = [one for one in wished if one != name]
    others.insert(place, name)
    return tuple(others)
