"""What happens to an adherence, as those who run the charter read it."""

from api.pages.charter.company.words import DONE_BESIDE
from domain.charter.states import Act, State
from domain.charter.timetable import Timer
from domain.refusals import N_
from storage.reads.charter.organiser.campaign import Progress

TONES = {
    State.DRAFT: "quiet",
    State.FILED: "attention",
    State.COMPLEMENTS: "active",
    State.ACTIVE: "good",
    State.TO_COMPLETE: "active",
    State.UNREPORTED: "danger",
    State.SUSPENDED: "danger",
    State.EXPIRED: "attention",
    State.CEASED: "attention",
    State.REMOVED: "quiet",
    State.WITHDRAWN: "quiet",
    State.FORMER: "quiet",
    State.REFUSED: "quiet",
    State.ABANDONED: "quiet",
}
ACTS: dict[str, str] = {
    Act.SIGN: N_("Lettre d'engagement signée, dossier déposé"),
    Act.COMPLETE: N_("Compléments envoyés"),
    Act.ABANDON: N_("Dossier abandonné par la structure"),
    Act.ASK_COMPLEMENTS: N_("Compléments demandés"),
    Act.ACCEPT: N_("Adhésion acceptée"),
    Act.REFUSE: N_("Dossier refusé"),
    Act.FILE_REPORT: N_("Bilan reçu"),
    Act.VALIDATE_REPORT: N_("Bilan validé"),
    Act.RETURN_REPORT: N_("Bilan retourné, à compléter"),
    Act.EXTEND: N_("Délai accordé pour le bilan"),
    Act.RENEW: N_("Adhésion renouvelée"),
    Act.WITHDRAW: N_("Retrait de la structure"),
    Act.SUSPEND: N_("Adhésion suspendue"),
    Act.LIFT: N_("Suspension levée"),
    Act.REMOVE: N_("Radiation pour manquement"),
    Act.NAME_SUCCESSOR: N_("Successeur désigné"),
    Act.TRANSFER: N_("Adhésion transférée au successeur"),
    Act.TAKE_OVER: N_("Nouvelle direction : lettre d'engagement signée en son nom"),
    Act.EXPIRE: N_("Dossier expiré, faute de suite"),
    Act.OPEN_WINDOW: N_("Fenêtre du bilan annuel ouverte"),
    Act.TAKE_AS_DECLARED: N_("Bilan accepté comme déclaratif, faute de réponse à temps"),
    Act.MISS: N_("Bilan non transmis"),
    Act.REMOVE_FOR_SILENCE: N_("Radiation, faute de bilan"),
    Act.REACH_TERM: N_("Terme de l'adhésion"),
    Act.END_GRACE: N_("Fin du délai de renouvellement"),
    Act.CEASE: N_("Établissement fermé, selon le répertoire public"),
    Act.END_CESSATION: N_("Fin de l'adhésion, faute de successeur"),
    **DONE_BESIDE,
}
# What the calendar does when nobody does anything; each sends a letter.
COMING = {
    Timer.OPEN_WINDOW: N_("Ouverture de la fenêtre du bilan"),
    Timer.TAKE_AS_DECLARED: N_("Bilan accepté comme déclaratif, si vous ne répondez pas"),
    Timer.MISS: N_("Bilan non transmis"),
    Timer.REMOVE: N_("Radiation, faute de bilan"),
    Timer.REACH_TERM: N_("Terme de l'adhésion"),
    Timer.END_GRACE: N_("Fin du délai de renouvellement"),
    Timer.END_CESSATION: N_("Fin de l'adhésion, faute de successeur"),
    Timer.EXPIRE: N_("Expiration du dossier"),
    Timer.REMIND_DRAFT: N_("Rappel : dossier à signer"),
    Timer.ALERT_REVIEW: N_("Alerte à l'organisation : dossier à examiner"),
    Timer.ESCALATE_REVIEW: N_("Fin du délai promis pour examiner le dossier"),
    Timer.REMIND_COMPLEMENTS: N_("Rappel : compléments attendus"),
    Timer.REMIND_REPORT: N_("Rappel : bilan attendu"),
    Timer.REMIND_RETURNED: N_("Rappel : bilan à compléter"),
    Timer.NOTICE: N_("Relance : bilan non transmis"),
    Timer.FORMAL_NOTICE: N_("Mise en demeure : bilan non transmis"),
    Timer.OPEN_RENEWAL: N_("Ouverture du renouvellement"),
    Timer.REMIND_RENEWAL: N_("Rappel : renouvellement possible"),
    Timer.REMIND_GRACE: N_("Rappel : délai de renouvellement"),
    Timer.DECIDE_SUSPENSION: N_("Alerte à l'organisation : suspension à décider"),
}
# What is due in a state, with the first date on which it is.
DUE = {
    Timer.EXPIRE: N_("expiration faute de suite"),
    Timer.ESCALATE_REVIEW: N_("fin du délai promis"),
    Timer.OPEN_WINDOW: N_("ouverture de la fenêtre du bilan"),
    Timer.MISS: N_("bilan compté comme non transmis"),
    Timer.TAKE_AS_DECLARED: N_("bilan accepté comme déclaratif, sans réponse de votre part"),
    Timer.REMOVE: N_("radiation faute de bilan"),
    Timer.DECIDE_SUSPENSION: N_("décision attendue de vous"),
    Timer.END_GRACE: N_("fin du délai de renouvellement"),
    Timer.END_CESSATION: N_("fin de l'adhésion faute de successeur"),
}
PROGRESS = {
    Progress.ACCEPTED: N_("Validés"),
    Progress.SUBMITTED: N_("Reçus, à valider"),
    Progress.RETURNED: N_("Retournés, à compléter"),
    Progress.AWAITED: N_("Attendus"),
    Progress.MISSED: N_("Non transmis"),
}
PROGRESS_OF_ONE = {
    Progress.ACCEPTED: N_("Validé"),
    Progress.SUBMITTED: N_("À valider"),
    Progress.RETURNED: N_("Retourné"),
    Progress.AWAITED: N_("Attendu"),
    Progress.MISSED: N_("Non transmis"),
}
PROGRESS_TONES = {
    Progress.ACCEPTED: "good",
    Progress.SUBMITTED: "attention",
    Progress.RETURNED: "active",
    Progress.AWAITED: "neutral",
    Progress.MISSED: "danger",
}
SIZES = {
    "TPE": N_("Très petite entreprise"),
    "PME": N_("Petite ou moyenne entreprise"),
    "ETI": N_("Entreprise de taille intermédiaire"),
    "GE": N_("Grande entreprise"),
}
