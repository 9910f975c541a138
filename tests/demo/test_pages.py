"""A page is read as a person sees it, and its forms are sent as a browser would."""

import pytest

from demo.pages import Button, Link, read
from demo.visitor import WrongPageError, fields_of

HERE = "http://localhost/jury/1"
A_FORM = """
<title>Une fiche</title>
<h1>Maraîchers du Léon</h1>
<form method="post" action="/jury/1/fiches/2">
  <input type="hidden" name="csrf_token" value="abc">
  <label for="a">Titre</label> <input id="a" name="title" value="Avant">
  <textarea name="story">
première ligne
deuxième</textarea>
  <input type="radio" name="score.IMP" value="3" checked><input type="radio" name="score.IMP" value="4">
  <input type="checkbox" name="conflict" value="x" id="c"><label for="c"><b>Cyclerie</b> du Golfe</label>
  <select name="size"><option value="tpe">Petite</option><option value="eti" selected>Grande</option></select>
  <input name="gone" value="1" disabled>
  <button type="submit" formaction="/jury/1/fiches/2/relecture">Relire <b>avant</b></button>
</form>
<p>Voir <a href="/palmares">le palmarès&nbsp;2027</a></p><script>var x = "caché";</script>
"""


def test_a_page_shows_its_words_and_links_and_hides_its_scripts() -> None:
    page = read(200, HERE, A_FORM)

    assert (page.title, page.heading) == ("Une fiche", "Maraîchers du Léon")
    assert page.links == (Link("http://localhost/palmares", "le palmarès 2027"),)
    assert page.says("Voir le palmarès 2027")
    assert not page.says("caché")


def test_a_form_untouched_is_sent_as_it_stands() -> None:
    form = read(200, HERE, A_FORM).forms[0]

    data = fields_of(form, {})

    assert data == {
        "csrf_token": ["abc"],
        "title": ["Avant"],
        "story": ["première ligne\ndeuxième"],
        "score.IMP": ["3"],
        "size": ["eti"],
    }


def test_what_is_filled_replaces_what_stood_there() -> None:
    form = read(200, HERE, A_FORM).forms[0]

    data = fields_of(form, {"title": "Après", "score.IMP": "4", "conflict": ["x"]})

    assert (data["title"], data["score.IMP"], data["conflict"]) == (["Après"], ["4"], ["x"])


def test_a_field_that_the_form_does_not_ask_is_an_error_and_not_a_silence() -> None:
    form = read(200, HERE, A_FORM).forms[0]

    with pytest.raises(WrongPageError, match="does not ask for colour"):
        fields_of(form, {"colour": "red"})


def test_a_button_knows_its_words_and_where_it_sends() -> None:
    form = read(200, HERE, A_FORM).forms[0]

    assert form.buttons == [
        Button("Relire avant", action="http://localhost/jury/1/fiches/2/relecture")
    ]


def test_a_tick_knows_the_words_beside_it() -> None:
    form = read(200, HERE, A_FORM).forms[0]

    assert [control.label for control in form.named("conflict")] == ["Cyclerie du Golfe"]
