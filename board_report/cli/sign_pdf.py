"""``board-report sign`` and ``verify-signature``: PAdES signatures of finished PDFs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from board_report.cli.options import json_option
from board_report.cli.output import put, put_json, say

if TYPE_CHECKING:
    from board_report.archive.pades.records import SignatureReport
    from board_report.pipeline.signing import Judged, Secret, SignerSource

Command = TypeVar("Command", bound=Callable[..., Any])

_files = click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
_path = click.Path(path_type=Path)


def _together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_key_options = _together(
    click.option("--key", type=_path, metavar="FILE", help="The signer's PKCS#12 file (.p12)."),
    click.option(
        "--token", type=_path, metavar="MODULE", help="A PKCS#11 module, for a key in a device."
    ),
    click.option("--token-label", metavar="NAME", help="The token's name, with --token."),
    click.option(
        "--certificate", metavar="NAME", help="The certificate's label on it, with --token."
    ),
    click.option(
        "--password-from",
        metavar="SOURCE",
        help="Where password or PIN is: a file, env:NAME or keyring:service/username. "
        "[default: asked for]",
    ),
)
_trust_options = _together(
    click.option(
        "--trust",
        "roots",
        type=_path,
        multiple=True,
        metavar="FILE",
        help="A root certificate to trust (PEM or DER); may be given more than once.",
    ),
    click.option(
        "--crl",
        "lists",
        type=_path,
        multiple=True,
        metavar="FILE",
        help="A list of revoked certificates (PEM or DER); may be given more than once.",
    ),
)


@click.command("sign", short_help="Sign finished PDFs, so that a change is found.")
@_files
@_key_options
@click.option(
    "--level",
    type=click.Choice(["B-B", "B-T", "B-LTA"]),
    default="B-B",
    show_default=True,
    help="Signature alone, with a timestamp, or with all that proves it for years.",
)
@click.option(
    "--timestamp-url",
    default="",
    metavar="URL",
    help="An RFC 3161 timestamp service, for B-T and B-LTA. It gets a hash, never the document.",
)
@_trust_options
@click.option("--reason", default="", metavar="TEXT", help="Why it is signed, as viewers show it.")
@click.option("--seal", metavar="NAME", help="Draw a seal with this name on the first page.")
@click.option("--seal-position", default="", metavar="TEXT", help="The position under the name.")
@click.option(
    "--seal-at",
    metavar="L,B,W,H",
    help="Left, bottom, width and height of the seal in points. [default: a free place]",
)
@click.option(
    "--output",
    type=_path,
    metavar="PATH",
    help="Where to write: a file for one, a folder for several. [default: NAME-signed.pdf]",
)
@click.option("--overwrite", is_flag=True, help="Replace what is there already.")
@json_option
def sign(
    files: tuple[Path, ...],
    level: Any,
    timestamp_url: str,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    reason: str,
    output: Path | None,
    overwrite: bool,
    as_json: bool,
    **others: Any,
) -> None:
    """Sign finished PDFs after PAdES; the signed copy begins with exactly the file's bytes.

    The document stays PDF/A-3a and PDF/UA-1. B-B and B-T use the key alone, and B-T the timestamp
    service; B-LTA also asks the addresses in the certificates for proof that none was revoked,
    and needs --trust. All of the files are signed, or none is written.

    \b
      board-report sign output/2026-Q3/board-deck.pdf --key ciso.p12
      board-report sign *.pdf --key ciso.p12 --level B-T --timestamp-url https://tsa.example/
      board-report sign board-deck.pdf --token /usr/lib/softhsm/libsofthsm2.so \\
          --token-label board --certificate ciso --password-from env:PIN
    """
    from board_report.pipeline.signing import plan_outputs, read_trust, sign_files

    planned = plan_outputs(files, output, overwrite=overwrite)
    visible = _seal(others["seal"], others["seal_position"], others["seal_at"])
    trust = read_trust(roots, lists)
    signer = _signer(others)
    signed = sign_files(
        planned,
        signer,
        level=level,
        at=datetime.now(UTC).replace(microsecond=0),
        timestamp_url=timestamp_url,
        trust=trust,
        visible=visible,
        reason=reason,
        overwrite=overwrite,
    )
    if as_json:
        put_json(
            [
                {
                    "file": str(each.file),
                    "output": str(each.output),
                    "level": level,
                    "sha256": each.sha256,
                    "unsigned_sha256": each.unsigned_sha256,
                    "bytes": each.bytes,
                }
                for each in signed
            ]
        )
        return
    for each in signed:
        put(f"{each.output}: signed, level {level}")


def _seal(name: str | None, position: str, place: str | None) -> Any:
    from board_report.pipeline.signing import Seal

    if name is None:
        if position or place:
            raise click.UsageError("--seal-position and --seal-at need --seal NAME.")
        return None
    return Seal(name, position, _four(place) if place else None)


def _four(place: str) -> tuple[float, float, float, float]:
    try:
        left, bottom, width, height = (float(each) for each in place.split(","))
    except ValueError as error:
        raise click.UsageError(
            "--seal-at takes four numbers, as in 312,488,336,27: left, bottom, width, height."
        ) from error
    return left, bottom, width, height


def _signer(given: dict[str, Any]) -> SignerSource:
    from board_report.pipeline.signing import KeyFile, Token

    if (given["key"] is None) == (given["token"] is None):
        raise click.UsageError("Name the key with --key FILE, or a device with --token MODULE.")
    if given["key"] is not None:
        return KeyFile(given["key"], _password(given["password_from"], str(given["key"])))
    if not (given["token_label"] and given["certificate"]):
        raise click.UsageError("--token needs --token-label NAME and --certificate NAME.")
    return Token(
        given["token"],
        given["token_label"],
        given["certificate"],
        _password(given["password_from"], f"the token {given['token_label']}"),
    )


def _password(source: str | None, what: str) -> Secret:
    from board_report.pipeline.signing import Secret, find_password

    if source:
        return find_password(source)
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"The password of {what} cannot be asked for without a terminal; "
            "say where it is with --password-from."
        )
    return Secret(
        click.prompt(
            f"Password of {what}", hide_input=True, default="", err=True, show_default=False
        )
    )


@click.command("verify-signature", short_help="Say what the signatures of PDFs prove.")
@_files
@_trust_options
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="DATE",
    help="The moment, in UTC, at which it is judged. [default: now]",
)
@click.option(
    "--allow-network",
    is_flag=True,
    help="Ask the addresses in the certificates whether they were revoked.",
)
@json_option
@click.pass_context
def verify_signature(
    ctx: click.Context,
    files: tuple[Path, ...],
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    at: datetime | None,
    allow_network: bool,
    as_json: bool,
) -> None:
    """Say who signed a PDF and when, what of it is covered, and what was done to it since.

    Nobody is trusted but whom the roots named with --trust vouch for. Exit code 2 unless every
    file is signed and every signature is valid.

    \b
      board-report verify-signature board-deck-signed.pdf --trust company-root.pem
      board-report verify-signature *.pdf --trust root.pem --at 2033-05-01 --json
    """
    from board_report.pipeline.signing import read_trust, verify_files

    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC).replace(microsecond=0)
    judged = verify_files(
        files, trust=read_trust(roots, lists), at=moment, allow_network=allow_network
    )
    if as_json:
        put_json([_record(each, moment) for each in judged])
    else:
        _put(judged)
    ctx.exit(0 if all(each.verdict == "valid" for each in judged) else 2)


def _put(judged: Sequence[Judged]) -> None:
    for each in judged:
        if each.error:
            put(f"{each.file}: NOT READ: {each.error}")
            continue
        if not each.reports:
            put(f"{each.file}: NOT SIGNED: it holds no signature.")
            continue
        for report in each.reports:
            verdict, *rest = report.sentences
            put(
                f"{each.file}: {report.kind}{f' {report.level}' if report.level else ''}: {verdict}"
            )
            for line in rest:
                put(f"  {line}")
    if any(each.verdict == "untrusted" for each in judged):
        say("Name the roots that you trust with --trust FILE.")


def _record(judged: Judged, moment: datetime) -> dict[str, Any]:
    return {
        "file": str(judged.file),
        "judged_at": moment.isoformat(),
        "verdict": str(judged.verdict),
        "error": judged.error,
        "signatures": [_signature(each) for each in judged.reports],
    }


def _signature(report: SignatureReport) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        **asdict(report),
        "verdict": str(report.verdict),
        "claimed_at": report.claimed_at and report.claimed_at.isoformat(),
        "timestamped_at": report.timestamped_at and report.timestamped_at.isoformat(),
        "sentences": list(report.sentences),
    }
