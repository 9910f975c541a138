"""Whether the tags of an HTML template close what they open."""

import re
from html.parser import HTMLParser

JINJA = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def check_markup(template: str) -> str:
    """The first line and tag that do not match, as « 12 </td> closes <p> of line 10 »; empty when all do."""
    reader = _Reader()
    reader.feed(JINJA.sub(_blank, template))
    reader.close()
    if not reader.problem and reader.opened:
        tag, line = reader.opened[-1]
        return f"{line} <{tag}> is never closed"
    return reader.problem


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, int]] = []
        self.problem = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (what the parser hands over)
        if tag not in VOID:
            self.opened.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        last, line = self.opened.pop() if self.opened else ("nothing", 0)
        if last != tag and not self.problem:
            self.problem = f"{self.getpos()[0]} </{tag}> closes <{last}> of line {line}"


def _blank(found: re.Match[str]) -> str:
    """Spaces instead of Jinja's own marks, with their line breaks, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", found[0])
