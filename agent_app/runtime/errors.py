"""What the machine can refuse the desk; each message is one sentence to show.

RuntimeFault
├── ProfileError          the profile's folder cannot be used
│   └── ProfileInUseError another desk has it open
├── StoreKeyError         there is no way to the key of this seat's data
│   ├── PasswordNeededError  there is one: ask the agent for the password
│   └── OldPasswordNeededError  it is another one now: ask once for the one before
├── ServerStartError      the embedded server did not come up
└── NoScreenError         there is nothing to show a window on

SecretsError (an OSError) says that the keyring does not answer; the caller goes on without it.
"""

from __future__ import annotations


class RuntimeFault(Exception):  # noqa: N818 - RuntimeError is taken, and means bugs
    """The environment, not a bug: say it and let the person act."""


class ProfileError(RuntimeFault):
    """The folder is missing, read-only, full or somebody else's."""


class ProfileInUseError(ProfileError):
    """A second desk must not open the same store."""


class StoreKeyError(RuntimeFault):
    """The data on this seat cannot be decrypted now."""


class PasswordNeededError(StoreKeyError):
    """The key comes from the agent's password, which was not given."""


class OldPasswordNeededError(StoreKeyError):
    """The data are locked with the password that she had before; ``wrong``: nor with this one."""

    def __init__(self, *, wrong: bool = False) -> None:
        super().__init__("The data on this seat are locked with the password before this one.")
        self.wrong = wrong


class ServerStartError(RuntimeFault):
    """The embedded server ended, or said nothing in time."""


class NoScreenError(RuntimeFault):
    """Qt would end the process without a word an agent understands."""


class SecretsError(OSError):
    """The system's keyring failed or did not answer in time."""
