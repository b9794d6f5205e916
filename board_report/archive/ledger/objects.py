"""An archive in an object store: each object is put once, on the condition that it is not there."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from board_report.archive.ledger.errors import ArchiveError

Answer = TypeVar("Answer")

_TAKEN = (409, 412)
"""What a store answers when the object is there: a conflict, or a precondition that failed."""
_TAKEN_CODES = ("PreconditionFailed", "ConditionalRequestConflict")


class ObjectStore:
    """A prefix of an object store; implements ``Store``.

    There is no lock: two writers at once are kept apart by the store, which gives a name to the
    first alone. Whatever a store answers otherwise becomes an OSError in words of our own, since
    its own may quote a signed request.

    Args:
        files: a file system of ``fsspec``.
        root: bucket and prefix, without a slash at the end.
        address: for messages.
    """

    def __init__(self, files: Any, root: str, address: str) -> None:
        self._files = files
        self._root = root
        self._address = address

    @property
    def address(self) -> str:
        """As it was given."""
        return self._address

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def read(self, name: str) -> bytes:
        """An object's bytes."""
        return bytes(_asked(lambda: self._files.cat_file(self._path(name))))

    def chunks(self, name: str) -> Iterator[bytes]:
        """An object's bytes, in one part."""
        data = self.read(name)
        if data:
            yield data

    def write_once(self, name: str, chunks: Iterable[bytes]) -> bool:
        """Put an object on the condition that none of that name is there."""
        data = b"".join(chunks)
        try:
            _asked(lambda: self._files.pipe_file(self._path(name), data, mode="create"))
        except FileExistsError:
            return False
        return True

    def settle(self) -> None:
        """Nothing: what a store has confirmed is safe."""

    def names(self, below: str = "") -> list[str]:
        """All objects under the prefix."""
        skipped = len(self._root.lstrip("/")) + 1
        found = _asked(lambda: self._files.find(self._path(below).rstrip("/")))
        return sorted(each.lstrip("/")[skipped:] for each in found)

    def exists(self, name: str) -> bool:
        """Whether an object of that name is there."""
        try:
            _asked(lambda: self._files.info(self._path(name)))
        except FileNotFoundError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Delete an object; a store that holds it with an object lock refuses."""
        try:
            _asked(lambda: self._files.rm_file(self._path(name)))
        except FileNotFoundError:
            return

    @contextmanager
    def lock(self, *, wait: bool = True) -> Iterator[bool]:
        """There is none."""
        assert wait in (True, False)
        yield False


def _asked(question: Callable[[], Answer]) -> Answer:
    """What the store answers; an OSError without its words where it refuses."""
    fault: OSError | None = None
    try:
        return question()
    except (FileNotFoundError, FileExistsError) as error:
        fault = type(error)(error.errno or errno.ENOENT, "the store has no such object")
    except Exception as error:  # noqa: BLE001  (whatever the store's library raises)
        fault = _fault_of(error)
    raise fault


def _fault_of(error: BaseException) -> OSError:
    """Why the store refused, in words of our own."""
    code, status = _answer_of(error)
    if status in _TAKEN or code in _TAKEN_CODES:
        return FileExistsError(errno.EEXIST, "the store has such an object")
    if isinstance(error, PermissionError) or status in (401, 403):
        return PermissionError(errno.EACCES, "the store refused")
    kind = type(error).__name__
    return OSError(errno.EIO, f"the store did not answer as it should ({kind})")


def _answer_of(error: BaseException | None) -> tuple[str, int]:
    """Code and status of the store's answer, which may lie below other errors."""
    while error is not None:
        answer = getattr(error, "response", None)
        if isinstance(answer, dict):
            code = str(answer.get("Error", {}).get("Code", ""))
            return code, int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        error = error.__cause__ or error.__context__
    return "", 0


def open_object_store(address: str) -> ObjectStore:
    """The store at ``s3://bucket/prefix``, with credentials from the environment.

    Raises:
        ArchiveError: the address is of another kind.
        SourceError: a credential or the library is missing.
    """
    scheme, _, rest = address.partition("://")
    root = rest.strip("/")
    if scheme != "s3" or not root or "?" in root or "@" in root:
        raise ArchiveError(
            "an archive lies in a folder or in an S3 store.",
            where="--archive",
            mend='Write a folder or "s3://bucket/prefix", without user, password or "?".',
        )
    from board_report.sources.objects import object_store

    return ObjectStore(object_store(), root, f"s3://{root}")
