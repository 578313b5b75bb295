"""Whether this session has a screen that answers."""

from __future__ import annotations

import ctypes
import os
import socket
from pathlib import Path


def reachable() -> str | None:
    """The name of the Wayland or X11 display that programs started here would use, else None.

    A display is asked, not believed: DISPLAY survives in the environment of a shell whose
    forwarded connection is gone.
    """
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and _listens(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland):
        return wayland
    x11 = os.environ.get("DISPLAY")
    if x11 and _answers(x11):
        return x11
    return None


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _answers(display: str) -> bool:
    """Without the X11 library nothing can ask yet: then the display is believed."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not broken
