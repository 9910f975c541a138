"""The life of an adherence: its states, and the moves that are allowed."""

from enum import StrEnum

from domain.refusals import N_, Refusal


class State(StrEnum):
    """Where an adherence stands; the codes are those of the published rules."""

    DRAFT = "brouillon"
    FILED = "deposee"
    COMPLEMENTS = "complements_demandes"
    ACTIVE = "active"
    TO_COMPLETE = "bilan_a_completer"
    UNREPORTED = "sans_bilan"
    SUSPENDED = "suspendue"
    EXPIRED = "echue"
    REMOVED = "radiee"
    ABANDONED = "abandonnee"
    REFUSED = "refusee"
    FORMER = "ancienne"
    WITHDRAWN = "retiree"
    CEASED = "cessee"


class Act(StrEnum):
    """What somebody, or the calendar, asks of an adherence."""

    SIGN = "signer"
    COMPLETE = "completer"
    ABANDON = "abandonner"
    ASK_COMPLEMENTS = "demander_complements"
    ACCEPT = "accepter"
    REFUSE = "refuser"
    FILE_REPORT = "deposer_bilan"
    VALIDATE_REPORT = "valider_bilan"
    RETURN_REPORT = "retourner_bilan"
    EXTEND = "accorder_delai"
    RENEW = "renouveler"
    WITHDRAW = "retirer"
    SUSPEND = "suspendre"
    LIFT = "lever_suspension"
    REMOVE = "radier"
    NAME_SUCCESSOR = "designer_successeur"
    TRANSFER = "transferer"
    TAKE_OVER = "reprendre_direction"
    EXPIRE = "expirer"
    OPEN_WINDOW = "ouvrir_fenetre"
    TAKE_AS_DECLARED = "accepter_tacitement"
    MISS = "constater_absence"
    REMOVE_FOR_SILENCE = "radier_sans_bilan"
    REACH_TERM = "atteindre_terme"
    END_GRACE = "clore_grace"
    CEASE = "constater_cessation"
    END_CESSATION = "clore_cessation"


NAMES = {
    State.DRAFT: N_("Brouillon"),
    State.FILED: N_("Dossier déposé"),
    State.COMPLEMENTS: N_("Compléments demandés"),
    State.ACTIVE: N_("Signataire à jour"),
    State.TO_COMPLETE: N_("Bilan à compléter"),
    State.UNREPORTED: N_("Bilan non transmis"),
    State.SUSPENDED: N_("Adhésion suspendue"),
    State.EXPIRED: N_("Adhésion échue, renouvellement attendu"),
    State.REMOVED: N_("Radiée"),
    State.ABANDONED: N_("Dossier abandonné"),
    State.REFUSED: N_("Dossier refusé"),
    State.FORMER: N_("Ancienne signataire"),
    State.WITHDRAWN: N_("Retrait volontaire"),
    State.CEASED: N_("Établissement fermé"),
}

# What the public reads; the other states are nobody's business.
PUBLIC_NAMES = NAMES | {State.TO_COMPLETE: NAMES[State.ACTIVE]}

ENTERING = frozenset({State.DRAFT, State.FILED, State.COMPLEMENTS})
IN_ORDER = frozenset({State.ACTIVE, State.TO_COMPLETE})
LIVING = IN_ORDER | {State.UNREPORTED, State.SUSPENDED, State.EXPIRED}
ENDED = frozenset({State.REMOVED, State.ABANDONED, State.REFUSED, State.FORMER, State.WITHDRAWN})

# When two events meet, the graver one is what the public reads (published rules, precedence).
PRECEDENCE = (
    State.CEASED,
    State.REMOVED,
    State.WITHDRAWN,
    State.SUSPENDED,
    State.UNREPORTED,
    State.EXPIRED,
    State.TO_COMPLETE,
    State.ACTIVE,
)

# From which states each act may be asked; where it leads is `situation.after`, by precedence.
ALLOWED: dict[Act, frozenset[State]] = {
    Act.SIGN: frozenset({State.DRAFT, State.COMPLEMENTS}),
    Act.COMPLETE: frozenset({State.COMPLEMENTS}),
    Act.ABANDON: ENTERING,
    Act.ASK_COMPLEMENTS: frozenset({State.FILED}),
    Act.ACCEPT: frozenset({State.FILED}),
    Act.REFUSE: frozenset({State.FILED}),
    Act.FILE_REPORT: LIVING,
    Act.VALIDATE_REPORT: LIVING,
    Act.RETURN_REPORT: LIVING,
    Act.EXTEND: LIVING,
    Act.RENEW: frozenset({State.ACTIVE, State.TO_COMPLETE, State.EXPIRED}),
    Act.WITHDRAW: LIVING,
    Act.SUSPEND: LIVING - {State.SUSPENDED},
    Act.LIFT: frozenset({State.SUSPENDED}),
    Act.REMOVE: LIVING,
    Act.NAME_SUCCESSOR: frozenset({State.CEASED}),
    Act.TRANSFER: frozenset({State.CEASED}),
    Act.TAKE_OVER: LIVING,
    Act.EXPIRE: frozenset({State.DRAFT, State.COMPLEMENTS}),
    Act.OPEN_WINDOW: LIVING,
    Act.TAKE_AS_DECLARED: LIVING,
    Act.MISS: LIVING,
    Act.REMOVE_FOR_SILENCE: frozenset({State.UNREPORTED}),
    Act.REACH_TERM: LIVING,
    Act.END_GRACE: frozenset({State.EXPIRED}),
    Act.CEASE: LIVING,
    Act.END_CESSATION: frozenset({State.CEASED}),
}

_NOT_IN_ORDER = N_("Cette adhésion n’est pas en cours : cette demande n’a plus d’objet.")
_REFUSALS = {
    Act.SIGN: N_("Ce dossier a déjà été signé : il n’attend plus de signature."),
    Act.COMPLETE: N_("Aucun complément n’est attendu pour ce dossier."),
    Act.ABANDON: N_("Ce dossier est déjà décidé : il ne peut plus être abandonné."),
    Act.ASK_COMPLEMENTS: N_("Ce dossier n’attend pas d’examen."),
    Act.ACCEPT: N_("Ce dossier n’attend pas de décision."),
    Act.REFUSE: N_("Ce dossier n’attend pas de décision."),
    Act.RENEW: N_(
        "Le renouvellement n’est pas possible dans cette situation : "
        "régularisez d’abord votre adhésion."
    ),
    Act.SUSPEND: N_("Cette adhésion ne peut pas être suspendue dans sa situation."),
    Act.LIFT: N_("Cette adhésion n’est pas suspendue."),
    Act.NAME_SUCCESSOR: N_("Aucun successeur n’est attendu : l’établissement n’est pas fermé."),
    Act.TRANSFER: N_("Aucun transfert n’est attendu : l’établissement n’est pas fermé."),
}


def check_allowed(state: State, act: Act) -> None:
    """Refuse an act that this state does not allow, saying why it is too late or too early."""
    if state not in ALLOWED[act]:
        raise Refusal(_REFUSALS.get(act, _NOT_IN_ORDER))
