"""A PDF that does more than show its pages is not taken, whatever it hides behind."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from activities.documents.reading import check_inert
from domain.refusals import Refusal
from tests.pdfs import a_pdf

Change = Callable[[PdfWriter], object]


def changed(change: Change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Un relevé"))))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def launching(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            changed(lambda pdf: pdf.add_open_action(JavaScript("app.alert('x')"))), id="a script"
        ),
        pytest.param(
            changed(lambda pdf: pdf.add_open_action(JavaScript("app.alert('x')"))).replace(
                b"/JavaScript", b"/J#61vaScript"
            ),
            id="a script whose name is disguised",
        ),
        pytest.param(changed(lambda pdf: pdf.add_attachment("x.exe", b"MZ")), id="a file inside"),
        pytest.param(changed(launching), id="a program to launch"),
        pytest.param(
            b"%PDF-1.7\n<< /S /JavaScript /JS (x) >>", id="a broken one that shows a script"
        ),
    ],
)
async def test_a_pdf_that_acts_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "piece"
    path.write_bytes(content)

    with pytest.raises(Refusal, match="contient un programme"):
        await check_inert(path, "application/pdf")


async def test_a_pdf_that_only_shows_pages_is_taken_as_are_other_kinds(tmp_path: Path) -> None:
    page, script = tmp_path / "page", tmp_path / "script"
    page.write_bytes(a_pdf("Un relevé /JavaScript"))
    script.write_bytes(changed(lambda pdf: pdf.add_open_action(JavaScript("app.alert('x')"))))

    await check_inert(page, "application/pdf")
    await check_inert(script, "image/png")
