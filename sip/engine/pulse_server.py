"""A PulseAudio server (PipeWire answers as one): a connection, its devices, what is plugged (①)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from sip.engine import libpulse
from sip.engine.devices import MONITOR, Device, Devices, NoDeviceError, SoundError, told_apart
from sip.engine.libpulse import CONTEXT, OPERATION, States
from sip.text import clean_text

ANSWER_S = 2.0
"""So long may the server take for one step of what it is asked."""


class PulseRefusedError(SoundError):
    """The library is not there, or the server wants no such thing. Another way may work."""


class Connection:
    """A connection of its own for each purpose, so that none waits for another.

    For one thread at a time, but for ``ended`` and, where it has a thread, ``close``.
    """

    def __init__(self) -> None:
        """Raises PulseRefusedError, or SoundError when nothing answers."""
        try:
            self._lib = libpulse.library(libpulse.FILE)
        except (OSError, AttributeError) as problem:
            raise PulseRefusedError(str(problem)) from problem
        lib = self._lib
        self._loop = lib.pa_mainloop_new()
        self._context = lib.pa_context_new(lib.pa_mainloop_get_api(self._loop), b"Zuoxi")
        self._thread: threading.Thread | None = None
        with self._closed_if_refused():
            if lib.pa_context_connect(self._context, None, libpulse.DO_NOT_START_ONE, None) < 0:
                raise self._refusal()
            self._wait(lambda: int(lib.pa_context_get_state(self._context)), CONTEXT)

    @property
    def ended(self) -> bool:
        """Whether it is over for good: the server is gone."""
        context = self._context
        return context is None or self._lib.pa_context_get_state(context) != CONTEXT.ready

    def close(self) -> None:
        """Does not wait for the server."""
        if self._loop is None:
            return
        if self._thread is not None:
            self._lib.pa_mainloop_quit(self._loop, 0)  # a flag, and it is woken: from any thread
            self._thread.join()
        self._leave()
        self._lib.pa_context_disconnect(self._context)
        self._lib.pa_context_unref(self._context)
        self._lib.pa_mainloop_free(self._loop)
        self._loop = self._context = None

    def _leave(self) -> None:
        """Give back what was made of the connection."""

    def _go_on_alone(self, name: str, work: Callable[[], None]) -> None:
        """From now on the connection belongs to a thread, which does ``work``."""
        self._thread = threading.Thread(target=work, name=name, daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def _closed_if_refused(self) -> Iterator[None]:
        try:
            yield
        except SoundError:
            self.close()
            raise

    def _ask(self, function: str, answered: object, *arguments: object) -> None:
        """Call one of the library's questions and wait until all is ``answered``."""
        lib = self._lib
        operation = getattr(lib, function)(self._context, *arguments, answered, None)
        if not operation:
            raise self._refusal()
        try:
            self._wait(lambda: int(lib.pa_operation_get_state(operation)), OPERATION)
        finally:
            lib.pa_operation_unref(operation)

    def _wait(self, state: Callable[[], int], states: States) -> None:
        limit = time.monotonic() + ANSWER_S
        while (now := state()) != states.ready:
            if now in states.ended:
                raise self._refusal()
            left_s = limit - time.monotonic()
            if left_s <= 0:
                raise SoundError("the sound server does not answer")
            self._lib.pa_mainloop_prepare(self._loop, int(left_s * 1e6))
            self._lib.pa_mainloop_poll(self._loop)
            self._lib.pa_mainloop_dispatch(self._loop)

    def _refusal(self) -> PulseRefusedError:
        reason = self._lib.pa_strerror(self._lib.pa_context_errno(self._context))
        return PulseRefusedError((reason or b"no reason").decode("utf-8", "replace"))


class _Inventory(Connection):
    def devices(self) -> Devices:
        defaults: list[bytes | None] = []

        def note(_context: object, server: Any, _data: object) -> None:  # noqa: ANN401 - of ctypes
            if server:
                defaults.extend((server.contents.default_sink, server.contents.default_source))

        self._ask("pa_context_get_server_info", libpulse.ON_SERVER(note))
        return Devices(
            self._listed("pa_context_get_sink_info_list", defaults),
            self._listed("pa_context_get_source_info_list", defaults),
        )

    def _listed(self, function: str, defaults: list[bytes | None]) -> tuple[Device, ...]:
        found: list[tuple[bytes, bytes | None]] = []

        def note(_context: object, one: Any, last: int, _data: object) -> None:  # noqa: ANN401
            if not last:
                found.append((one.contents.name, one.contents.description))

        self._ask(function, libpulse.ON_DESCRIBED(note))
        return told_apart(
            Device(
                name=clean_text(description or name),
                identity=name,
                default=name in defaults,
                monitor=name.endswith(MONITOR),
                pulse=name.decode("utf-8", "replace"),
            )
            for name, description in found
        )


def find_devices() -> Devices:
    """Ask the server what it has. Raises PulseRefusedError, SoundError and NoDeviceError.

    Over a new connection each time: a kept one is of no use after the server was restarted.
    """
    with contextlib.closing(_Inventory()) as inventory:
        found = inventory.devices()
    if not found.speakers:
        raise NoDeviceError
    return found


class Plugs(Connection):
    """Calls ``changed`` when a device came or went, another one is the default, or all ended.

    It does so in a thread of its own, from ``__init__`` on.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        """Raises PulseRefusedError, or SoundError when nothing answers."""
        super().__init__()
        self._changed = changed
        self._on_event = libpulse.ON_EVENT(self._hear)
        self._on_state = libpulse.ON_STATE(self._look)
        lib, context = self._lib, self._context
        lib.pa_context_set_subscribe_callback(context, self._on_event, None)
        with self._closed_if_refused():
            self._ask("pa_context_subscribe", libpulse.ON_DONE(), libpulse.DEVICE_EVENTS)
        lib.pa_context_set_state_callback(context, self._on_state, None)
        self._go_on_alone("plugs", self._listen)

    def _listen(self) -> None:
        if not self.ended:
            self._lib.pa_mainloop_run(self._loop, None)
        self._changed()

    def _leave(self) -> None:
        self._lib.pa_context_set_subscribe_callback(self._context, libpulse.ON_EVENT(), None)
        self._lib.pa_context_set_state_callback(self._context, libpulse.ON_STATE(), None)

    def _hear(self, _context: object, event: int, _index: int, _data: object) -> None:
        if libpulse.is_of_plugs(event):
            self._changed()

    def _look(self, *_: object) -> None:
        if self.ended:
            self._lib.pa_mainloop_quit(self._loop, 0)
