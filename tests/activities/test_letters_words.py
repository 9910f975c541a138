"""Every letter, as its receiver reads it."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from activities.letters.kinds import KINDS
from activities.letters.rendering import TEMPLATES, LetterTemplateError, Writer, check_letters
from activities.letters.samples import SAMPLES, Facts
from activities.letters.words import plain_name, wrapped
from settings import Settings

SETTINGS = Settings(base_url="https://trophees.example/")
WRITER = Writer(SETTINGS)
EVERY_LETTER = [
    pytest.param(kind, language, facts, id=f"{kind}-{number}-{language}")
    for kind in KINDS
    for number, facts in enumerate(SAMPLES[kind])
    for language in ("fr", "en")
]


class Links(HTMLParser):
    """The addresses that a letter makes a mail program fetch or open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.opened.append(str(value))
            elif name in {"src", "href", "background", "srcset"}:
                self.fetched.append(str(value))


def test_every_kind_is_a_folder_of_three_files_with_samples() -> None:
    folders = {
        path.name: sorted(file.name for file in path.iterdir())
        for path in (TEMPLATES / "emails").iterdir()
        if path.is_dir()
    }

    assert folders == {kind: ["body.html", "body.txt", "subject.txt"] for kind in KINDS}
    assert SAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize(("kind", "language", "facts"), EVERY_LETTER)
def test_a_letter_is_whole(kind: str, language: str, facts: Facts) -> None:
    written = WRITER.write(kind, language, "Camille Robin", facts)

    url = "https://trophees.example" + facts.get("token_path", facts.get("link", ""))
    why = {"fr": "Pourquoi cette lettre", "en": "Why this letter"}[language]
    links = Links(written.html)
    assert (links.opened, links.fetched) == ([url], [])
    assert written.text.count(url) == 1
    for body in (written.text, written.html):
        assert "Camille Robin" in body
        assert "equipe@trophees.example" in body
        assert why in body
        assert facts.get("cycle_name", "") in " ".join(body.split())
    assert "url(" not in written.html


@pytest.mark.parametrize(("kind", "language", "facts"), EVERY_LETTER)
def test_a_text_fits_a_terminal(kind: str, language: str, facts: Facts) -> None:
    written = WRITER.write(kind, language, "Camille Robin", facts)

    assert [line for line in written.text.splitlines() if len(line) > 76 and " " in line] == []
    assert "\n\n\n" not in written.text
    assert "\n" not in written.subject


@pytest.mark.parametrize(("kind", "language", "facts"), EVERY_LETTER)
def test_a_deadline_says_whose_hour(kind: str, language: str, facts: Facts) -> None:
    written = WRITER.write(kind, language, "Camille Robin", facts)

    hours = re.findall(r"\d\u00a0h\u00a0\d\d|\d\d:\d\d", written.text)
    paris = {"fr": "heure de Paris", "en": "Paris time"}[language]
    assert not hours or paris in " ".join(written.text.split())


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same_sentences(kind: str) -> None:
    said = [_sentences(TEMPLATES / "emails" / kind / name) for name in ("body.txt", "body.html")]

    assert said[0] == said[1]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_reads_an_empty_name_or_a_hole(kind: str) -> None:
    bare = {
        name: "" if name in {"title", "company", "reason", "mean"} else value
        for name, value in SAMPLES[kind][-1].items()
    }

    written = WRITER.write(kind, "fr", "", bare)

    assert "Bonjour," in written.text
    assert not re.search(r"« *»|None|\(\s*\)", written.text + written.html.replace("none", ""))


def test_markup_that_people_typed_is_shown_not_run() -> None:
    evil = "<img src=x onerror=alert(1)> & Cie"

    written = WRITER.write(
        "complements_requested",
        "fr",
        evil,
        SAMPLES["complements_requested"][0] | {"company": evil, "reason": evil},
    )

    assert "<img" not in written.html
    assert written.html.count("&lt;img src=x onerror=alert(1)&gt; &amp; Cie") == 3
    assert evil in " ".join(written.text.split())


def test_a_reference_in_a_title_is_not_cut() -> None:
    written = WRITER.write(
        "receipt", "fr", "", SAMPLES["receipt"][0] | {"number": "2027-<b>-7KQM-42XD"}
    )

    assert re.findall(r"<h1[^>]*>.*enregistrée (.*)</h1>", written.html) == [
        '(n°\u00a02027-&lt;b&gt;-<span style="white-space:nowrap">7KQM-42XD</span>)'
    ]


def test_a_name_is_no_advertisement() -> None:
    assert plain_name("Gagnez sur https://evil.com\r\nBcc: x") == (
        "Gagnez sur https:\u2060//evil.\u2060com Bcc: x"
    )
    assert plain_name("S.A.R.L. Dupont") == "S.A.R.L. Dupont"
    assert plain_name("camille@boreale.example") == "camille@boreale.example"
    assert len(plain_name("x" * 500)) == 120


def test_a_letter_links_to_this_service_only() -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "@evil.example"):
        with pytest.raises(ValueError, match="path of this service"):
            WRITER.write("jury_thanks", "fr", "", SAMPLES["jury_thanks"][0] | {"link": elsewhere})


def test_an_unknown_language_is_french() -> None:
    assert WRITER.write("login_link", "de", "", SAMPLES["login_link"][0]).subject == (
        "Votre lien de connexion"
    )


def test_lists_hang_and_links_stay_whole() -> None:
    link = "https://trophees.example/" + "x" * 80

    assert wrapped(f"- {'mot ' * 20}\n{link}\n\n\n\nfin") == (
        f"- {'mot ' * 17}mot\n  mot mot\n{link}\n\nfin\n"
    )


def test_every_letter_passes_the_check_at_start() -> None:
    check_letters(WRITER)


@pytest.mark.parametrize(
    ("file", "added", "complaint"),
    [
        ("body.txt", "{{ unknown }}", r"receipt/body\.txt:\d+ 'unknown' is undefined"),
        ("body.html", "{% if %}", r"receipt/body\.html:\d+ Expected an expression"),
        (
            "body.html",
            "{% block more %}<p>{% endblock %}",
            r"receipt/body\.html:\d+ <p> is never closed",
        ),
        (
            "body.html",
            "{% block more %}<p></td>{% endblock %}",
            r"receipt/body\.html:\d+ </td> closes <p>",
        ),
        ("subject.txt", "{{ closes_at | nothing }}", r"receipt/subject\.txt:\d+ No filter named"),
        ("subject.txt", None, r"receipt/subject\.txt is missing"),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    tmp_path: Path, file: str, added: str | None, complaint: str
) -> None:
    shutil.copytree(TEMPLATES / "emails", tmp_path / "emails")
    broken = tmp_path / "emails" / "receipt" / file
    if added is None:
        broken.unlink()
    else:
        broken.write_text(_inside(broken.read_text(encoding="utf-8"), added), encoding="utf-8")

    with pytest.raises(LetterTemplateError, match=complaint):
        check_letters(Writer(SETTINGS, tmp_path))


def test_a_folder_without_a_kind_is_named(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "emails", tmp_path / "emails")
    (tmp_path / "emails" / "stray").mkdir()

    with pytest.raises(LetterTemplateError, match="stray"):
        check_letters(Writer(SETTINGS, tmp_path))


def _inside(template: str, added: str) -> str:
    """The template with something more in its last block, or at its end."""
    before, end, after = template.rpartition("{% endblock %}")
    return before + added + end + after if end else template + added


def _sentences(template: Path) -> list[str]:
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701  (only read for its sentences)
    environment.policies["ext.i18n.trimmed"] = True
    found = environment.extract_translations(template.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    return [str(sentence) for _, _, sentence in found]
