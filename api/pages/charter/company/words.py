"""The states, the acts and the dates of an adherence, as its company reads them."""

from domain.charter.diagnosis import Footing
from domain.charter.document import Degree
from domain.charter.indicators import Sense
from domain.charter.sizes import Size
from domain.charter.states import Act, State
from domain.charter.timetable import Timer
from domain.refusals import N_
from storage.drafts.adherence_roles import CHANGE as CHANGE_ROLES
from storage.drafts.adherence_speakers import NAME as NAME_SPEAKER
from storage.drafts.adherence_speakers import RELIEVE as RELIEVE_SPEAKER

SIZES = {
    Size.TPE: N_("Très petite entreprise (moins de 10 personnes)"),
    Size.PME: N_("Petite ou moyenne entreprise (de 10 à 249 personnes)"),
    Size.ETI: N_("Entreprise de taille intermédiaire (250 personnes et plus)"),
    Size.GE: N_("Grande entreprise (5 000 personnes et plus)"),
}

TONES = {
    State.DRAFT: "active",
    State.FILED: "active",
    State.COMPLEMENTS: "attention",
    State.ACTIVE: "good",
    State.TO_COMPLETE: "attention",
    State.UNREPORTED: "danger",
    State.SUSPENDED: "danger",
    State.EXPIRED: "attention",
    State.CEASED: "attention",
}

NEXT = {
    State.DRAFT: N_(
        "Remplissez le dossier à votre rythme, à plusieurs si vous voulez, puis faites-le signer par "
        "la personne qui dirige la structure."
    ),
    State.FILED: N_(
        "La lettre d'engagement est signée. L'organisateur examine le dossier ; son silence ne vaut "
        "jamais acceptation."
    ),
    State.COMPLEMENTS: N_(
        "L'organisateur demande des compléments. Sans réponse à temps, le dossier est abandonné."
    ),
    State.ACTIVE: N_(
        "Votre organisation est signataire et à jour, jusqu'au %(until)s si rien ne change."
    ),
    State.TO_COMPLETE: N_(
        "Votre bilan vous a été retourné. Complétez-le avant le %(until)s : passé ce jour, il sera "
        "compté comme non transmis."
    ),
    State.UNREPORTED: N_(
        "Le bilan attendu n'est pas arrivé, et cela se lit publiquement. Remettez-le : une fois "
        "accepté, il rétablit votre situation. Sans lui, l'adhésion prend fin le %(until)s."
    ),
    State.SUSPENDED: N_(
        "Votre adhésion est suspendue, le temps de votre remise en conformité. L'organisateur "
        "décide avant le %(until)s."
    ),
    State.EXPIRED: N_(
        "Le terme est passé. Vous pouvez encore renouveler jusqu'au %(until)s ; ensuite, votre "
        "organisation devient ancienne signataire."
    ),
    State.REMOVED: N_(
        "Votre organisation a été radiée de la charte, faute de bilan. Elle peut y revenir à tout moment : "
        "ouvrez un nouveau dossier, qui demandera le bilan manquant et une nouvelle lettre d'engagement."
    ),
    State.ABANDONED: N_(
        "Ce dossier est abandonné. Ce qu'il contient sera effacé ; vous pouvez en ouvrir un autre."
    ),
    State.REFUSED: N_("L'organisateur a refusé ce dossier. Voici pourquoi."),
    State.FORMER: N_("Votre organisation n'est plus signataire de la charte."),
    State.WITHDRAWN: N_("Votre organisation s'est retirée de la charte."),
    State.CEASED: N_(
        "Le répertoire public dit que l'établissement est fermé. Désignez celui qui lui succède avant "
        "le %(until)s ; sans cela, l'adhésion prend fin."
    ),
}
REMOVED_FOR_FAULT = N_(
    "Votre organisation a été radiée de la charte, pour manquement. Une nouvelle adhésion est possible à "
    "partir du %(again)s."
)
FILED_NOW = N_(
    "Votre bilan est arrivé. L'organisateur l'examine ; sans réponse de sa part le %(until)s, il est "
    "accepté comme déclaratif."
)
UNTIL = {
    State.DRAFT: N_("Ce brouillon expire le"),
    State.FILED: N_("Réponse promise avant le"),
    State.COMPLEMENTS: N_("À compléter avant le"),
}
TO_RENEW = N_(
    "Votre organisation est signataire et à jour. Renouvelez avant le terme, le %(until)s, pour le "
    "rester."
)
NO_REPORT_YET = N_("La fenêtre du bilan %(year)s est ouverte : remettez-le avant le %(until)s.")

OPENED = N_("Dossier d'adhésion ouvert")
DONE = {
    Act.SIGN: N_("Lettre d'engagement signée, dossier déposé"),
    Act.COMPLETE: N_("Compléments envoyés"),
    Act.ABANDON: N_("Dossier abandonné par votre organisation"),
    Act.ASK_COMPLEMENTS: N_("Compléments demandés"),
    Act.ACCEPT: N_("Adhésion acceptée"),
    Act.REFUSE: N_("Dossier refusé"),
    Act.FILE_REPORT: N_("Bilan déposé"),
    Act.VALIDATE_REPORT: N_("Bilan validé"),
    Act.RETURN_REPORT: N_("Bilan retourné, à compléter"),
    Act.EXTEND: N_("Délai accordé pour le bilan"),
    Act.RENEW: N_("Adhésion renouvelée"),
    Act.WITHDRAW: N_("Retrait de votre organisation"),
    Act.SUSPEND: N_("Adhésion suspendue"),
    Act.LIFT: N_("Suspension levée"),
    Act.REMOVE: N_("Radiation"),
    Act.NAME_SUCCESSOR: N_("Successeur désigné"),
    Act.TRANSFER: N_("Adhésion transférée au successeur"),
    Act.TAKE_OVER: N_("Nouvelle direction : lettre d'engagement signée en son nom"),
    Act.EXPIRE: N_("Dossier expiré, faute de suite"),
    Act.OPEN_WINDOW: N_("Fenêtre du bilan annuel ouverte"),
    Act.TAKE_AS_DECLARED: N_("Bilan accepté comme déclaratif, sans réponse de l'organisateur"),
    Act.MISS: N_("Bilan non transmis"),
    Act.REMOVE_FOR_SILENCE: N_("Radiation, faute de bilan"),
    Act.REACH_TERM: N_("Terme de l'adhésion"),
    Act.END_GRACE: N_("Fin du délai de renouvellement"),
    Act.CEASE: N_("Établissement fermé, selon le répertoire public"),
    Act.END_CESSATION: N_("Fin de l'adhésion, faute de successeur"),
}

# What is written in the journal by a page, and changes no state.
DONE_BESIDE = {
    CHANGE_ROLES: N_("Rôles changés"),
    NAME_SPEAKER: N_("Personne désignée pour répondre aux signalements"),
    RELIEVE_SPEAKER: N_("Personne relevée de la réponse aux signalements"),
}

# What is the organiser's own business is not here.
COMING = {
    Timer.OPEN_WINDOW: N_("Ouverture de la fenêtre du bilan %(year)s"),
    Timer.TAKE_AS_DECLARED: N_("Sans réponse de l'organisateur, bilan accepté comme déclaratif"),
    Timer.MISS: N_("Sans bilan, situation publiée « Bilan non transmis »"),
    Timer.REMOVE: N_("Sans bilan, radiation"),
    Timer.REACH_TERM: N_("Terme de l'adhésion"),
    Timer.END_GRACE: N_("Dernier jour pour renouveler"),
    Timer.END_CESSATION: N_("Dernier jour pour désigner un successeur"),
    Timer.EXPIRE: N_("Sans suite, le dossier expire"),
    Timer.REMIND_DRAFT: N_("Rappel par courriel, si le dossier n'est pas signé"),
    Timer.ESCALATE_REVIEW: N_("Date promise pour la réponse de l'organisateur"),
    Timer.REMIND_COMPLEMENTS: N_("Rappel par courriel, si rien n'est envoyé"),
    Timer.REMIND_REPORT: N_("Rappel par courriel, si le bilan n'est pas déposé"),
    Timer.REMIND_RETURNED: N_("Rappel par courriel, si le bilan n'est pas complété"),
    Timer.NOTICE: N_("Relance, si le bilan manque encore"),
    Timer.FORMAL_NOTICE: N_("Mise en demeure, si le bilan manque encore"),
    Timer.OPEN_RENEWAL: N_("Ouverture du renouvellement"),
    Timer.REMIND_RENEWAL: N_("Rappel par courriel, si l'adhésion n'est pas renouvelée"),
    Timer.REMIND_GRACE: N_("Rappel par courriel, si l'adhésion n'est pas renouvelée"),
}
REPORT_DUE = N_("Dernier jour pour remettre le bilan %(year)s")

DEGREES = {Degree.YES: N_("Oui"), Degree.PARTLY: N_("En partie"), Degree.NO: N_("Non")}
TARGET_BOXES = {
    "baseline": N_("Valeur de départ"),
    "target": N_("Cible"),
    "by": N_("Échéance"),
}
ROLE_BOXES = {"name": N_("Nom"), "function": N_("Fonction"), "email": N_("Courriel")}

FOOTINGS = {
    Footing.UNKNOWN: N_("Pas encore répondu"),
    Footing.TO_BUILD: N_("À construire"),
    Footing.BEGUN: N_("Déjà amorcé"),
    Footing.IN_PLACE: N_("En place"),
}
FOOTING_TONES = {
    Footing.UNKNOWN: "quiet",
    Footing.TO_BUILD: "neutral",
    Footing.BEGUN: "active",
    Footing.IN_PLACE: "good",
}
SENSES = {Sense.UP: N_("plus haut est mieux"), Sense.DOWN: N_("plus bas est mieux"), Sense.NONE: ""}
