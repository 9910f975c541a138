"""PDF files, of one page each, that say what a test wants."""

import io

from pypdf import PdfReader, PdfWriter


def a_pdf(*lines: str) -> bytes:
    """A page with those lines under one another; a tab sets what follows further on the same line."""
    drawn = ["BT /F1 11 Tf 14 TL 60 780 Td"]
    for line in lines:
        cells = line.split("\t")
        drawn += [f"({_escaped(cell)}) Tj 150 0 Td" for cell in cells]
        drawn.append(f"{-150 * len(cells)} -14 Td")
    content = "\n".join([*drawn, "ET"]).encode("cp1252")
    return _written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )


def locked(pdf: bytes, password: str) -> bytes:
    """The same, that opens by a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _written(*objects: bytes) -> bytes:
    found, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        found
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(found))
    )
