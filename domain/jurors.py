"""The service of a juror, and the life of a score card."""

from enum import StrEnum

from domain.refusals import N_, Refusal


class JurorStatus(StrEnum):
    """Where a juror stands."""

    RESERVE = "reserve"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"


class CardStatus(StrEnum):
    """Where a score card stands."""

    TO_SCORE = "to_score"
    SEALED = "sealed"
    ABSTAINED = "abstained"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"


class JurorTask(StrEnum):
    """What a juror has to do before a date."""

    ANSWER = "answer"
    SCORE = "score"


class CardAct(StrEnum):
    """What a juror does with a card."""

    SEAL = "seal"
    ABSTAIN = "abstain"
    RECUSE = "recuse"


JUROR_NAMES = {
    JurorStatus.RESERVE: N_("En réserve"),
    JurorStatus.INVITED: N_("Invitation envoyée"),
    JurorStatus.ACCEPTED: N_("A accepté"),
    JurorStatus.DECLINED: N_("A décliné"),
    JurorStatus.EXPIRED: N_("Sans réponse"),
    JurorStatus.RELEASED: N_("Mission terminée"),
}

CARD_NAMES = {
    CardStatus.TO_SCORE: N_("À noter"),
    CardStatus.SEALED: N_("Notée"),
    CardStatus.ABSTAINED: N_("Abstention"),
    CardStatus.RECUSED: N_("Déport"),
    CardStatus.WITHDRAWN: N_("Candidature retirée"),
}

CARD_MOVES = {
    CardAct.SEAL: CardStatus.SEALED,
    CardAct.ABSTAIN: CardStatus.ABSTAINED,
    CardAct.RECUSE: CardStatus.RECUSED,
}


def has_changed_since(read_version: int | None, version: int) -> bool:
    """Whether a file has another version than the one that was scored; unknown is not changed."""
    return read_version is not None and read_version < version


def check_answer(status: JurorStatus) -> None:
    """Refuse an answer to an invitation that no longer waits for one."""
    if status is not JurorStatus.INVITED:
        raise Refusal(
            N_(
                "Cette invitation n’attend plus de réponse. Écrivez à l’organisateur pour changer d’avis."
            )
        )


def card_after(status: CardStatus, act: CardAct) -> CardStatus:
    """The state of a card after the act; what is sealed stays sealed."""
    if status is CardStatus.TO_SCORE:
        return CARD_MOVES[act]
    raise Refusal(N_("Cette fiche de notation est déjà close : le premier envoi a été gardé."))
