"""HTML as a person sees it: the words, the links, the forms and what they ask."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# A list of words reads better in lines than in a column.
# fmt: off
BLOCKS = frozenset((
    "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "section", "article", "main", "header",
    "footer", "nav", "aside", "ul", "ol", "dl", "dt", "dd", "td", "th", "table", "form",
    "fieldset", "legend", "label", "option", "summary", "details", "br",
))
# fmt: on
UNSEEN = frozenset({"script", "style", "title", "head"})
CAUGHT = frozenset({"a", "button", "textarea", "option"})
VOID = frozenset({"input", "br", "img", "meta", "link", "hr"})


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, and the words that lead there."""

    url: str
    words: str


@dataclass(slots=True)
class Control:
    """One control of a form, as the browser would send it."""

    name: str
    kind: str
    value: str = ""
    is_set: bool = False
    label: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends its form, perhaps elsewhere and with a value of its own."""

    words: str
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass(slots=True)
class Form:
    """A form of a page."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list[Control])
    buttons: list[Button] = field(default_factory=list[Button])

    def has(self, name: str) -> bool:
        """Whether the form asks for this."""
        return any(control.name == name for control in self.controls)

    def named(self, name: str) -> list[Control]:
        """Every control of that name."""
        return [control for control in self.controls if control.name == name]

    @property
    def names(self) -> list[str]:
        """What the form asks, each once."""
        return list(dict.fromkeys(control.name for control in self.controls))

    def sent(self) -> Iterator[tuple[str, str]]:
        """What would be sent if nobody touched the form."""
        for control in self.controls:
            if control.kind in {"checkbox", "radio"}:
                if control.is_set:
                    yield control.name, control.value
            elif control.kind != "file":
                yield control.name, control.value


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the service."""

    status: int
    url: str
    html: str
    title: str = ""
    heading: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def path(self) -> str:
        """Where it is, without the machine."""
        return urlsplit(self.url).path

    def says(self, words: str) -> bool:
        """Whether the page shows these words, however it sets their spaces and apostrophes."""
        return _plain(words) in _plain(self.text)

    def form_with(self, *names: str) -> Form | None:
        """The form that asks for all of these."""
        return next((form for form in self.forms if all(map(form.has, names))), None)

    def form_to(self, ending: str) -> Form | None:
        """The form that is sent to an address that ends so."""
        return next((form for form in self.forms if _path(form.action).endswith(ending)), None)

    def link_to(self, part: str) -> Link | None:
        """The first link whose path contains this."""
        return next((link for link in self.links if part in _path(link.url)), None)

    def links_to(self, part: str) -> list[str]:
        """Every address whose path contains this, each once."""
        return list(dict.fromkeys(link.url for link in self.links if part in _path(link.url)))


def read(status: int, url: str, html: str) -> Page:
    """The page that this HTML shows."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    text = "\n".join(" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    lines = "\n".join(line for line in text.split("\n") if line)
    return Page(
        status=status,
        url=url,
        html=html,
        title=" ".join(reader.title.split()),
        heading=" ".join(reader.heading.split()),
        text=lines,
        links=tuple(reader.links),
        forms=tuple(reader.labelled()),
    )


def _path(url: str) -> str:
    return urlsplit(url).path


def _plain(words: str) -> str:
    return " ".join(words.replace("\u2019", "'").split()).casefold()


class _Reader(HTMLParser):
    """Gathers words, links and forms while the HTML goes by."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.title = ""
        self.heading = ""
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self._url = url
        self._open: list[str] = []
        self._form: Form | None = None
        self._caught: list[str] | None = None
        self._attributes: dict[str, str] = {}
        self._select: Control | None = None
        self._ids: dict[int, str] = {}
        self._labels: dict[str, str] = {}
        self._label: str | None = None

    def labelled(self) -> list[Form]:
        """The forms, each control with the words of its label."""
        for form in self.forms:
            for control in form.controls:
                words = self._labels.get(self._ids.get(id(control), ""), "")
                control.label = " ".join(words.split()) or control.label
        return self.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.words.append("\n")
        if tag not in VOID:
            self._open.append(tag)
        match tag:
            case "form":
                action = urljoin(self._url, given.get("action") or self._url)
                self._form = Form(action, given.get("method", "get").lower())
                self.forms.append(self._form)
            case "a" | "button" | "textarea" | "option":
                self._caught, self._attributes = [], given
            case "select":
                self._select = Control(given.get("name", ""), "select")
                self._add(self._select, given)
            case "input":
                self._input(given)
            case "label":
                self._label = given.get("for", "")
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in BLOCKS:
            self.words.append("\n")
        if tag in CAUGHT and self._caught is not None:
            self._take(tag, "".join(self._caught))
            self._caught = None
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "label":
            self._label = None

    def _take(self, tag: str, caught: str) -> None:
        """Keep what was read inside a link, a button, an option or a text."""
        words = " ".join(caught.split())
        match tag:
            case "a" if "href" in self._attributes:
                self.links.append(Link(urljoin(self._url, self._attributes["href"]), words))
            case "button":
                self._button(words)
            case "textarea":
                # A first line end right after the tag is not part of the text.
                control = Control(
                    self._attributes.get("name", ""), "textarea", caught.removeprefix("\n")
                )
                self._add(control, self._attributes)
            case "option":
                self._option(words)
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.heading += data
        if self._caught is not None:
            self._caught.append(data)
        if self._label is not None:
            self._labels[self._label] = self._labels.get(self._label, "") + data
        if not UNSEEN.intersection(self._open):
            self.words.append(data)

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"submit", "button", "image", "reset"}:
            return
        value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
        label = given.get("aria-label", "")
        self._add(Control(given.get("name", ""), kind, value, "checked" in given, label), given)

    def _add(self, control: Control, given: dict[str, str]) -> None:
        if self._form is not None and control.name and "disabled" not in given:
            self._form.controls.append(control)
            self._ids[id(control)] = given.get("id", "")

    def _option(self, words: str) -> None:
        if self._select is None:
            return
        value = self._attributes.get("value", words)
        if "selected" in self._attributes or not self._select.choices:
            self._select.value = value
        self._select.choices.append((value, words))

    def _button(self, words: str) -> None:
        given = self._attributes
        if self._form is None or given.get("type", "submit") != "submit":
            return
        action = urljoin(self._url, given["formaction"]) if "formaction" in given else ""
        self._form.buttons.append(
            Button(words, given.get("name", ""), given.get("value", ""), action)
        )
