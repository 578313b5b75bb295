"""The files of the article that is read: brought by one act, opened by a second one (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent_app.desk.library import Asked, FetchedFile, Library
from agent_app.domain.knowledge import Attachment


@dataclass(frozen=True, slots=True)
class FileChoice:
    """``act`` is what the next press does; ``note`` says what became of the last one."""

    key: str
    name: str
    size: str
    act: str
    note: str
    enabled: bool


class FilesViewModel(QObject):
    """Signals:
    changed: files or what is known of one.
    opening: Path, to be given to the program that opens such files.
    """

    changed = Signal()
    opening = Signal(object)

    def __init__(self, library: Library, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._files: tuple[Attachment, ...] = ()
        self._fetched: dict[str, FetchedFile] = {}
        library.file_changed.connect(self._on_file)

    @property
    def files(self) -> tuple[FileChoice, ...]:
        return tuple(self._choice(one) for one in self._files)

    def show(self, files: tuple[Attachment, ...]) -> None:
        if files != self._files:
            self._files = files
            self.changed.emit()

    def act(self, key: str) -> None:
        """Bring the file, or open the one that was brought."""
        file = next((one for one in self._files if one.attachment_id == key), None)
        if file is None:
            return
        path = self._path(file)
        if path is not None:
            self.opening.emit(path)
        else:
            self._library.fetch(file)

    def _path(self, file: Attachment) -> Path | None:
        """Where it lies; a file that was replaced since is another one."""
        known = self._fetched.get(file.attachment_id)
        return known.path if known is not None and known.attachment == file else None

    def _choice(self, file: Attachment) -> FileChoice:
        known = self._fetched.get(file.attachment_id)
        asked = None if known is None else known.asked
        return FileChoice(
            key=file.attachment_id,
            name=file.name,
            size=_size(file.size),
            act=self.tr("Fetch") if self._path(file) is None else self.tr("Open"),
            note="" if known is None else self._note(known),
            enabled=asked is not Asked.ASKING,
        )

    def _note(self, known: FetchedFile) -> str:
        match known.asked, known.problem:
            case Asked.ASKING, _:
                return self.tr("is being fetched …")
            case Asked.KNOWN, _:
                return self.tr("is here; another program opens it.")
            case Asked.OFFLINE, _:
                return self.tr("Files are at the server, which cannot be reached now.")
            case _, "kind":
                return self.tr("Files of this kind are not opened here.")
            case _, "digest":
                return self.tr("The server sent another file than was published; not opened.")
            case _, reason:
                return self.tr("Not to be had: {reason}").format(reason=reason)

    def _on_file(self, file: FetchedFile) -> None:
        self._fetched[file.attachment.attachment_id] = file
        self.changed.emit()


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / 1_000_000:.1f} MB"
