"""Whatever is changed in a signed file, or appended to it, is found."""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from board_report.archive.pades import (
    KeyFile,
    Level,
    SignatureReport,
    Trust,
    Verdict,
    sign_pdf,
    verify_pdf,
)
from board_report.archive.pades.faults import SigningError
from tests.signing_authority import PASSWORD, SIGNED_AT, Authority
from tests.unit.pades.conftest import Sign

FLIPS: dict[Level, int] = {"B-B": 120, "B-T": 80, "B-LTA": 40}
"""Places at which a bit is turned over, in the whole file and again in the signatures."""


def judge(data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
    return verify_pdf(data, trust_roots=trust, at=SIGNED_AT)


def is_found(data: bytes, trust: Trust) -> bool:
    """Whether a change is found: the file is refused, unsigned, or not valid."""
    try:
        reports = judge(data, trust)
    except SigningError:
        return True
    return not reports or any(each.verdict is not Verdict.VALID for each in reports)


# --- bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LTA"])
def test_a_flipped_bit_anywhere_is_found(signed: Sign, trust: Trust, level: Level) -> None:
    data = signed(level)
    chance = random.Random(f"anywhere {level}")
    for _ in range(FLIPS[level]):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        changed = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        assert is_found(changed, trust), f"bit {bit} of byte {at}"


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LTA"])
def test_a_flipped_bit_of_the_signature_itself_is_found(
    signed: Sign, trust: Trust, level: Level
) -> None:
    """Also where no verifier looks: certificates it can do without, names, attributes, padding."""
    data = signed(level)
    chance = random.Random(f"container {level}")
    spans = [found.span(1) for found in re.finditer(rb"/Contents <([0-9A-Fa-f]{200,})>", data)]
    assert len(spans) == (2 if level == "B-LTA" else 1)
    for _ in range(FLIPS[level]):
        begin, end = chance.choice(spans)
        container = bytearray.fromhex(data[begin:end].decode())
        used = len(container.rstrip(b"\0"))
        at, bit = chance.randrange(used + 8), 1 << chance.randrange(8)
        container[at] ^= bit
        written = container.hex() if data[begin:end].islower() else container.hex().upper()
        assert is_found(data[:begin] + written.encode() + data[end:], trust), at


def test_every_byte_within_the_signed_range_counts_as_changed(signed: Sign, trust: Trust) -> None:
    """Text of the document is INVALID, with words that say so."""
    data = signed("B-B")
    at = data.index(b"/Rect")
    report = judge(data[: at - 1] + b"\t" + data[at:], trust)[0]

    assert report.verdict is Verdict.INVALID
    assert not report.is_intact
    assert "changed after signing" in report.faults[0]


def test_the_case_of_a_letter_in_the_container_is_found(signed: Sign, trust: Trust) -> None:
    data = signed("B-B")
    begin = data.index(b"/Contents <") + len(b"/Contents <")
    at = next(at for at in range(begin, len(data)) if data[at : at + 1].isalpha())

    assert is_found(data[:at] + data[at : at + 1].swapcase() + data[at + 1 :], trust)


@pytest.mark.parametrize("extra", [b" ", b"\n", b"%PDF", b"\n%%EOF\n", b"1 0 obj\nnull\nendobj\n"])
def test_something_behind_the_end_is_found(signed: Sign, trust: Trust, extra: bytes) -> None:
    assert is_found(signed("B-LTA") + extra, trust)
    assert is_found(signed("B-B") + extra, trust)


def test_a_file_that_breaks_off_is_never_valid_and_never_a_traceback(
    signed: Sign, trust: Trust
) -> None:
    data = signed("B-LTA")
    first = judge(data, trust)[0].covered_bytes
    for size in {*range(0, len(data), 911), *range(len(data) - 40, len(data))} - {first}:
        assert is_found(data[:size], trust), size


def test_a_file_cut_back_to_its_first_signature_is_what_it_then_was(
    signed: Sign, trust: Trust
) -> None:
    """Nobody can tell that something stood behind it; the report says what is not there."""
    data = signed("B-LTA")
    cut = data[: judge(data, trust)[0].covered_bytes]

    report = judge(cut, trust)[0]

    assert (report.verdict, report.level) == (Verdict.VALID, "B-T")
    assert report.revocation.startswith("no proof about revocation is in the file")


# --- ranges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        ((0, -40, 0, 0), "leaves out more than the signature"),
        ((0, 0, 1, -1), "leaves out more than the signature"),
        ((0, 0, 0, -7), "does not end where its revision"),
        ((3, -3, 0, 0), "from the beginning"),
    ],
)
def test_a_signature_over_another_range_is_found(
    signed: Sign, trust: Trust, signer: KeyFile, shift: tuple[int, ...], words: str
) -> None:
    """Signed anew over that range with the right key, so that only the range speaks against it."""
    data = signed("B-B")
    found = re.search(rb"/ByteRange \[([\d ]+)\]", data)
    assert found is not None
    numbers = [int(each) + by for each, by in zip(found[1].split(), shift, strict=True)]
    text = " ".join(map(str, numbers)).encode().ljust(len(found[1]))
    whole = bytearray(data[: found.start(1)] + text + data[found.end(1) :])
    begin = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", begin)
    covered = whole[numbers[0] : numbers[0] + numbers[1]] + whole[numbers[2] :][: numbers[3]]
    key = _pyhanko_signer(signer)
    container = asyncio.run(
        key.async_sign(hashlib.sha256(covered).digest(), "sha256", use_pades=True)
    )
    whole[begin:end] = container.dump().hex().encode().ljust(end - begin, b"0")

    report = judge(bytes(whole), trust)[0]

    assert report.verdict is Verdict.INVALID
    assert words in report.faults[0]


def _pyhanko_signer(signer: KeyFile) -> SimpleSigner:
    found = SimpleSigner.load_pkcs12_data(
        signer.path.read_bytes(), (), passphrase=PASSWORD.encode()
    )
    assert isinstance(found, SimpleSigner)
    return found


# --- what is appended ----------------------------------------------------------------------------


class Appender(IncrementalPdfFileWriter):
    """Appends what a test tells it to, and no new metadata."""

    def _update_meta(self) -> None:
        return


def append(data: bytes, change: Callable[[Any], None]) -> bytes:
    writer = Appender(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(data)
    assert len(out.getvalue()) > len(data)
    return out.getvalue()


def _page(writer: Any) -> Any:
    return writer.find_page_for_modification(0)[0].get_object()


def other_page(writer: Any) -> None:
    page = _page(writer)
    page[pdf_name("/Contents")] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 12 Tf (9.9 million) Tj ET")
    )
    writer.update_container(page)


def overwritten_content(writer: Any) -> None:
    content = _page(writer)["/Contents"]
    content = content[0] if isinstance(content, generic.ArrayObject) else content
    reference = content.container_ref
    writer.objects[(reference.generation, reference.idnum)] = generic.StreamObject(
        stream_data=b"BT (9.9 million) Tj ET"
    )


def comment(writer: Any) -> None:
    page = _page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 200))),
            pdf_name("/Contents"): generic.TextStringObject("9.9 million"),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    writer.update_container(page)


def one_annotation_less(writer: Any) -> None:
    page = _page(writer)
    del page["/Annots"][0]
    writer.update_container(page["/Annots"])
    writer.update_container(page)


def other_metadata(writer: Any) -> None:
    writer.root["/Metadata"]._data = b"<x/>"
    writer.root["/Metadata"]._encoded_data = None
    writer.update_container(writer.root["/Metadata"])


def other_info(writer: Any) -> None:
    info = generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("Other")})
    writer.set_info(writer.add_object(info))


def action_on_opening(writer: Any) -> None:
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript")}
    )
    writer.update_root()


def other_pages(writer: Any) -> None:
    writer.root[pdf_name("/Pages")] = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Pages"),
                pdf_name("/Kids"): generic.ArrayObject(),
                pdf_name("/Count"): generic.NumberObject(0),
            }
        )
    )
    writer.update_root()


def other_tags(writer: Any) -> None:
    tree = writer.root["/StructTreeRoot"]
    tree[pdf_name("/K")] = generic.ArrayObject()
    writer.update_container(tree)


def text_field(writer: Any) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(
        writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/FT"): pdf_name("/Tx"),
                    pdf_name("/T"): generic.TextStringObject("amount"),
                }
            )
        )
    )
    writer.update_container(fields)


def form_that_needs_looks(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
    writer.update_container(form)


def less_proof(writer: Any) -> None:
    store = writer.root["/DSS"]
    del store["/Certs"]
    writer.update_container(store)


def swapped_signature(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 99, 99)))
    writer.update_container(field)


CHANGES = [
    other_page,
    overwritten_content,
    comment,
    one_annotation_less,
    other_metadata,
    other_info,
    action_on_opening,
    other_pages,
    other_tags,
    text_field,
    form_that_needs_looks,
    less_proof,
    swapped_signature,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_appended_change_is_found(
    signed: Sign, trust: Trust, change: Callable[[Any], None]
) -> None:
    report = judge(append(signed("B-LTA"), change), trust)[0]

    assert report.verdict is Verdict.CHANGED
    assert report.is_intact, "the signed part itself is whole"
    assert report.faults[0].startswith("what was appended after signing is more than signatures")


def test_a_change_is_found_though_more_is_signed_after_it(
    signed: Sign, trust: Trust, signer: KeyFile
) -> None:
    again = sign_pdf(append(signed("B-LTA"), other_page), signer, level="B-B", at=SIGNED_AT)

    first, stamp, last = judge(again, trust)

    assert [first.verdict, stamp.verdict] == [Verdict.CHANGED] * 2
    assert last.verdict is Verdict.VALID


def test_objects_that_nothing_refers_to_change_nothing(signed: Sign, trust: Trust) -> None:
    data = append(signed("B-B"), lambda writer: writer.add_object(generic.NumberObject(1)))

    report = judge(data, trust)[0]

    assert report.verdict is Verdict.VALID
    assert not report.covers_whole_file


def test_a_gap_that_is_filled_afterwards_is_found(
    paper: bytes, signer: KeyFile, trust: Trust
) -> None:
    """A document that was signed with a reference to nothing, which later means something."""

    def leave_gap(writer: Any) -> None:
        page = _page(writer)
        page["/Resources"][pdf_name("/XObject")] = generic.DictionaryObject(
            {pdf_name("/Later"): generic.IndirectObject(4000, 0, writer)}
        )
        writer.update_container(page["/Resources"])
        writer.update_container(page)

    def fill_gap(writer: Any) -> None:
        writer.objects[(0, 4000)] = generic.StreamObject(stream_data=b"0 0 99 99 re f")

    made = sign_pdf(append(paper, leave_gap), signer, level="B-B", at=SIGNED_AT)
    assert judge(made, trust)[0].verdict is Verdict.VALID

    report = judge(append(made, fill_gap), trust)[0]

    assert report.verdict is Verdict.CHANGED
    assert "object 4000, which it only gets now" in report.faults[0]


def test_an_object_with_a_second_role_is_found(paper: bytes, signer: KeyFile, trust: Trust) -> None:
    """A list that is the form's fields and also something else of the document."""

    def share(writer: Any) -> None:
        fields = writer.add_object(generic.ArrayObject())
        form = generic.DictionaryObject({pdf_name("/Fields"): fields})
        writer.root[pdf_name("/AcroForm")] = form
        writer.update_root()
        page = _page(writer)
        page[pdf_name("/PieceInfo")] = generic.DictionaryObject({pdf_name("/Own"): fields})
        writer.update_container(page)

    once = sign_pdf(append(paper, share), signer, level="B-B", at=SIGNED_AT)
    first, second = judge(sign_pdf(once, signer, level="B-B", at=SIGNED_AT), trust)

    assert first.verdict is Verdict.CHANGED
    assert "is also used by object" in first.faults[0]
    assert second.verdict is Verdict.VALID


def test_a_later_signature_that_can_be_seen_is_found(
    signed: Sign, trust: Trust, signer: KeyFile
) -> None:
    out = PdfSigner(
        PdfSignatureMetadata(field_name="Seen"),
        _pyhanko_signer(signer),
        new_field_spec=SigFieldSpec("Seen", box=(10, 10, 200, 60)),
    ).sign_pdf(Appender(BytesIO(signed("B-B"))))

    first = judge(out.getvalue(), trust)[0]

    assert first.verdict is Verdict.CHANGED
    assert "can be seen" in first.faults[0] or "/AP" in first.faults[0]


def test_signing_a_certified_document_again_is_found(
    paper: bytes, trust: Trust, signer: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its author allowed no changes, and a viewer says so; a timestamp would be no change."""
    certified = PdfSigner(
        PdfSignatureMetadata(
            "Author",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
        ),
        _pyhanko_signer(signer),
    ).sign_pdf(Appender(BytesIO(paper)))
    monkeypatch.setattr(
        "pyhanko.sign.validation.read_certification_data", lambda _: None
    )  # else it would not sign
    again = PdfSigner(PdfSignatureMetadata("Other"), _pyhanko_signer(signer)).sign_pdf(
        Appender(BytesIO(certified.getvalue()))
    )

    assert judge(certified.getvalue(), trust)[0].verdict is Verdict.VALID
    first = judge(again.getvalue(), trust)[0]
    assert first.verdict is Verdict.CHANGED
    assert "no changes allowed" in first.faults[0]


def test_a_signature_that_is_taken_out_is_missed(signed: Sign, trust: Trust) -> None:
    def take_out(writer: Any) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    assert judge(append(signed("B-B"), take_out), trust) == ()


def test_a_freed_object_is_found(signed: Sign, trust: Trust) -> None:
    """By hand: a section that says of an object that it is no more."""
    data = signed("B-B")
    start = int(re.findall(rb"startxref\n(\d+)", data)[-1])
    root = re.findall(rb"/Root (\d+) 0 R", data)[-1].decode()
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    section = (
        f"xref\n0 1\n0000000003 65535 f \n3 1\n0000000000 00001 f \n"
        f"trailer\n<</Size {size} /Root {root} 0 R /Prev {start}>>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    ).encode()

    assert is_found(data + section, trust)


# --- the comparison against pyHanko's own --------------------------------------------------------


@pytest.mark.parametrize("change", [None, other_page, comment, other_metadata, text_field])
def test_verdicts_agree_with_pyhankos_comparison(
    signed: Sign, authority: Authority, trust: Trust, change: Callable[[Any], None] | None
) -> None:
    """Its own rules, which take minutes on a deck and a moment on this paper, as a second word."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification

    data = append(signed("B-LTA"), change) if change else signed("B-LTA")
    signature = PdfFileReader(BytesIO(data)).embedded_signatures[0]
    theirs = DEFAULT_DIFF_POLICY.review_file(signature.reader, signature.signed_revision)

    accepted = not isinstance(theirs, SuspiciousModification)

    assert accepted == (judge(data, trust)[0].verdict is Verdict.VALID)


def test_a_damaged_document_timestamp_makes_no_long_term_level(signed: Sign, trust: Trust) -> None:
    """The signature before it still holds by itself, and is told as what it then is."""
    data = signed("B-LTA")
    begin = [found.end() for found in re.finditer(rb"/Contents <", data)][1]

    signature, stamp = judge(data[: begin + 900] + b"0" * 8 + data[begin + 908 :], trust)

    assert (signature.verdict, signature.level) == (Verdict.VALID, "B-LT")
    assert stamp.verdict is Verdict.INVALID
