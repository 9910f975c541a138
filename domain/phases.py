"""The phases of a cycle, and which may follow which."""

from enum import StrEnum

from domain.refusals import N_, Refusal


class Phase(StrEnum):
    """Where a cycle stands."""

    PREPARED = "prepared"
    OPEN = "open"
    SCREENING = "screening"
    EVALUATION = "evaluation"
    DELIBERATION = "deliberation"
    DECIDED = "decided"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ORDER = (
    Phase.PREPARED,
    Phase.OPEN,
    Phase.SCREENING,
    Phase.EVALUATION,
    Phase.DELIBERATION,
    Phase.DECIDED,
    Phase.PUBLISHED,
    Phase.CLOSED,
)

NAMES = {
    Phase.PREPARED: N_("En préparation"),
    Phase.OPEN: N_("Candidatures ouvertes"),
    Phase.SCREENING: N_("Recevabilité"),
    Phase.EVALUATION: N_("Évaluation"),
    Phase.DELIBERATION: N_("Délibération"),
    Phase.DECIDED: N_("Décidé, sous embargo"),
    Phase.PUBLISHED: N_("Palmarès publié"),
    Phase.CLOSED: N_("Clos"),
    Phase.CANCELLED: N_("Annulé"),
}


class CycleAct(StrEnum):
    """What somebody asks of a cycle, beside its dates and its phases."""

    AMEND = "amend_decision"
    REGROUP = "regroup"
    UNGROUP = "undo_regrouping"
    JUDGE_CONFLICT = "judge_conflict"


BUSY = N_("Ce cycle change de phase en ce moment : rechargez la page.")
ACTS_IN = {
    CycleAct.AMEND: frozenset({Phase.DECIDED}),
    CycleAct.REGROUP: frozenset({Phase.SCREENING}),
    CycleAct.UNGROUP: frozenset({Phase.SCREENING}),
    CycleAct.JUDGE_CONFLICT: frozenset(ORDER[: ORDER.index(Phase.DECIDED)]),
}
_REGROUPED_LATE = N_(
    "Un regroupement se décide, et s'annule, pendant l'examen de la recevabilité : l'évaluation fixe "
    "qui lit quoi."
)
_NOT_NOW = {
    CycleAct.AMEND: N_(
        "Une décision ne se reprend qu'entre la signature et la publication ; ensuite, c'est le "
        "palmarès qui se corrige."
    ),
    CycleAct.REGROUP: _REGROUPED_LATE,
    CycleAct.UNGROUP: _REGROUPED_LATE,
    CycleAct.JUDGE_CONFLICT: N_(
        "Le procès-verbal est signé : un lien découvert maintenant se dit à la présidence du jury, qui "
        "reprend sa décision, ou conduit à corriger le palmarès."
    ),
}

ENDED = frozenset({Phase.CLOSED, Phase.CANCELLED})

# Deliberation ends by the chair's signature, never by a click on « clore la phase ».
MAY_END_EARLY = frozenset(
    {
        Phase.PREPARED,
        Phase.OPEN,
        Phase.SCREENING,
        Phase.EVALUATION,
        Phase.DECIDED,
        Phase.PUBLISHED,
    }
)


def after(phase: Phase) -> Phase:
    """The phase that follows."""
    return ORDER[ORDER.index(phase) + 1]


def check_end(current: Phase, asked: Phase) -> None:
    """Refuse to end a phase that is not running, or that only a signature ends."""
    if asked is not current:
        raise Refusal(
            N_("Cette phase n’est pas en cours. Rechargez la page pour voir où en est le cycle."),
        )
    if current not in MAY_END_EARLY:
        raise Refusal(
            N_("Cette phase ne se clôt pas à la main : la signature du procès-verbal y met fin."),
        )


def check_act(current: Phase, act: CycleAct) -> None:
    """Refuse what the phase of the cycle does not allow."""
    if current not in ACTS_IN[act]:
        raise Refusal(_NOT_NOW[act])


def check_signing(current: Phase) -> None:
    """Refuse a signature outside the deliberation."""
    if current is not Phase.DELIBERATION:
        raise Refusal(N_("Le procès-verbal ne se signe que pendant la délibération."))


def check_cancel(current: Phase) -> None:
    """Refuse to cancel what is over."""
    if current in ENDED:
        raise Refusal(N_("Ce cycle est déjà terminé : il ne peut plus être annulé."))


def check_reason(reason: str) -> None:
    """Refuse an act without a reason: the journal and the people concerned will want it."""
    if not reason.strip():
        raise Refusal(N_("Indiquez le motif : il figurera au journal du cycle."))
