"""A new version of the charter: read from what was typed, compared with the last, then kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.changes import Change, changes
from domain.charter.document import CharterDocument
from domain.charter.parsing import TemplateError, charter_from, fingerprint
from domain.refusals import N_, Refusal
from storage.charters import CHARTER, charter_versions, register_charter
from storage.tables.charter import Charter
from storage.tables.records import JournalLine

LONGEST = 500_000
_NUL = "\\u0000"


class DocumentWrongError(Exception):
    """The document cannot be read as a charter: where, and what is wrong there, in English."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version that may be registered, and what it changes."""

    document: Mapping[str, Any]
    charter: CharterDocument
    changes: tuple[Change, ...]


class _Loader(yaml.SafeLoader):
    """YAML without references, of which a few lines can make a document of gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401  (as PyYAML has it)
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            # PyYAML's types do not say what an event is.
            event = cast("yaml.Event", self.peek_event())  # type: ignore[no-untyped-call]
            mark = cast("yaml.Mark", event.start_mark)
            raise yaml.MarkedYAMLError(problem="references are not allowed", problem_mark=mark)
        return super().compose_node(parent, index)


def document_in(text: str) -> dict[str, Any]:
    """The document that a text holds, or a refusal that says on which line it stops being one."""
    if not text.strip():
        raise Refusal(N_("Choisissez un fichier, ou collez le document."))
    if len(text) > LONGEST:
        raise Refusal(
            N_("Ce document est trop long : %(limit)s caractères au plus."), limit=LONGEST
        )
    try:
        # The loader is SafeLoader, with less.
        read = yaml.load(text, _Loader)  # noqa: S506
        plain = json.dumps(read, default=str, allow_nan=False, ensure_ascii=False)
        plain.encode()
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise Refusal(N_("Ce document ne peut pas être lu : ce n'est pas du YAML.")) from None
    if not isinstance(read, dict) or _NUL in plain:
        raise Refusal(N_("Ce document ne peut pas être lu : ce n'est pas du YAML."))
    return cast("dict[str, Any]", json.loads(plain))


def text_of(document: Mapping[str, Any]) -> str:
    """A document as it may be edited and read again."""
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=1000)


async def candidate(session: AsyncSession, document: Mapping[str, Any], today: date) -> Candidate:
    """The version that a document describes, unless something in it, or its place, is wrong."""
    try:
        charter = charter_from(document)
    except TemplateError as error:
        raise DocumentWrongError(error.path, error.problem) from None
    known = await charter_versions(session)
    if charter.code != CHARTER:
        raise Refusal(
            N_("Le code du document est « %(code)s » : celui de cette charte est « %(ours)s »."),
            code=charter.code,
            ours=CHARTER,
        )
    if known and charter.version != known[0].version + 1:
        raise Refusal(
            N_("Le document dit être la version %(said)s : la prochaine est la version %(next)s."),
            said=charter.version,
            next=known[0].version + 1,
        )
    earliest = max(today, known[0].in_force_from) if known else today
    if charter.in_force_from < earliest:
        raise Refusal(
            N_(
                "Cette version serait en vigueur depuis le %(day)s : donnez une date à partir du "
                "%(earliest)s."
            ),
            day=f"{charter.in_force_from:%d/%m/%Y}",
            earliest=f"{earliest:%d/%m/%Y}",
        )
    return Candidate(document, charter, changes(known[0].document if known else {}, document))


async def register(session: AsyncSession, version: Candidate, by_person: UUID) -> Charter:
    """Keep the version, with a line of audit; running adherences keep theirs."""
    row = await register_charter(session, version.document)
    if row.fingerprint != fingerprint(version.document):
        raise Refusal(N_("Une autre version porte déjà ce numéro : relisez la liste des versions."))
    session.add(
        JournalLine(
            actor=f"person:{by_person}",
            subject=f"charter:{row.code}",
            act="register_version",
            before=str(row.version - 1),
            after=str(row.version),
            calendar_version=row.version,
        )
    )
    return row


def _unreadable(error: yaml.MarkedYAMLError) -> Refusal:
    mark = error.problem_mark or error.context_mark
    return Refusal(
        N_("Ce document ne peut pas être lu : à la ligne %(line)s, colonne %(column)s."),
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
    )
