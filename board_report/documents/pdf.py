"""HTML to one file that is both PDF/A-3a (for the archive) and PDF/UA-1 (for every reader).

The same HTML, figures, attachments and date give the same bytes, whatever the machine's clock,
time zone, locale, folders and fonts. A document reads nothing that was not handed to it.
"""

from __future__ import annotations

import gc
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from board_report.documents.spoken import speak
from board_report.errors import DocumentError
from board_report.resources import templates_folder

_FROM_DISK = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
# WeasyPrint names a picture made of pixels by a hash of its address, so one read from a folder
# would tie the bytes to where the program is installed. They come as figures only.
_FROM_MEMORY = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_VARIANT = "pdf/a-3a"
# WeasyPrint writes one variant's identifier. This is the other's, with the description that PDF/A
# asks of every schema it does not know itself.
_UA_IDENTIFIER = b"""<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Attachment:
    """A file embedded in the document, as PDF/A-3 allows.

    Args:
        name: its file name; unique in the document.
        data: its bytes.
        media_type: as ``text/csv``.
        description: one sentence for whoever opens the list of attachments.
        relationship: what the file is to the document, in the words of PDF/A-3.
    """

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: Literal["Data", "Source", "Alternative", "Supplement", "Unspecified"] = "Data"


@dataclass(frozen=True)
class PdfResult:
    """A finished PDF file.

    Args:
        data: the file's bytes.
        pages: how many pages it has.
        warnings: everything the renderer complained of: an unknown style, a picture without a
            description, a sign that no shipped font has. A paper for a board has none.
    """

    data: bytes
    pages: int
    warnings: tuple[str, ...]


def write_pdf(
    html: str,
    *,
    base: Path,
    allowed: Sequence[Path],
    figures: Mapping[str, bytes] = MappingProxyType({}),
    attachments: Sequence[Attachment] = (),
    generated_at: datetime,
) -> PdfResult:
    """Render HTML into a tagged, archival PDF file.

    Title, language, author, subject and keywords are taken from the HTML's head.

    Args:
        html: a whole page.
        base: the folder that relative addresses in the HTML start from.
        allowed: the folders whose style sheets, fonts and SVG pictures the document may read.
        figures: pictures by name, which the HTML shows by ``<img src="figure:NAME">``.
        attachments: files to embed.
        generated_at: the date of the document and of what it embeds, with its time zone.

    Raises:
        DocumentError: the document asks for anything else, links to a file of this machine, or
            embeds files by itself.
        ValueError: ``generated_at`` has no time zone, or two attachments have one name.
    """
    moment = _utc(generated_at)
    fetcher = _Fetcher(tuple(folder.resolve() for folder in allowed), figures, attachments)
    with _collected_complaints() as complaints, _collection_paused():
        document, data = _render(html, base, fetcher, moment)
    return PdfResult(data, len(document.pages), tuple(complaints))


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("generated_at needs a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _render(html: str, base: Path, fetcher: _Fetcher, moment: datetime) -> tuple[Any, bytes]:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    try:
        source = HTML(string=html, base_url=f"{base.resolve().as_uri()}/", url_fetcher=fetcher)
        document = source.render(font_config=_fonts(os.getpid()), pdf_variant=_VARIANT)
        _refuse_links(document)
        _describe(document.metadata, moment)
        data: bytes = document.write_pdf(
            finisher=_finish,
            pdf_variant=_VARIANT,
            attachments=[fetcher.attach(found, moment) for found in fetcher.sorted_attachments()],
        )
    except FatalURLFetchingError as error:
        raise _refusal(fetcher.refused or [str(error)]) from error
    # An error while an SVG picture is painted is swallowed by WeasyPrint, the fatal one too.
    if fetcher.refused:
        raise _refusal(fetcher.refused)
    return document, data


def _refusal(refused: Sequence[str]) -> DocumentError:
    return DocumentError(
        f"the document asks for {refused[0]}",
        mend="It may read style sheets, fonts and SVG in the template and theme folders, "
        "and the figures it is given; nothing else, and nothing from the network.",
    )


def _describe(metadata: Any, moment: datetime) -> None:
    """Date the document, and let its metadata claim PDF/UA beside PDF/A."""
    metadata.created = metadata.modified = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    generate = metadata.generate_rdf_metadata

    def generate_both(*arguments: Any) -> bytes:
        rdf: bytes = generate(*arguments)
        body, end, _ = rdf.rpartition(b"</rdf:RDF>")
        return body + _UA_IDENTIFIER + end

    metadata.generate_rdf_metadata = generate_both


def _refuse_links(document: Any) -> None:
    """Stop where a link would print a path of this machine or embed a file with today's date."""
    links = [link for page in document.pages for link in page.links]
    for kind, target, *_ in links:
        if kind == "attachment":
            raise DocumentError(f"a link embeds {target}", mend="Pass it as an attachment.")
        if kind == "external" and target.lower().startswith("file:"):
            raise DocumentError(
                f"a link points to a file of this machine: {target}",
                mend="Link to a heading of the document (#name) or to a web address.",
            )
    if document.metadata.attachments:
        raise DocumentError("the HTML's head embeds a file", mend="Pass it as an attachment.")


def _finish(document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint writes, just before the file is closed."""
    import pydyf

    _describe_links(document)
    speak(document, pdf)
    # It lists every attachment twice.
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    # It asks viewers to smooth pictures made of pixels, which PDF/A forbids.
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and "Interpolate" in found.extra:
            found.extra["Interpolate"] = "false"


def _describe_links(document: Any) -> None:
    """Give every link its words (or its title) as description, in place of its bare address."""
    import pydyf

    for page in document.pages:
        for _, target, _, box in page.links:
            if box.link_annotation:
                words = box.element.get("title") or " ".join(box.element.itertext())
                label = " ".join(words.split()) or target
                box.link_annotation["Contents"] = pydyf.String(label)


# Unbounded: an evicted configuration would delete the files that its parent process reads.
@cache
def _fonts(process: int) -> Any:  # noqa: ARG001 - a forked child must not share its parent's
    """The fonts of the templates folder and no others, read once in a process."""
    from weasyprint.text.fonts import FontConfiguration

    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(templates_folder() / "fonts" / "fonts.conf")
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Hold garbage collection off: a render makes millions of objects and drops few."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _collected_complaints() -> Iterator[list[str]]:
    """Gather what WeasyPrint logs at level WARNING or above, whatever the program's logging."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    level, disabled = logger.level, logger.disabled
    logger.setLevel(logging.WARNING)
    logger.disabled = False
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the colour profile of PDF/A for the interpreter to close.
            warnings.simplefilter("ignore", ResourceWarning)
            yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = disabled


class _RefusedError(Exception):
    """An address that a document may not read."""


@dataclass
class _Fetcher:
    """Answers WeasyPrint's requests from memory and from the allowed folders.

    ``refused`` remembers what was asked for in vain, since WeasyPrint does not always tell.
    """

    allowed: tuple[Path, ...]
    figures: Mapping[str, bytes]
    attachments: Sequence[Attachment]
    refused: list[str] = field(default_factory=list)
    _fail_on_errors = True  # WeasyPrint asks: any error of ours stops the render.

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

        try:
            body, media_type = self._read(url)
        except _RefusedError as error:
            self.refused.append(str(error))
            raise FatalURLFetchingError(str(error)) from error
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

    def sorted_attachments(self) -> list[Attachment]:
        """The attachments in the order that the PDF's name tree must have."""
        names = [found.name for found in self.attachments]
        if len(set(names)) < len(names):
            raise ValueError(f"two attachments have one name: {', '.join(sorted(names))}")
        return sorted(self.attachments, key=lambda found: found.name)

    def attach(self, found: Attachment, moment: datetime) -> Any:
        """The attachment as WeasyPrint wants it; by address, so that it takes our media type."""
        from weasyprint import Attachment as EmbeddedFile

        return EmbeddedFile(
            url=f"attachment:{found.name}",
            url_fetcher=self,
            name=found.name,
            description=found.description,
            created=moment,
            modified=moment,
            relationship=found.relationship,
        )

    def _read(self, url: str) -> tuple[bytes, str]:
        scheme, _, rest = url.partition(":")
        if scheme == "file":
            return self._read_file(url)
        if scheme == "figure":
            return self._read_figure(unquote(rest))
        for found in self.attachments:
            if url == f"attachment:{found.name}":
                return found.data, found.media_type
        shown = url if len(url) <= 200 else f"{url[:200]}..."
        raise _RefusedError(f"{shown}, which is neither a figure nor in an allowed folder")

    def _read_figure(self, name: str) -> tuple[bytes, str]:
        if name not in self.figures:
            raise _RefusedError(f"figure:{name}, and there is no such figure")
        media_type = _FROM_MEMORY.get(Path(name).suffix.lower())
        if media_type is None:
            raise _RefusedError(f"figure:{name}, which is not an SVG, PNG or JPEG picture")
        return self.figures[name], media_type

    def _read_file(self, url: str) -> tuple[bytes, str]:
        parts = urlsplit(url)
        try:
            path = Path(url2pathname(parts.path)).resolve(strict=True)
            if parts.netloc or not any(path.is_relative_to(folder) for folder in self.allowed):
                raise _RefusedError(f"{url}, which is outside the allowed folders")
            media_type = _FROM_DISK.get(path.suffix.lower())
            if media_type is None:
                raise _RefusedError(f"{url}, which is not a style sheet, a font or an SVG picture")
            return path.read_bytes(), media_type
        except (OSError, ValueError) as error:
            raise _RefusedError(f"{url}, which cannot be read") from error
