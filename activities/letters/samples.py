"""Facts such as letters are given, one set for each way that a letter may turn."""

from typing import Any

from activities.letters.charter_samples import CHARTER_SAMPLES
from activities.letters.complaint_samples import COMPLAINT_SAMPLES
from activities.letters.late_samples import LATE_SAMPLES
from activities.letters.promotion_samples import PROMOTION_SAMPLES
from activities.letters.vote_samples import VOTE_SAMPLES

Facts = dict[str, Any]

CYCLE: Facts = {
    "cycle_name": "Trophées de l’insertion 2027, La Réunion",
    "cycle_short": "La Réunion 2027",
    "zone": "Indian/Reunion",
    "link": "/candidatures/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e",
}
FILE = CYCLE | {
    "company": "Atelier Bois & Métal",
    "title": "Un tuteur pour chaque nouvel arrivant",
    "number": "2027-REU-7KQM-42XD",
}
CLOSING = "2027-06-30T16:00:00+00:00"
SCREENED = "2027-07-16T16:00:00+00:00"
EVALUATION = {
    "evaluation_at": "2027-09-01T06:00:00+00:00",
    "evaluation_until": "2027-09-24T16:00:00+00:00",
}
SUPPLEMENT = (
    "Le relevé d’heures s’arrête en mars.\nJoignez celui du deuxième trimestre, signé.\n\n"
    "Une page suffit."
)
OPENING = "2027-03-01T05:00:00+00:00"
RECEIPT = FILE | {
    "category": "Qualité des parcours d’insertion",
    "arrived_at": "2027-06-28T09:41:00+00:00",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "version": 2,
    "in_tolerance": False,
    "closes_at": CLOSING,
}
CORRECTED = "L’établissement était fermé avant la clôture des candidatures."
DRAFT = FILE | {"number": "", "closes_at": CLOSING, "done": 12, "required": 20}
MOVED = {
    "new_closes_at": "2027-07-07T16:00:00+00:00",
    "old_closes_at": CLOSING,
    "new_evaluation_until_at": "2027-10-01T16:00:00+00:00",
    "old_evaluation_until_at": EVALUATION["evaluation_until"],
}
LONGER = "2027-07-09T16:00:00+00:00"
MORE_TIME = FILE | {
    "number": "",
    "reason": "Un incendie a détruit vos bureaux le 27 juin.",
    "extended_until": LONGER,
    "closes_at": CLOSING,
    "earlier_until": None,
    "was_lapsed": False,
}
MOVED_TO = FILE | {
    "old_category": "Qualité des parcours d’insertion",
    "new_category": "Innovation sociale",
    "is_draft": False,
    "reason": "Votre projet répond d’abord à la question de la nouveauté.",
}
TWIN = FILE | {
    "is_kept": False,
    "other_number": "2027-REU-3HKT-88QA",
    "reason": "Le même projet, déposé par deux établissements.",
}
PARTNERSHIP = FILE | {
    "link": "/partenariats/5a0c1c1e-7a55-4d0e-8f0a-0c5b2f4c9d11",
    "category": "Partenariat structurant SIAE – entreprise",
    "answer_until": "2027-05-17T16:00:00+00:00",
}
COUNTERSIGNED = FILE | {
    "partner_name": "Yann Le Goff",
    "countersigned_at": "2027-05-12T09:41:00+00:00",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
RESULT = FILE | {
    "category": "Qualité des parcours d’insertion",
    "published_at": "2027-11-25T18:00:00+00:00",
}
FEEDBACK = {
    "mean": "61.50",
    "category_mean": "57.25",
    "strengths": ["Accueil, tutorat, formation", "Impact mesuré pour les personnes"],
    "lead": "Suites de parcours",
    "lead_help": "Que deviennent les personnes six mois après, et qui le suit ?",
}
UNHEARD: Facts = {
    "mean": "",
    "category_mean": "",
    "strengths": [],
    "lead": "",
    "lead_help": "",
}

SAMPLES: dict[str, tuple[Facts, ...]] = {
    "account_ending": (
        {"ends_at": "2027-06-30T02:15:00+00:00", "zone": "Europe/Paris", "link": "/mon-espace"},
    ),
    "request_refused": (
        {
            "asked_at": CLOSING,
            "refusal": {
                "sentence": "Ce dossier est clos : il n’accepte plus de demande.",
                "facts": {},
            },
            "link": "/mon-espace",
        },
        FILE
        | {
            "asked_at": CLOSING,
            "refusal": {
                "sentence": "Les candidatures ne sont pas encore ouvertes.",
                "facts": {},
            },
            "link": "/mon-espace",
        },
    ),
    "login_link": (
        {"token_path": "/connexion/eyJhbGciOi", "expires_at": "2027-06-28T09:41:00+00:00"},
    ),
    "member_invited": (FILE | {"invited_by": "Camille Robin"},),
    "insider_invited": (CYCLE | {"opens_at": OPENING, "closes_at": CLOSING},),
    "receipt": (
        RECEIPT,
        RECEIPT | {"in_tolerance": True, "arrived_at": "2027-06-30T16:03:00+00:00"},
    ),
    "draft_reminder": (DRAFT, DRAFT | {"done": 20, "title": ""}),
    "draft_lapsed": (DRAFT,),
    "draft_reopened": (DRAFT,),
    "category_changed": (
        MOVED_TO | {"missing": [], "complements_until": None},
        MOVED_TO
        | {
            "missing": ["Ce qui est nouveau, et par rapport à quoi"],
            "complements_until": SCREENED,
        },
        MOVED_TO
        | {
            "missing": ["Preuve d’usage"],
            "complements_until": None,
            "is_draft": True,
            "number": "",
        },
    ),
    "application_duplicate": (TWIN,),
    "application_kept": (TWIN, TWIN | {"other_number": "", "number": ""}),
    "duplicate_undone": (TWIN, TWIN | {"is_kept": True}),
    "extension_granted": (
        MORE_TIME,
        MORE_TIME | {"was_lapsed": True},
        MORE_TIME | {"earlier_until": "2027-07-02T16:00:00+00:00"},
    ),
    "extension_ended": tuple(
        FILE
        | {"reason": SUPPLEMENT, "earlier_until": LONGER, "closes_at": CLOSING, "is_closed": closed}
        for closed in (False, True)
    ),
    "dates_moved": tuple(
        CYCLE
        | MOVED
        | {
            "is_juror": reads_as in {"juror", "invited"},
            "reads_as": reads_as,
            "reason": "Une grève des trains.",
        }
        | own
        for reads_as, own in (
            ("company", {}),
            ("company", {"extended_until": LONGER}),
            ("juror", {}),
            ("invited", {}),
            ("partner", {}),
        )
    ),
    "application_withdrawn": (FILE, FILE | {"number": "", "title": "", "company": ""}),
    "application_back": (
        FILE | {"is_draft": True, "number": "", "closes_at": CLOSING, "reason": ""},
        FILE | {"is_draft": False, "closes_at": None, "reason": ""},
        FILE | {"is_draft": False, "closes_at": None, "reason": SUPPLEMENT},
    ),
    "application_back_in_jury": (FILE | EVALUATION,),
    "return_asked": (FILE | {"screening_until": SCREENED},),
    "return_to_decide": (FILE | {"reason": SUPPLEMENT, "screening_until": SCREENED},),
    "return_declined": (FILE | {"reason": SUPPLEMENT},),
    "application_admitted": (FILE | {"next_at": EVALUATION["evaluation_at"]},),
    "application_refused": (
        FILE
        | {
            "reasons": ["Au moins douze mois d’existence", "Établissement actif"],
            "reason": "L’établissement a été créé en février 2027.",
        },
        FILE | {"reasons": [], "reason": ""},
    ),
    "complements_requested": (
        FILE | {"reason": SUPPLEMENT, "complements_until": "2027-07-30T16:00:00+00:00"},
    ),
    "complements_received": (FILE | {"arrived_at": "2027-07-28T09:41:00+00:00"},),
    "cycle_cancelled": (
        CYCLE | {"reason": "Trop peu de candidatures cette année."},
        CYCLE | {"reason": ""},
    ),
    "edition_to_confirm": tuple(
        {
            "edition": "Trophées de l’insertion 2028",
            "territories": territories,
            "opens_at": "2028-03-06T08:00:00+00:00",
            "closes_at": "2028-06-30T16:00:00+00:00",
            "link": "/organisation/editions/2028/confirmation",
        }
        for territories in (1, 18)
    ),
    "territory_late": tuple(
        CYCLE | {"taken_until": "2027-10-25T16:00:00+00:00", "reason": reason}
        for reason in ("", "Seize territoires sur dix-huit ont décidé.")
    ),
    "juror_invitation": tuple(
        CYCLE | {"is_chair": is_chair, "answer_until": "2027-03-15T17:00:00+00:00"}
        for is_chair in (False, True)
    ),
    "juror_invitation_reminder": (CYCLE | {"answer_until": "2027-03-15T17:00:00+00:00"},),
    "juror_invitation_expired": (CYCLE,),
    "juror_accepted": (CYCLE | EVALUATION,),
    "juror_declined": (CYCLE,),
    "jury_conflicts_to_declare": (CYCLE | EVALUATION,),
    "jury_cards_to_score": tuple(CYCLE | EVALUATION | {"count": count} for count in (1, 8)),
    "jury_cards_moved": tuple(CYCLE | {"count": count} for count in (1, 3)),
    "juror_released": (CYCLE,),
    "results_held": (CYCLE,),
    "jury_card_added": (FILE | EVALUATION,),
    "juror_reminder": tuple(CYCLE | EVALUATION | {"left": left} for left in (1, 3)),
    "jury_thanks": tuple(CYCLE | {"scored": scored} for scored in (0, 1, 8)),
    "deliberation_opened": (CYCLE | {"deliberation_until": "2027-10-08T16:00:00+00:00"},),
    "deliberation_late": (CYCLE | {"deliberation_until": "2027-10-08T16:00:00+00:00"},),
    "reserve_exhausted": (CYCLE,),
    "application_withdrawn_in_jury": (FILE,),
    "partner_invited": (
        PARTNERSHIP | {"invited_by": "Camille Robin"},
        PARTNERSHIP | {"invited_by": "Camille Robin", "number": ""},
    ),
    "partner_reminder": (PARTNERSHIP,),
    "partner_released": (PARTNERSHIP | {"link": "/mon-espace"},),
    "partner_declined": (
        FILE
        | {"partner_name": "Yann Le Goff", "reason": "Notre équipe est déjà engagée ailleurs."},
    ),
    "partner_countersigned": tuple(COUNTERSIGNED | {"version": version} for version in (0, 2)),
    "result_laureate": (RESULT,),
    "result_nominee": (RESULT | FEEDBACK, RESULT | UNHEARD),
    "result_other": (
        RESULT | FEEDBACK,
        RESULT | FEEDBACK | {"category_mean": "", "strengths": [], "lead": "", "lead_help": ""},
        RESULT | UNHEARD,
    ),
    "correction_to_confirm": (
        CYCLE | {"reason": CORRECTED, "answer_until": "2028-01-14T16:00:00+00:00"},
    ),
    "correction_dismissed": (
        CYCLE | {"lapsed": False, "reason": "Le nom est bien orthographié."},
        CYCLE | {"lapsed": True, "reason": ""},
    ),
    "palmares_corrected": tuple(
        FILE | {"role": role, "reason": CORRECTED}
        for role in ("removed", "laureate", "nominee", "struck", "renamed", "erased", "desk")
    ),
    "grand_prize": (
        FILE
        | {
            "prize": "Grand prix du jury",
            "reason": "Une action que chaque territoire peut reprendre, et qui le prouve.",
        },
    ),
    "application_charter_decided": tuple(
        FILE | {"accepted": accepted} for accepted in (True, False)
    ),
    **LATE_SAMPLES,
    **PROMOTION_SAMPLES,
    **CHARTER_SAMPLES,
    **COMPLAINT_SAMPLES,
    **VOTE_SAMPLES,
}
