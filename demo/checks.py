"""What must hold, seen from outside: a list of findings with what was expected and what was seen."""

from dataclasses import dataclass, field

from demo.pages import Page
from demo.visitor import WrongPageError

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was verified."""

    title: str
    holds: bool
    expected: str = ""
    seen: str = ""


@dataclass(slots=True)
class Checklist:
    """Everything that was verified, in the order of the story."""

    findings: list[Finding] = field(default_factory=list[Finding])

    def equal(self, title: str, seen: object, expected: object) -> None:
        """Two things that must be the same."""
        self.findings.append(Finding(title, seen == expected, repr(expected), repr(seen)))

    def holds(self, title: str, so: bool, seen: object = "", expected: str = "") -> None:  # noqa: FBT001  (the thing verified)
        """Something that must be so."""
        self.findings.append(Finding(title, so, expected or title, str(seen)))

    def page(self, title: str, page: Page, status: int, *words: str) -> None:
        """A page that must answer with a status and say these words."""
        missing = [each for each in words if not page.says(each)]
        expected = f"status {status}" + "".join(f", “{each}”" for each in words)
        seen = f"status {page.status}" + "".join(f", not “{each}”" for each in missing)
        seen += f" at {page.path}: {excerpt(page)}"
        self.findings.append(Finding(title, page.status == status and not missing, expected, seen))

    @property
    def failures(self) -> list[Finding]:
        """What does not hold."""
        return [finding for finding in self.findings if not finding.holds]


def expect(page: Page, what: str, *words: str, status: int = 200) -> Page:
    """The same page, if it is the one that the story needs; else say what was expected and seen."""
    missing = [each for each in words if not page.says(each)]
    if page.status == status and not missing:
        return page
    wanted = f"status {status}" + "".join(f", “{each}”" for each in words)
    message = (
        f"{what}: expected {wanted}; seen status {page.status} at {page.path}: {excerpt(page)}"
    )
    raise WrongPageError(message)


def excerpt(page: Page) -> str:
    """The beginning of what a page says."""
    said = " / ".join(page.text.split("\n"))
    return said[:SHOWN] + ("…" if len(said) > SHOWN else "")
