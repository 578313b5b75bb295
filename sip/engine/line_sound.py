"""What one call is wired to in the bridge: microphone, speaker, a file (steps ① and ②).

Mute is a property of the wire from the agent to the call, not of the call's port: in a conference
the port also carries what the others say, and they must still be heard.
"""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import FilePlayer, Notes
from sip.engine.levels import level_db
from sip.engine.refusal import RefusedError
from sip.messages import LevelsMeasured, LineId
from sip.text import clean_text


@dataclass(frozen=True, slots=True)
class Speakers:
    """The bridge's own ends: what the agent speaks into and hears from."""

    microphone: pj.AudioMedia
    speaker: pj.AudioMedia


class LineSound:
    """The wires of one call. Every method belongs to the engine's thread; may raise pj.Error."""

    def __init__(self, ends: Speakers) -> None:
        self.muted = False
        self.player: FilePlayer | None = None
        self._ends = ends

    def wire(self, audio: pj.AudioMedia, *, is_open: bool) -> None:
        """Wire ``audio``, the call's port, or cut it off where nothing may be heard."""
        if not is_open:
            unwire(self._ends.microphone, audio)
            unwire(audio, self._ends.speaker)
            return
        for source in self._agent():
            self._speak_into(audio, source)
        audio.startTransmit(self._ends.speaker)

    def set_mute(self, audio: pj.AudioMedia | None, *, muted: bool) -> None:
        """Send silence from now on, or no longer; ``audio`` is None while the call has no port."""
        self.muted = muted
        if audio is None:
            return
        for source in self._agent():
            if unwire(source, audio):  # a wire keeps the level that it was made with
                self._speak_into(audio, source)

    def _agent(self) -> list[pj.AudioMedia]:
        player = [self.player] if self.player is not None else []
        return [self._ends.microphone, *player]

    def _speak_into(self, audio: pj.AudioMedia, source: pj.AudioMedia) -> None:
        wire = pj.AudioMediaTransmitParam()
        wire.level = 0.0 if self.muted else 1.0
        source.startTransmit2(audio, wire)

    def play(self, audio: pj.AudioMedia, path: str, notes: Notes) -> None:
        """Play the file at ``path`` into the call. Raises RefusedError."""
        _must_be_playable(path)
        self.player = FilePlayer(notes, path)
        self._speak_into(audio, self.player)

    def stop_playing(self) -> str | None:
        """Drop the file that plays; return its path, None if there was none."""
        player, self.player = self.player, None
        return player.path if player is not None else None

    def levels(self, line: LineId, audio: pj.AudioMedia) -> LevelsMeasured:
        heard, sent = level_db(audio.getTxLevel()), level_db(audio.getRxLevel())
        return LevelsMeasured(line, heard, sent, level_db(self._ends.microphone.getTxLevel()))


def unwire(source: pj.AudioMedia, sink: pj.AudioMedia) -> bool:
    """Cut the wire between two ports; return whether there was one."""
    try:
        source.stopTransmit(sink)
    except pj.Error:
        return False
    return True


def _must_be_playable(path: str) -> None:
    try:
        with wave.open(str(Path(path)), "rb") as file:
            shape = file.getnchannels(), file.getsampwidth(), file.getframerate()
    except (OSError, EOFError, wave.Error) as problem:
        raise RefusedError(clean_text(f"the file cannot be played: {problem}")) from problem
    if shape not in {(1, 2, 8_000), (1, 2, 16_000)}:
        raise RefusedError("only 16-bit mono WAV files of 8 or 16 kHz can be played")
