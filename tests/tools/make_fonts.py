"""Make the faces in ``templates/fonts`` again from the makers' own packages.

Run it from an empty folder, with the unpacked npm packages named on the command line::

    npm pack source-sans@3.52.0 source-serif@4.5.1
    for f in *.tgz; do mkdir "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
    python tests/tools/make_fonts.py source-sans-3.52.0/package source-serif-4.5.1/package \
        templates/fonts

The result depends on nothing but those files and the version of fontTools.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WINDOWS_ENGLISH = (3, 1, 0x409)
STYLE_NAMES = {
    (400, False): "Regular",
    (400, True): "Italic",
    (600, False): "SemiBold",
    (700, False): "Bold",
}
# Alternates that no page asks for. They make up a third of each face and of its tables.
UNUSED_FEATURES = {"aalt", "salt", "titl", "hlig", "dlig", "smcp", "c2sc"}


@dataclass(frozen=True)
class Face:
    """One file to make: where it comes from and what it is called afterwards."""

    source: str
    family: str
    weight: int
    italic: bool = False

    @property
    def style(self) -> str:
        """The style's name, as it stands in the name table."""
        return STYLE_NAMES[self.weight, self.italic]

    @property
    def postscript(self) -> str:
        """The PostScript name, which is the file's name too."""
        return f"{self.family.replace(' ', '')}-{self.style}"


FACES = (
    Face("TTF/SourceSans3-Regular.ttf", "Board Sans", 400),
    Face("TTF/SourceSans3-Semibold.ttf", "Board Sans", 600),
    Face("TTF/SourceSans3-Bold.ttf", "Board Sans", 700),
    Face("TTF/SourceSerif4-Regular.ttf", "Board Serif", 400),
    Face("TTF/SourceSerif4-It.ttf", "Board Serif", 400, italic=True),
    Face("TTF/SourceSerif4-Semibold.ttf", "Board Serif", 600),
    Face("TTF/SourceSerif4Display-Semibold.ttf", "Board Serif Display", 600),
)


def reduce_face(font: TTFont) -> None:
    """Drop hinting and unused alternates; every character of the face stays."""
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 3, 5, 7, 13, 14]
    options.name_languages = [WINDOWS_ENGLISH[2]]
    options.drop_tables += ["DSIG"]
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    features |= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    alternates = {tag for tag in features if tag[:2] in ("cv", "ss") and tag[2:].isdigit()}
    options.layout_features = sorted(features - UNUSED_FEATURES - alternates)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)


def rename_face(font: TTFont, face: Face) -> None:
    """Give the face our family name, so that one family and a weight find it in both engines.

    The licence reserves the name 'Source' for the unmodified fonts. Copyright, trademark and
    licence entries stay as they are.
    """
    names = font["name"]
    version = names.getDebugName(5)
    for name_id, text in {
        1: face.family,
        2: face.style,
        3: f"board-report;{face.postscript};{version}",
        4: f"{face.family} {face.style}",
        6: face.postscript,
    }.items():
        names.setName(text, name_id, *WINDOWS_ENGLISH)
    os2 = font["OS/2"]
    os2.usWeightClass = face.weight
    regular, bold, italic = 1 << 6, 1 << 5, 1 << 0
    os2.fsSelection &= ~(regular | bold | italic)
    os2.fsSelection |= italic if face.italic else bold if face.weight == 700 else 0
    os2.fsSelection |= regular if face.style == "Regular" else 0
    font["head"].macStyle = (face.weight == 700) | (face.italic << 1)


def make_face(face: Face, packages: list[Path], target: Path) -> Path:
    """Write one face into the target folder and return its path."""
    source = next(path for path in (p / face.source for p in packages) if path.is_file())
    font = TTFont(source, recalcTimestamp=False)
    reduce_face(font)
    rename_face(font, face)
    path = target / f"{face.postscript}.ttf"
    font.save(path)
    return path


def main() -> None:
    """Make every face."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", nargs=2, type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    for face in FACES:
        path = make_face(face, arguments.packages, arguments.target)
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
