"""PDFs for tests, drawn on the spot."""

from __future__ import annotations

import io

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WORDS = "The keeper counts the lanterns every evening and writes the number in a ledger."


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with one page for each text; an empty text gives a page with a drawing only."""
    out = io.BytesIO()
    encryption = StandardEncryption(password, "owner") if password else None
    canvas = Canvas(out, encrypt=encryption, pageCompression=0)
    for text in pages:
        canvas.circle(300, 400, 80, fill=1)
        for place, line in enumerate(text.split("\n")):
            canvas.drawString(72, 720 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def without_pages() -> bytes:
    """A PDF whose page tree is empty."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = len(out)
    out += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
