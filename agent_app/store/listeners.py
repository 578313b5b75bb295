"""Who wants to know that the store changed; the store does not know what they do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Listeners(Generic[T]):
    """A list of callbacks, called in the event loop's thread in the order they came."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[T], None]] = []

    def add(self, callback: Callable[[T], None]) -> Callable[[], None]:
        """Returns what undoes exactly this."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def tell(self, news: T) -> None:
        for callback in tuple(self._callbacks):
            callback(news)
