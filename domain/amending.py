"""A decision made again under embargo, because a file that it names has gone since the signature."""

from collections.abc import Collection, Sequence

from domain.phases import CycleAct, Phase, check_act
from domain.refusals import N_, Refusal
from domain.texts import is_blank

NOTHING_TO_AMEND = N_(
    "Aucun dossier distingué dans cette catégorie n'a quitté le palmarès : la décision signée tient."
)
UNEXPLAINED = N_("Dites pourquoi la décision change : le procès-verbal rectificatif le dira.")
NOT_A_CHOICE = N_(
    "Choisissez un dossier recevable, classé, et que le règlement permet de distinguer, ou aucun."
)


def check_amendable(phase: Phase, gone: Collection[str]) -> None:
    """Refuse to decide again where nothing changed, or once everybody has read it."""
    check_act(phase, CycleAct.AMEND)
    if not gone:
        raise Refusal(NOTHING_TO_AMEND)


def check_amended(laureate: str | None, able: Collection[str], reason: str) -> None:
    """Refuse a laureate who may not be one, and a change that nobody explains."""
    if laureate is not None and laureate not in able:
        raise Refusal(NOT_A_CHOICE)
    if is_blank(reason):
        raise Refusal(UNEXPLAINED)


def nominees_left(
    nominees: Sequence[str], gone: Collection[str], laureate: str | None
) -> tuple[str, ...]:
    """The nominees of the signed decision who are still there, less the new laureate."""
    return tuple(each for each in nominees if each not in gone and each != laureate)


def check_renunciation(phase: Phase, *, is_named: bool, has_renounced: bool) -> None:
    """Refuse to decline a prize that is not given, or that the public has read about."""
    if has_renounced:
        raise Refusal(N_("Cette structure a déjà renoncé à son prix."))
    if phase is not Phase.DECIDED or not is_named:
        raise Refusal(
            N_(
                "On renonce à un prix sous embargo, entre la décision du jury et la publication. "
                "Ensuite, c'est le palmarès qui se corrige."
            )
        )
