"""What the system itself must have: libraries, programs and a Chinese font.

Found out with `ldd` over Qt's own files in the environment (platforms/libqxcb.so, libqwayland.so,
the modules we import) and with `strings` over the sound library, which loads its back ends by
name. A need is known by what is looked for (a soname, a program), not by a package: packages were
renamed between releases, sonames were not.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    LIBRARY = "library"  # a soname that the loader must find
    PROGRAM = "program"  # an executable on PATH
    FILE = "file"  # where it is
    MODULE = "module"  # a part of Python that Debian packs separately
    FONT = "font"  # a language code that a font must cover


@dataclass(frozen=True, slots=True)
class Need:
    """``packages``: names of it over the releases, the newest first; the first on offer is taken.

    Without an essential need the program does not start; without another it lacks something
    (``lacks`` says what, in the words of the one who sits in front of it).
    """

    kind: Kind
    name: str
    packages: tuple[str, ...]
    lacks: str = ""

    @property
    def essential(self) -> bool:
        return not self.lacks


def _library(soname: str, *packages: str, lacks: str = "") -> Need:
    return Need(Kind.LIBRARY, soname, packages, lacks)


def _program(name: str, *packages: str, lacks: str = "") -> Need:
    return Need(Kind.PROGRAM, name, packages, lacks)


_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

PYTHON = (Need(Kind.MODULE, "ensurepip", (f"python{_VERSION}-venv",)),)

QT = (
    _library("libEGL.so.1", "libegl1"),
    _library("libGL.so.1", "libgl1"),
    _library("libX11.so.6", "libx11-6"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libfreetype.so.6", "libfreetype6"),
    _library("libglib-2.0.so.0", "libglib2.0-0t64", "libglib2.0-0"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libzstd.so.1", "libzstd1"),
    _library("libbrotlidec.so.1", "libbrotli1"),
    _library("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
)

X11 = (
    _library("libX11-xcb.so.1", "libx11-xcb1"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxcb-glx.so.0", "libxcb-glx0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-image.so.0", "libxcb-image0"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxcb-randr.so.0", "libxcb-randr0"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0"),
    _library("libxcb-render.so.0", "libxcb-render0"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
    _library("libxcb-shm.so.0", "libxcb-shm0"),
    _library("libxcb-sync.so.1", "libxcb-sync1"),
    _library("libxcb-util.so.1", "libxcb-util1"),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)

WAYLAND = (
    _library("libwayland-client.so.0", "libwayland-client0"),
    _library("libwayland-cursor.so.0", "libwayland-cursor0"),
    _library("libwayland-egl.so.1", "libwayland-egl1"),
)

SOUND = (
    _library("libpulse.so.0", "libpulse0", lacks="sound through PulseAudio or PipeWire"),
    _library("libasound.so.2", "libasound2t64", "libasound2", lacks="sound through ALSA"),
)

FONTS = (Need(Kind.FONT, "zh-cn", ("fonts-noto-cjk",), lacks="Chinese characters (boxes instead)"),)

PRIVATE_SCREEN = (
    _program("Xvfb", "xvfb"),
    _program("openbox", "openbox", lacks="a window frame on the private screen"),
)
SCREEN_VIEWER = (_program("x11vnc", "x11vnc", lacks="a way to look at the private screen"),)

EXCHANGE = (_program("openssl", "openssl"),)  # Asterisk itself: installer.exchange.packages

SOUND_SERVER = (
    _program("pulseaudio", "pulseaudio"),
    _program("pactl", "pulseaudio-utils"),
)
BARESIP = (_program("baresip", "baresip-core", "baresip"),)
OTHER_PHONES = (
    Need(
        Kind.FILE,
        "/usr/lib/baresip/modules/pulse.so",
        ("baresip-x11",),
        lacks="baresip for the bench to compare with",
    ),
    _program("dbus-run-session", "dbus-daemon", "dbus"),
    _program("linphone", "linphone-desktop", lacks="Linphone for the bench to compare with"),
    _program("twinkle", "twinkle", lacks="Twinkle for the bench to compare with"),
)

_FROM_OUTSIDE = "the tests with a real input method and a screen reader (they are left out)"

TEST_TOOLS = (
    *SOUND_SERVER,
    *BARESIP,
    _program("xdotool", "xdotool"),
    _program("sipp", "sip-tester"),
    _program("dbus-run-session", "dbus-daemon", "dbus"),
    _program("gnome-keyring-daemon", "gnome-keyring"),
    _program("ip", "iproute2"),
    _program("/usr/libexec/at-spi-bus-launcher", "at-spi2-core", lacks=_FROM_OUTSIDE),
    _program("ibus-daemon", "ibus", lacks=_FROM_OUTSIDE),
    _program("/usr/libexec/ibus-engine-libpinyin", "ibus-libpinyin", lacks=_FROM_OUTSIDE),
    _program("initdb", "postgresql", lacks="the tests against PostgreSQL (they are left out)"),
)


def needed_for(purpose: str, *, has_display: bool) -> tuple[Need, ...]:
    """What ``purpose`` takes, in order: a target of the Makefile that says ``$(PREPARE)``.

    Raises KeyError for another word.
    """
    quick = PYTHON + QT + FONTS
    seat = quick + X11 + SOUND
    private = seat + PRIVATE_SCREEN
    return {
        "check": quick + EXCHANGE,
        "exchange": PYTHON + EXCHANGE,
        "run": seat + WAYLAND if has_display else private + SCREEN_VIEWER,
        "demo": seat + WAYLAND if has_display else private,
        "test": private + SCREEN_VIEWER + EXCHANGE + TEST_TOOLS,
        "bench": private + SOUND_SERVER + EXCHANGE + BARESIP + OTHER_PHONES,
    }[purpose]
