"""What a chair decides in a category, and what the règlement says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.pages.jury.asking import uuid_in
from api.pages.jury.complaints import Complaints, only
from api.posted import PostedForm
from domain.refusals import N_
from storage.drafts.deliberation import Decided
from storage.reads.decisions import Chosen, chosen, passed_over

NO_LAUREATE = "none"
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says: a laureate or the word « none », nominees, a reason."""

    laureate: str
    nominees: tuple[UUID, ...]
    reason: str

    @property
    def laureate_id(self) -> UUID | None:
        """The file chosen as laureate, if the form names one."""
        return uuid_in(self.laureate)

    def decided(self, category: str) -> Decided:
        """The decision to keep."""
        return Decided(category, self.laureate_id, self.nominees, self.reason)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A category of a cycle where a choice is made, and how many nominees it may have."""

    cycle_id: UUID
    category: str
    nominees: int


def choice_in(form: PostedForm) -> Choice:
    """What the chair chose; a nominee named twice is named once."""
    named = dict.fromkeys(uuid_in(each) for each in form.getlist("nominee"))
    nominees = tuple(each for each in named if each is not None)
    return Choice(form.get("laureate"), nominees, form.get("reason").strip())


async def complaints_about(session: AsyncSession, ballot: Ballot, choice: Choice) -> Complaints:
    """What keeps a choice from being kept, by field."""
    laureate_id = choice.laureate_id
    if laureate_id is None and choice.laureate != NO_LAUREATE:
        return only("laureate", N_("Choisissez le dossier lauréat, ou « aucun lauréat »."))
    ids = [each for each in (laureate_id, *choice.nominees) if each is not None]
    files = await chosen(session, ballot.cycle_id, ids)
    wrong = _impossible(ballot, choice, files)
    if wrong:
        return wrong
    if len(choice.reason) > LONGEST_REASON:
        return only("reason", N_("Ce texte est trop long : 2 000 caractères au plus."))
    why = "" if choice.reason else await _reason_needed(session, ballot, choice, files)
    return only("reason", why) if why else {}


def _impossible(ballot: Ballot, choice: Choice, files: Mapping[UUID, Chosen]) -> Complaints:
    """What no reason makes possible."""
    laureate = files.get(choice.laureate_id) if choice.laureate_id else None
    if choice.laureate_id and not (laureate and laureate.category == ballot.category):
        return only("laureate", N_("Ce dossier n'est pas classé dans cette catégorie."))
    if laureate and not laureate.is_awardable:
        return only("laureate", N_("Le règlement ne permet pas de distinguer ce dossier."))
    if choice.laureate_id in choice.nominees:
        return only("nominee", N_("Le dossier lauréat ne peut pas être aussi nommé."))
    if len(choice.nominees) > ballot.nominees:
        sentence = N_("Choisissez %(count)s dossiers nommés au plus.")
        return only("nominee", sentence, count=ballot.nominees)
    if not all(_may_be_named(files.get(each), ballot) for each in choice.nominees):
        return only("nominee", N_("Un dossier nommé n'est pas classé dans cette catégorie."))
    return {}


def _may_be_named(file: Chosen | None, ballot: Ballot) -> bool:
    return (
        file is not None
        and file.category == ballot.category
        and file.rank is not None
        and not file.is_withdrawn
    )


async def _reason_needed(
    session: AsyncSession, ballot: Ballot, choice: Choice, files: Mapping[UUID, Chosen]
) -> str:
    """Why the choice asks for a reason; nothing when it follows the ranking."""
    if choice.laureate_id is None:
        return N_("Dites pourquoi ce trophée n'est pas décerné : le procès-verbal le dira.")
    if files[choice.laureate_id].is_tied:
        return N_("Des dossiers sont à égalité : dites comment le jury les a départagés.")
    ranks: list[tuple[int | None, tuple[UUID, ...]]] = [
        (files[choice.laureate_id].rank, (choice.laureate_id,))
    ]
    if choice.nominees:
        lowest = max(files[each].rank or 0 for each in choice.nominees)
        ranks.append((lowest, (choice.laureate_id, *choice.nominees)))
    if await _passes_over(session, ballot, ranks) or _is_below(choice.nominees, files):
        return N_("Ce choix s'écarte du classement : dites pourquoi, le procès-verbal le dira.")
    return ""


async def _passes_over(
    session: AsyncSession,
    ballot: Ballot,
    ranks: Sequence[tuple[int | None, tuple[UUID, ...]]],
) -> bool:
    """Whether a better file, or an equal one, is left aside."""
    for rank, spared in ranks:
        if await passed_over(session, ballot.cycle_id, ballot.category, rank or 0, spared):
            return True
    return False


def _is_below(nominees: Sequence[UUID], files: Mapping[UUID, Chosen]) -> bool:
    return any(not files[each].is_awardable for each in nominees)
