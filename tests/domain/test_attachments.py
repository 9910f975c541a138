"""Which files may be joined: the content decides, never the name."""

import pytest

from domain.attachments import (
    LONGEST_NAME,
    TooHeavy,
    check_room,
    check_size,
    media_type_of,
    name_of,
)
from domain.edition import AttachmentLimits
from domain.refusals import Refusal

LIMITS = AttachmentLimits(
    count=2,
    bytes_each=10,
    bytes_total=15,
    types=("application/pdf", "image/jpeg", "image/png"),
)


@pytest.mark.parametrize(
    ("beginning", "media_type"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_the_first_bytes_tell_the_kind(beginning: bytes, media_type: str) -> None:
    assert media_type_of(beginning, LIMITS) == media_type


@pytest.mark.parametrize(
    "beginning", [b"", b"MZ", b"PK\x03\x04", b"<html>", b"%PDF", b"\x89PNG", b"GIF89a"]
)
def test_anything_else_is_refused(beginning: bytes) -> None:
    with pytest.raises(Refusal):
        media_type_of(beginning, LIMITS)


def test_a_kind_that_the_edition_does_not_take_is_refused() -> None:
    only_pdf = AttachmentLimits(2, 10, 15, ("application/pdf",))

    with pytest.raises(Refusal, match=r"\(PDF\)"):
        media_type_of(b"\x89PNG\r\n\x1a\n", only_pdf)


def test_a_file_weighs_as_much_as_allowed_and_no_more() -> None:
    check_size(10, LIMITS)

    with pytest.raises(TooHeavy):
        check_size(11, LIMITS)


def test_there_is_room_up_to_the_count_and_the_weight() -> None:
    check_room([5], 10, LIMITS)

    with pytest.raises(TooHeavy):
        check_room([6], 10, LIMITS)
    with pytest.raises(Refusal, match="2 pièces"):
        check_room([1, 1], 1, LIMITS)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Relevé d'heures.pdf", "Relevé d'heures.pdf"),
        ("C:\\Users\\Paul\\lettre.PDF", "lettre.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("lettre.exe", "lettre.exe.pdf"),
        ("", "piece.pdf"),
        (".pdf", "pdf.pdf"),
        ("a\x00b\nc\u202egnp.pdf", "abcgnp.pdf"),
        ("Note\u0301e.pdf", "Notée.pdf"),
    ],
    ids=["accents", "windows", "climbing", "wrong ending", "none", "hidden", "control", "composed"],
)
def test_a_name_keeps_what_people_read_and_nothing_else(sent: str, kept: str) -> None:
    assert name_of(sent, "application/pdf") == kept


def test_a_name_has_an_end() -> None:
    name = name_of("é" * 500 + ".pdf", "application/pdf")

    assert (len(name), name[-4:]) == (LONGEST_NAME, ".pdf")
