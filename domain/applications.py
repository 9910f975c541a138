"""The life of an application: its states, and the moves that are allowed."""

from enum import StrEnum

from domain.final_files import GONE_UP, Entry
from domain.refusals import N_, Refusal


class Status(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLEMENTS = "complements_requested"
    ADMITTED = "admitted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    RETURNING = "returning"
    DUPLICATE = "duplicate"


class Act(StrEnum):
    """What somebody asks of an application."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    COME_BACK = "come_back"
    TAKE_BACK = "take_back"
    DECLINE_RETURN = "decline_return"
    ADMIT = "admit"
    REFUSE = "refuse"
    ASK_COMPLEMENTS = "ask_complements"
    COMPLETE = "complete"
    EXTEND = "extend"
    END_EXTENSION = "end_extension"
    CHANGE_CATEGORY = "change_category"
    MARK_DUPLICATE = "mark_duplicate"
    UNMARK_DUPLICATE = "unmark_duplicate"
    LAPSE = "lapse"
    REOPEN = "reopen"
    DOUBT = "doubt"
    ANSWER_DOUBT = "answer_doubt"
    DROP_DOUBT = "drop_doubt"
    EXCLUDE = "exclude"
    RENOUNCE = "renounce_prize"


NAMES = {
    Status.DRAFT: N_("Brouillon"),
    Status.SUBMITTED: N_("Envoyée"),
    Status.COMPLEMENTS: N_("Complément demandé"),
    Status.ADMITTED: N_("Recevable"),
    Status.REFUSED: N_("Non recevable"),
    Status.LAPSED: N_("Non envoyée à la clôture"),
    Status.WITHDRAWN: N_("Retirée"),
    Status.RETURNING: N_("Retour demandé"),
    Status.DUPLICATE: N_("Doublon"),
}

MOVES: dict[Act, dict[Status, Status]] = {
    Act.SUBMIT: {Status.DRAFT: Status.SUBMITTED, Status.SUBMITTED: Status.SUBMITTED},
    Act.LAPSE: {Status.DRAFT: Status.LAPSED},
    Act.REOPEN: {Status.LAPSED: Status.DRAFT},
    Act.ADMIT: {Status.SUBMITTED: Status.ADMITTED, Status.COMPLEMENTS: Status.ADMITTED},
    Act.REFUSE: {Status.SUBMITTED: Status.REFUSED, Status.COMPLEMENTS: Status.REFUSED},
    Act.ASK_COMPLEMENTS: {Status.SUBMITTED: Status.COMPLEMENTS},
    Act.COMPLETE: {Status.COMPLEMENTS: Status.SUBMITTED},
    # More time for one company: see domain/extensions.py.
    Act.EXTEND: {Status.DRAFT: Status.DRAFT, Status.LAPSED: Status.DRAFT},
    Act.END_EXTENSION: {Status.DRAFT: Status.DRAFT},
    # Where it lands hangs on what the new category asks: see domain/category_change.py.
    Act.CHANGE_CATEGORY: {
        Status.DRAFT: Status.DRAFT,
        Status.SUBMITTED: Status.SUBMITTED,
        Status.COMPLEMENTS: Status.COMPLEMENTS,
        Status.ADMITTED: Status.SUBMITTED,
    },
    # Two of one company in one category: see domain/duplicates.py.
    Act.MARK_DUPLICATE: {
        Status.DRAFT: Status.DUPLICATE,
        Status.SUBMITTED: Status.DUPLICATE,
        Status.COMPLEMENTS: Status.DUPLICATE,
        Status.ADMITTED: Status.DUPLICATE,
    },
    # It goes back to where it stood, which its row remembers.
    Act.UNMARK_DUPLICATE: {Status.DUPLICATE: Status.SUBMITTED},
    Act.WITHDRAW: {
        Status.DRAFT: Status.WITHDRAWN,
        Status.SUBMITTED: Status.WITHDRAWN,
        Status.COMPLEMENTS: Status.WITHDRAWN,
        Status.ADMITTED: Status.WITHDRAWN,
        Status.RETURNING: Status.WITHDRAWN,
    },
    # Where it comes back to depends on the calendar: see domain/returning.py.
    Act.COME_BACK: {Status.WITHDRAWN: Status.RETURNING},
    Act.TAKE_BACK: {Status.RETURNING: Status.SUBMITTED},
    Act.DECLINE_RETURN: {Status.RETURNING: Status.WITHDRAWN},
    # Until the organiser has decided, a file that is doubted is read and scored like the others.
    Act.DOUBT: {Status.ADMITTED: Status.ADMITTED},
    Act.ANSWER_DOUBT: {Status.ADMITTED: Status.ADMITTED},
    Act.DROP_DOUBT: {Status.ADMITTED: Status.ADMITTED},
    Act.EXCLUDE: {Status.ADMITTED: Status.REFUSED},
    # It stays a file that was admitted and ranked; only the prize is declined.
    Act.RENOUNCE: {Status.ADMITTED: Status.ADMITTED},
}

# A file that went up to the final was screened below: what is sent there again stays admitted.
UPDATES = {Act.SUBMIT: {Status.ADMITTED: Status.ADMITTED}}

# They may find an application that is over, whose workflow runs again to hear them.
REVIVING = frozenset({Act.COME_BACK, Act.EXTEND, Act.UNMARK_DUPLICATE})

# Nobody asks for these: the calendar does.
BY_TIME = frozenset({Act.LAPSE, Act.REOPEN})

ENDED = frozenset({Status.REFUSED, Status.LAPSED, Status.WITHDRAWN, Status.DUPLICATE})

NO_LONGER_ADMITTED = N_(
    "Cette candidature n’est pas, ou n’est plus, déclarée recevable : rechargez la page."
)
_REFUSALS = {
    Act.SUBMIT: N_("Cette candidature ne peut plus être envoyée : elle n’est plus un brouillon."),
    Act.LAPSE: N_("Cette candidature n’est plus un brouillon."),
    Act.REOPEN: N_("Cette candidature n’est pas close faute d’envoi : il n’y a rien à rouvrir."),
    Act.ADMIT: N_("Cette candidature n’attend plus de décision de recevabilité."),
    Act.REFUSE: N_("Cette candidature n’attend plus de décision de recevabilité."),
    Act.ASK_COMPLEMENTS: N_(
        "Un complément ne peut être demandé qu’une fois, pour une candidature à examiner."
    ),
    Act.COMPLETE: N_("Aucun complément n’est attendu pour cette candidature."),
    Act.EXTEND: N_(
        "Cette candidature a été envoyée, ou a pris fin : un délai ne se donne qu’à un brouillon."
    ),
    Act.END_EXTENSION: N_("Cette candidature n’est plus un brouillon : aucun délai n’y court."),
    Act.CHANGE_CATEGORY: N_("Cette candidature a pris fin : elle ne change plus de catégorie."),
    Act.MARK_DUPLICATE: N_(
        "Cette candidature a déjà pris fin : elle n’a pas à être close comme doublon."
    ),
    Act.UNMARK_DUPLICATE: N_("Cette candidature n’est pas close comme doublon : rien à rouvrir."),
    Act.WITHDRAW: N_("Cette candidature est déjà close : il n’y a plus rien à retirer."),
    Act.COME_BACK: N_("Cette candidature n’est pas retirée : elle n’a pas à revenir."),
    Act.TAKE_BACK: N_("Cette candidature ne demande pas à revenir, ou n’attend plus de réponse."),
    Act.DECLINE_RETURN: N_(
        "Cette candidature ne demande pas à revenir, ou n’attend plus de réponse."
    ),
    Act.DOUBT: NO_LONGER_ADMITTED,
    Act.ANSWER_DOUBT: NO_LONGER_ADMITTED,
    Act.DROP_DOUBT: NO_LONGER_ADMITTED,
    Act.EXCLUDE: NO_LONGER_ADMITTED,
    Act.RENOUNCE: NO_LONGER_ADMITTED,
}


def moved(status: Status, act: Act, entry: Entry = Entry.APPLIED) -> Status:
    """The state after the act, or a refusal that says why it is too late or too early."""
    after = MOVES[act].get(status)
    if after is None and entry in GONE_UP:
        after = UPDATES.get(act, {}).get(status)
    if after is None:
        raise Refusal(_REFUSALS[act])
    return after
