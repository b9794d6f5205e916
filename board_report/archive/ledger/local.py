"""An archive in a folder: each file is written beside, synced, and then given its name once."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from board_report.archive.ledger.store import INCOMING, LOCK

CHUNK = 1 << 20
READ_ONLY = 0o444
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a file system without hard links answers, as one on a memory stick."""


class Disk:
    """The calls that change a disk, one a method, so that a test can fail each of them."""

    def make_folder(self, path: Path) -> None:
        """Make one folder; FileExistsError where it is there."""
        path.mkdir()

    def create(self, path: Path, chunks: Iterable[bytes]) -> None:
        """Write a new file, readable only, and wait until its bytes are on the disk."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fchmod(stream.fileno(), READ_ONLY)
            os.fsync(stream.fileno())

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name; FileExistsError where the name is taken."""
        os.link(old, new)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, which nobody has."""
        old.rename(new)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        path.unlink()

    def sync(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class LocalStore:
    """A folder of this machine; implements ``Store``."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self._disk = disk or Disk()
        self._changed: dict[Path, None] = {}
        self._is_locked = False

    @property
    def address(self) -> str:
        """The folder."""
        return str(self.folder)

    def read(self, name: str) -> bytes:
        """A file's bytes; an OSError where it is a link or anything else that is no file."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes, a mebibyte at a time."""
        path = f"{self.folder}/{name}"
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb", buffering=0) as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "it is not a plain file")
            while chunk := stream.read(CHUNK):
                yield chunk

    def write_once(self, name: str, chunks: Iterable[bytes]) -> bool:
        """Write beside, sync, and give the name, which fails where it is taken."""
        target = self.folder / name
        if os.path.lexists(target):
            return False
        self._make_folders(target.parent)
        fresh = self._beside(chunks)
        try:
            is_mine = self._give_name(fresh, target)
        finally:
            with suppress(FileNotFoundError):
                self._disk.unlink(fresh)
            self._changed[fresh.parent] = None
        self._changed[target.parent] = None
        return is_mine

    def _beside(self, chunks: Iterable[bytes]) -> Path:
        """A file under a name that no other process takes."""
        folder = self.folder / INCOMING
        self._make_folders(folder)
        for number in count():
            fresh = folder / f"{os.getpid()}-{number}.part"
            try:
                self._disk.create(fresh, chunks)
            except FileExistsError:
                continue
            except BaseException:
                with suppress(OSError):
                    self._disk.unlink(fresh)
                raise
            return fresh
        raise AssertionError

    def _give_name(self, fresh: Path, target: Path) -> bool:
        try:
            self._disk.link(fresh, target)
        except FileExistsError:
            return False
        except OSError as error:
            # Without hard links a name cannot be taken exclusively: the lock has to keep others
            # out, and without that nothing does.
            if error.errno not in _NO_LINKS or not self._is_locked:
                raise
            if os.path.lexists(target):
                return False
            self._disk.rename(fresh, target)
        return True

    def _make_folders(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folders(folder.parent)
        with suppress(FileExistsError):
            self._disk.make_folder(folder)
        self._changed[folder.parent] = None

    def settle(self) -> None:
        """Sync every folder in which a name was given or taken, the upper ones first."""
        while self._changed:
            folder = min(self._changed, key=lambda each: (len(each.parts), each))
            self._disk.sync(folder)
            del self._changed[folder]

    def names(self, below: str = "") -> list[str]:
        """Everything below the folder that is no folder itself; links are not followed."""
        found: list[str] = []
        waiting = [below]
        if below and not (self.folder / below).is_dir():
            return found
        while waiting:
            prefix = waiting.pop()
            with os.scandir(f"{self.folder}/{prefix}") as inside:
                for each in inside:
                    if each.is_dir(follow_symlinks=False):
                        waiting.append(f"{prefix}{each.name}/")
                    else:
                        found.append(f"{prefix}{each.name}")
        return sorted(found)

    def exists(self, name: str) -> bool:
        """Whether anything has that name."""
        return os.path.lexists(self.folder / name)

    def remove(self, name: str) -> None:
        """Take a file away."""
        path = self.folder / name
        with suppress(FileNotFoundError):
            self._disk.unlink(path)
            self._changed[path.parent] = None

    @contextmanager
    def lock(self, *, wait: bool = True) -> Iterator[bool]:
        """Hold ``flock`` on a file of the archive, which ends with the process at the latest."""
        handle = self._locked(wait)
        self._is_locked = handle is not None
        try:
            yield self._is_locked
        finally:
            self._is_locked = False
            if handle is not None:
                os.close(handle)

    def _locked(self, wait: bool) -> int | None:
        import fcntl

        try:
            if wait:
                self._make_folders(self.folder)
            handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            if wait:
                raise
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            return None
        return handle
