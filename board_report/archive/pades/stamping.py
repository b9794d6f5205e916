"""Ask a timestamp service over HTTP for the time (RFC 3161), and believe no answer unchecked."""

from __future__ import annotations

import http.client
from typing import ClassVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from asn1crypto import cms, core, tsp
from pyhanko.sign.timestamps import TimeStamper

from board_report.archive.pades.faults import SigningError

SECONDS = 20
LARGEST = 256 * 1024
"""Bytes of an answer; a token is some 6 KiB."""


class _Answer(core.Sequence):  # type: ignore[misc]
    """An answer that may lack its token, as a refusal does and asn1crypto does not foresee."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class TimestampService(TimeStamper):
    """A client of one service. Each question has a fresh nonce and only ever sends a hash."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = checked_address(url)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send one question and check that its answer is about it.

        Raises:
            SigningError: there is no answer, a refusal, or an answer to another question.
        """
        data = self._post(req.dump())
        self._check_status(data)
        try:
            answer = tsp.TimeStampResp.load(data, strict=True)
            self._check(req, answer)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self.refuse("answers with something that is no timestamp") from error
        return answer

    def _post(self, body: bytes) -> bytes:
        request = Request(
            self.url,
            data=body,
            headers={
                "Content-Type": "application/timestamp-query",
                "Accept": "application/timestamp-reply",
                "User-Agent": "board-report",
            },
        )
        try:
            with urlopen(request, timeout=SECONDS) as response:
                data: bytes = response.read(LARGEST + 1)
        except HTTPError as error:
            # It holds the connection open until it is closed.
            error.close()
            raise self.refuse(f"answers with HTTP status {error.code}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            raise self.refuse(f"cannot be reached ({_why(error)})") from error
        if len(data) > LARGEST:
            raise self.refuse("answers with more than any timestamp has")
        return data

    def _check_status(self, data: bytes) -> None:
        try:
            status = _Answer.load(data, strict=True)["status"]
            said = status["status"].native
            why = "; ".join(status["status_string"].native or [])
        except (ValueError, TypeError, KeyError) as error:
            raise self.refuse("answers with something that is no timestamp") from error
        if said not in ("granted", "granted_with_mods"):
            raise self.refuse(f"refuses the request: {why or said}")

    def _check(self, asked: tsp.TimeStampReq, answer: tsp.TimeStampResp) -> None:
        said = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        same_hash = said["message_imprint"].dump() == asked["message_imprint"].dump()
        same_nonce = said["nonce"].native == asked["nonce"].native
        if not (same_hash and same_nonce):
            raise self.refuse("answers with the timestamp of something else")

    def refuse(self, what: str) -> SigningError:
        """The message for a service that does not do what it should."""
        return SigningError(
            f"the timestamp service at {self.url} {what}.",
            mend="Check the address and the network, try again, or sign at level B-B without it; "
            "nothing was written.",
        )


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, TimeoutError):
        return f"no answer within {SECONDS} seconds"
    return str(getattr(reason, "strerror", None) or type(reason).__name__).lower()


def checked_address(url: str) -> str:
    """The address, when it is one of the web without a password in it.

    Raises:
        SigningError: it is none.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        fine = False
    if not fine:
        raise SigningError(
            "the address of the timestamp service is none that can be asked.",
            mend="Name it as https://host/path, without a user or a password.",
        )
    return url
