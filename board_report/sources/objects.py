"""Read an object of an S3 store whole, with credentials from the environment alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from board_report.errors import SourceError
from board_report.project import SourceSpec
from board_report.project.origins import is_object
from board_report.sources.extras import extra, silence
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.file_bytes import LARGEST_FILE, file_bytes
from board_report.sources.secret import Secret, read_variable

_USUAL = "AWS"
_NAMES = {
    "key": "ACCESS_KEY_ID",
    "secret": "SECRET_ACCESS_KEY",
    "token": "SESSION_TOKEN",
    "endpoint_url": "ENDPOINT_URL",
    "region": "REGION",
}
_SECONDS_TO_CONNECT = 15


def content_of(folder: Path, spec: SourceSpec) -> bytes:
    """The bytes of a source: an object of a store, or a file of the project.

    Raises:
        ReadFaultError: it is not there, cannot be read, or is larger than memory should hold.
    """
    return object_bytes(spec) if is_object(spec.file) else file_bytes(folder, spec.file)


def object_bytes(spec: SourceSpec) -> bytes:
    """The bytes of an object, read once.

    Raises:
        ReadFaultError: a credential is missing, the store cannot be reached or refuses, or the
            object is not there or too large. Neither the fault nor what led to it holds a key.
    """
    given, library = _credentials(spec.storage), _library()
    fault: ReadFaultError | None = None
    content = b""
    # The store's own error can quote a signed request. It is turned into a fault here, and the
    # fault is raised after the handler was left: so it carries no trace of that error.
    try:
        store = library.filesystem("s3", **_settings(given))
        size = int(store.info(spec.file)["size"])
        if size > LARGEST_FILE:
            fault = _too_large(size)
        else:
            content = store.cat_file(spec.file)
    except Exception as error:  # noqa: BLE001  (whatever the store's library raises, see above)
        fault = _fault_of(error, spec)
    if fault:
        raise fault
    return content


def object_store(storage: str = "") -> Any:
    """An S3 store as ``fsspec`` gives it, for what is not a source.

    Its errors may quote a signed request: show none of them as they are.

    Args:
        storage: ``env:PREFIX`` names the variables with its address and key; empty: ``AWS_...``.

    Raises:
        SourceError: a credential or the library is missing.
    """
    try:
        given, library = _credentials(storage), _library()
    except ReadFaultError as error:
        if error.code is ReadCode.EXTRA_MISSING:
            raise SourceError(
                "the extra for object stores is not installed.",
                mend="Run `pip install 'board-report[objects]'`.",
            ) from error
        raise SourceError(
            f"{error.facts['place']} is not set.", mend=str(error.facts["advice"])
        ) from error
    return library.filesystem("s3", **_settings(given))


def _library() -> Any:
    with extra("objects"):
        import fsspec
        import s3fs  # noqa: F401  (fsspec looks it up by name)
    silence("botocore", "aiobotocore", "s3fs", "fsspec")
    return fsspec


def _credentials(storage: str) -> dict[str, Secret]:
    """What the environment gives; under a prefix of one's own, key and secret must be there."""
    prefix = storage.removeprefix("env:") if storage else _USUAL
    found = {use: read_variable(f"{prefix}_{name}") for use, name in _NAMES.items()}
    if prefix == _USUAL and not found["region"]:
        found["region"] = read_variable("AWS_DEFAULT_REGION")
    for use in ("key", "secret"):
        other = found["secret" if use == "key" else "key"]
        if not found[use] and (storage or other):
            raise _missing(f"{prefix}_{_NAMES[use]}")
    return found


def _settings(given: dict[str, Secret]) -> dict[str, Any]:
    """For the store's library. Without a key it looks where the vendor's own tools look."""
    client = {"endpoint_url": given["endpoint_url"], "region_name": given["region"]}
    return {
        **{name: given[name].reveal() for name in ("key", "secret", "token") if given[name]},
        "client_kwargs": {name: each.reveal() for name, each in client.items() if each},
        "config_kwargs": {
            "connect_timeout": _SECONDS_TO_CONNECT, "retries": {"max_attempts": 2}
        },
        "skip_instance_cache": True,
        "use_listings_cache": False,
    }  # fmt: skip


def _missing(name: str) -> ReadFaultError:
    return ReadFaultError(
        ReadCode.CONNECTION_MISSING,
        place=f"the environment variable {name}",
        detail="",
        advice=f"Set {name} before board-report is started.",
    )


def _too_large(size: int) -> ReadFaultError:
    return ReadFaultError(ReadCode.FILE_TOO_LARGE, size=f"{size:,}", most=f"{LARGEST_FILE:,}")


def _fault_of(error: BaseException, spec: SourceSpec) -> ReadFaultError:
    """Why an object cannot be had, in words of our own."""
    kind = type(error).__name__
    if isinstance(error, FileNotFoundError):
        return ReadFaultError(ReadCode.OBJECT_MISSING)
    if kind in ("NoCredentialsError", "PartialCredentialsError"):
        return _missing("AWS_ACCESS_KEY_ID")
    if isinstance(error, PermissionError):
        return ReadFaultError(ReadCode.OBJECT_REFUSED, detail="the key does not open it")
    place = "the store that holds it"
    if spec.storage:
        place = f"the store of {spec.storage}"
    reasons = (
        (("EndpointConnectionError", "ConnectionError"), "it cannot be reached"),
        (("ConnectTimeoutError", "ReadTimeoutError", "TimeoutError"), "it did not answer in time"),
        (("SSLError",), "the encrypted connection could not be made"),
        (("ValueError",), "its address is none"),
    )
    detail = next((words for kinds, words in reasons if kind in kinds), "it answered with an error")
    return ReadFaultError(ReadCode.CONNECTION_FAILED, place=place, detail=f"{detail} ({kind})")
