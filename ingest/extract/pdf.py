"""What PDFium says of a PDF, one JSON object a line. Knows no sentence, no section and no library.

Run as a child process (`python -m ingest.extract.pdf SECONDS MEMORY_MB`, the PDF on standard input), since a PDF
from anywhere may crash, hang or swell; `ingest.extract.child` starts it and watches it. It writes

    {"pages": 12, "title": "…", "outline": [[level, "title", page index], …], "notes": ["…"]}
    {"number": 1, "label": "i", "text": "…", "boxes": "base64", "sizes": "base64", "flags": "base64", …}
    {"done": true}

or `{"error": "encrypted" | "damaged" | "no pages", "detail": "…"}`. `text` has one character for each of PDFium's;
`boxes` is `corpus.boxes` packing, `sizes` the height of each character and `bases` how far below the page's top its base
line is, both in sixteenths of a point (zlib, uint16), `flags` a byte a character (zlib): 1 bold, 2 mathematical font, 4 not
upright on the page as shown, 8 font of signs; `size` is the page's width and height in points. Bold, mathematical and
upright are told at a word's first character, which is what a layout needs. Readers' annotations are counted, and never
read: PDFium's text page holds the page's own content only.
"""

from __future__ import annotations

import base64
import ctypes
import json
import math
import re
import sys
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np

from corpus.boxes import UNITS_PER_POINT, pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

BOLD, MATH, TURNED, SIGNS = 1, 2, 4, 8
UPRIGHT = 0.995
"""Cosine of the widest angle of an upright line, six degrees: a scan may lie askew."""
_BOLD_FONT = re.compile(r"bold|medi(um)?\b|-medi|cmbx|cmssbx|black|heavy|semib|-b$|sfbx", re.I)
_MATH_FONT = re.compile(r"cmmi|cmsy|cmex|msam|msbm|math|eufm|rsfs|stmary|wasy|symbol|mtsy|mtmi|txsy|txmi|bbold|dsrom", re.I)
_SIGN_FONT = re.compile(
    r"cmsy|cmbsy|cmex|msam|msbm|eufm|rsfs|stmary|wasy|symbol|extension|mtsy|txsy|txex|bb\b|stbb|bbold|dsrom|dingbat", re.I
)
"""Fonts whose letters and digits are no plain ones: PDFium gives R for an integral, 6 for a stroke through a sign."""
_READERS_MARKS = {1: "note", 3: "note", 9: "highlight", 10: "underline", 11: "squiggle", 12: "strike-out", 15: "drawing"}
"""PDFium's annotation subtypes that readers leave: Text, FreeText, Highlight, Underline, Squiggly, StrikeOut, Ink."""


def main(argv: list[str]) -> int:
    """Read the PDF on standard input under the limits given, and write what it holds."""
    seconds, memory_mb = float(argv[1]), int(argv[2])
    _limit(seconds, memory_mb)
    write_pages(sys.stdin.buffer.read(), sys.stdout)
    return 0


def write_pages(content: bytes, out: TextIO) -> None:
    """Write the header, the pages and the end mark, or one error."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        kind = "encrypted" if "password" in str(error).lower() else "damaged"
        return _write(out, {"error": kind, "detail": str(error)})
    if len(pdf) == 0:
        return _write(out, {"error": "no pages", "detail": "The page tree is empty."})
    _write(out, {"pages": len(pdf), "title": _title(pdf), "outline": _outline(pdf), "notes": _notes(pdf, pdfium)})
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            row = read_page(page, pdfium)
        except pypdfium2.PdfiumError as error:
            row = {"text": "", "failed": str(error)}
        _write(out, {"number": index + 1, "label": _label(pdf, index), **row})
    return _write(out, {"done": True})


def read_page(page: Any, pdfium: Any) -> dict[str, object]:
    """Text, boxes, heights, base lines and font flags of one page; one row for each of PDFium's characters."""
    handle = page.get_textpage()
    count = pdfium.FPDFText_CountChars(handle)
    loose, feet = np.zeros((count, 4)), np.zeros((count, 2))
    flags = np.zeros(count, dtype=np.uint8)
    letters: list[str] = []
    box, x, y, fresh, mark = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), True, 0
    rotation = math.radians(page.get_rotation())
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        letters.append(letter)
        if letter in "\r\n" or not pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            fresh = True
            continue
        loose[index] = box.left, box.top, box.right, box.bottom
        if pdfium.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y)):
            feet[index] = x.value, y.value
        kind = _font_kind(_font_name(handle, index, pdfium))
        if fresh or letter == " ":
            mark = (kind & ~SIGNS) | _turned(handle, index, pdfium, rotation)
        fresh = letter == " "
        flags[index] = mark | (kind & SIGNS)
    boxes, bases = _as_shown(loose, feet, page, pdfium)
    width, height = page.get_size()
    return {
        "text": "".join(letters),
        "boxes": _base64(pack(boxes)),
        "sizes": _units(boxes[:, 3] - boxes[:, 1]),
        "bases": _units(bases),
        "flags": _base64(zlib.compress(flags.tobytes())),
        "size": [width, height],
    }


def _font_name(handle: Any, index: int, pdfium: Any) -> bytes:
    name, font = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(font))
    return name.raw[: max(0, min(length, 128) - 1)]


@cache
def _font_kind(name: bytes) -> int:
    """Bold, mathematical or of signs, by the font's name."""
    text = name.decode("utf-8", "replace")
    return sum(bit for bit, fonts in ((BOLD, _BOLD_FONT), (MATH, _MATH_FONT), (SIGNS, _SIGN_FONT)) if fonts.search(text))


def _turned(handle: Any, index: int, pdfium: Any, rotation: float) -> int:
    """`TURNED`, by the character's angle on the page as shown; else 0."""
    return TURNED if math.cos(pdfium.FPDFText_GetCharAngle(handle, index) + rotation) < UPRIGHT else 0


def _as_shown(
    loose: NDArray[np.float64], feet: NDArray[np.float64], page: Any, pdfium: Any
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn (left, top, right, bottom) and the characters' origins, both in page space, into boxes and base lines on the page
    as shown: cropped, rotated, origin top left.

    PDFium maps points in whole pixels, so three corners are mapped at 100 pixels a point and the affine map read off them.
    """
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(page_x: float, page_y: float) -> NDArray[np.float64]:
        pdfium.FPDF_PageToDevice(
            page, 0, 0, round(width * 100), round(height * 100), 0, page_x, page_y, ctypes.byref(x), ctypes.byref(y)
        )
        return np.array([x.value / 100, y.value / 100])

    origin, right, up = shown(0, 0), shown(1000, 0), shown(0, 1000)
    along, across = (right - origin) / 1000, (up - origin) / 1000
    first, second, foot = (
        origin + points[:, :1] * along + points[:, 1:] * across for points in (loose[:, :2], loose[:, 2:], feet)
    )
    boxes = np.concatenate([np.minimum(first, second), np.maximum(first, second)], axis=1)
    boxes[~loose.any(axis=1)] = 0
    return boxes, foot[:, 1]


def _units(points: NDArray[np.float64]) -> str:
    """Lengths in points as the row has them."""
    return _base64(zlib.compress(np.clip(np.rint(points * UNITS_PER_POINT), 0, 65535).astype("<u2").tobytes()))


def _title(pdf: Any) -> str | None:
    """The title that the file's metadata names."""
    title = str(pdf.get_metadata_value("Title") or "").strip()
    return title or None


def _label(pdf: Any, index: int) -> str | None:
    """The page's printed label, where the file states one."""
    return str(pdf.get_page_label(index) or "").strip() or None


def _outline(pdf: Any) -> list[list[object]]:
    """The bookmarks as [level, title, page index], at most 2,000; a broken outline is no outline."""
    rows: list[list[object]] = []
    try:
        for bookmark in pdf.get_toc(max_depth=6):
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                rows.append([bookmark.level, bookmark.get_title(), page])
            if len(rows) >= 2000:
                break
    except Exception:  # PDFium's outlines fail in many ways, and none of them matters to the text
        return rows
    return rows


def _notes(pdf: Any, pdfium: Any) -> list[str]:
    """Say how many readers' marks the file carries, since they are not the author's words."""
    marks = 0
    for index in range(len(pdf)):
        page = pdfium.FPDF_LoadPage(pdf, index)
        if not page:
            continue
        for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, place)
            marks += pdfium.FPDFAnnot_GetSubtype(annotation) in _READERS_MARKS
            pdfium.FPDFPage_CloseAnnot(annotation)
        pdfium.FPDF_ClosePage(page)
    if not marks:
        return []
    say = "1 reader's mark (a highlight or note) is" if marks == 1 else f"{marks} readers' marks (highlights, notes) are"
    return [f"{say} not the author's words and left out"]


def _limit(seconds: float, memory_mb: int) -> None:
    """Bind this process; where the platform has no such limits, the parent's clock still holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _write(out: TextIO, row: dict[str, object]) -> None:
    out.write(json.dumps(row, ensure_ascii=True) + "\n")
    out.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
