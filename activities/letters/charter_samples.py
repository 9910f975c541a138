"""Facts such as letters about the charter are given, one set for each way that a letter may turn."""

from typing import Any

Facts = dict[str, Any]

ADHERENCE: Facts = {
    "company": "Atelier Bois & Métal",
    "siren": "552100554",
    "zone": "Indian/Reunion",
    "link": "/adhesions/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e",
}
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
REASON = (
    "Le relevé d’heures s’arrête en mars.\nJoignez celui du deuxième trimestre, signé.\n\n"
    "Une page suffit."
)
REPORT = ADHERENCE | {"year": 2027, "link": f"{ADHERENCE['link']}/bilan/2027"}
REPORT_UNTIL = "2027-04-30T16:00:00+00:00"
ACCEPTED = REPORT | {"link": ADHERENCE["link"], "state": "active"}
MISSED = REPORT | {"removal_until": "2027-11-02T17:00:00+00:00", "shown_months": 12}
BADGE: Facts = {"digital_on": "2027-12-02", "print_on": "2028-01-31"}
APPEAL: Facts = {"appeal_until": "2027-12-02T17:00:00+00:00", "appeal_answer_days": 60}
RENEWAL = ADHERENCE | {
    "term_on": "2029-09-30",
    "renew_until": "2029-10-01T16:00:00+00:00",
    "blocked": False,
    "link": f"{ADHERENCE['link']}/renouvellement",
}
GRACE_ENDS = "2029-12-31T17:00:00+00:00"
ORGANISER: Facts = {"link": "/organisation/charte/adherents/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e"}
REVIEW = (
    ADHERENCE
    | ORGANISER
    | {
        "filed_at": "2026-09-01T20:41:00+00:00",
        "promised_days": 21,
        "promised_until": "2026-09-22T16:00:00+00:00",
    }
)
BREACH = "Le badge figure sur deux emballages, constatés le 3 mai."

ENTRY: dict[str, tuple[Facts, ...]] = {
    "charter_draft_reminder": (ADHERENCE | {"expires_until": "2026-11-02T17:00:00+00:00"},),
    "charter_draft_expired": tuple(
        ADHERENCE | {"complements": complements, "purge_months": 6} for complements in (False, True)
    ),
    "charter_abandoned": (ADHERENCE | {"purge_months": 6},),
    # Several roles of one person come in one letter, each said in both languages.
    "charter_role_named": tuple(
        ADHERENCE | {"roles": roles}
        for roles in (
            [{"fr": "Contact bilan", "en": "Report contact"}],
            [
                {"fr": "Dirigeant signataire", "en": "Signing head"},
                {"fr": "Référent insertion", "en": "Inclusive employment lead"},
            ],
        )
    ),
    "charter_role_left": tuple(
        ADHERENCE
        | {
            "link": "/mon-espace",
            "roles": [{"fr": "Contact bilan", "en": "Report contact"}],
            "successor": successor,
        }
        for successor in ("", "Yann Le Goff")
    ),
    "charter_head_named": (
        ADHERENCE | {"link": f"{ADHERENCE['link']}/direction", "before": "Ada Martin"},
    ),
    "charter_signature_requested": (
        ADHERENCE
        | {
            "link": f"{ADHERENCE['link']}/signature",
            "asked_by": "Yann Le Goff",
            "review_days": 21,
        },
        ADHERENCE
        | {
            "link": f"{ADHERENCE['link']}/renouvellement",
            "asked_by": "Yann Le Goff",
            "review_days": 21,
            "new_term_on": "2032-09-30",
        },
    ),
    "charter_receipt": (
        ADHERENCE
        | {
            "arrived_at": "2026-09-01T20:41:00+00:00",
            "fingerprint": FINGERPRINT,
            "answer_until": "2026-09-22T16:00:00+00:00",
        },
    ),
    "charter_complements_requested": (
        ADHERENCE | {"reason": REASON, "complements_until": "2026-10-12T16:00:00+00:00"},
    ),
    "charter_complements_reminder": (
        ADHERENCE | {"complements_until": "2026-10-12T16:00:00+00:00"},
    ),
    "charter_complements_received": (
        ADHERENCE
        | {
            "arrived_at": "2026-10-02T09:41:00+00:00",
            "answer_until": "2026-10-23T16:00:00+00:00",
        },
    ),
    "charter_accepted": (
        ADHERENCE
        | {
            "accepted_on": "2026-09-15",
            "term_on": "2029-09-30",
            "first_window_at": "2027-02-01T08:00:00+00:00",
            "verification": "/verifier/7KQM-42XD-9PLA",
        },
    ),
    "charter_refused": (ADHERENCE | {"reason": REASON, "again_on": "2027-01-01"},),
    "charter_review_due": (
        REVIEW | {"days": 15, "late": False},
        REVIEW | {"days": 21, "late": True},
    ),
}
REPORTS: dict[str, tuple[Facts, ...]] = {
    "charter_window_open": (REPORT | {"closes_at": REPORT_UNTIL},),
    "charter_report_reminder": (
        REPORT | {"returned": False, "report_until": REPORT_UNTIL},
        REPORT | {"returned": True, "report_until": "2027-06-21T16:00:00+00:00"},
    ),
    "charter_support_requested": (
        REPORT
        | {
            "link": f"{REPORT['link']}/soutien",
            "asked_by": "Yann Le Goff",
            "report_until": REPORT_UNTIL,
        },
        REPORT | {"link": f"{REPORT['link']}/soutien", "asked_by": "", "report_until": None},
    ),
    "charter_report_receipt": tuple(
        REPORT
        | {
            "link": ADHERENCE["link"],
            "arrived_at": "2027-04-28T09:41:00+00:00",
            "fingerprint": FINGERPRINT,
            "late": late,
            "answer_until": "2027-06-14T16:00:00+00:00",
        }
        for late in (False, True)
    ),
    "charter_report_returned": (
        REPORT | {"reason": REASON, "return_until": "2027-06-21T16:00:00+00:00"},
    ),
    "charter_extension_granted": (REPORT | {"report_until": "2027-05-31T16:00:00+00:00"},),
    "charter_report_accepted": (
        *(
            ACCEPTED | {"level": level, "tacit": tacit}
            for level, tacit in (
                ("declaratif", True),
                ("declaratif", False),
                ("justifie", False),
                ("atteste", False),
            )
        ),
        ACCEPTED | {"level": "justifie", "tacit": False, "state": "echue"},
    ),
    "charter_report_missed": (
        MISSED | {"returned": False, "formal_at": "2027-07-02T07:00:00+00:00"},
        MISSED | {"returned": True, "formal_at": "2027-08-20T07:00:00+00:00"},
        REPORT | {"returned": False, "formal_at": None, "removal_until": None},
    ),
    "charter_missed_notice": (MISSED, MISSED | {"removal_until": None}),
    "charter_formal_notice": (MISSED, MISSED | {"removal_until": None}),
}
MEMBERSHIP: dict[str, tuple[Facts, ...]] = {
    "charter_renewal_reminder": (
        RENEWAL | {"opens": True, "in_grace": False},
        RENEWAL | {"opens": False, "in_grace": False},
        RENEWAL | {"opens": False, "in_grace": False, "blocked": True},
        RENEWAL | {"opens": False, "in_grace": True, "renew_until": GRACE_ENDS},
    ),
    "charter_term_reached": tuple(
        ADHERENCE | {"term_on": "2029-09-30", "renew_until": until, "link": RENEWAL["link"]}
        for until in (GRACE_ENDS, None)
    ),
    "charter_renewed": (ADHERENCE | {"term_on": "2032-09-30"},),
    "charter_former": tuple(ADHERENCE | BADGE | {"ceased": ceased} for ceased in (False, True)),
    "charter_withdrawn": tuple(
        ADHERENCE | BADGE | {"missing_report": missing, "shown_months": 3}
        for missing in (False, True)
    ),
    "charter_suspended": (
        ADHERENCE
        | {
            "reason": BREACH,
            "remedy": "Retirer les emballages de la vente.\nEnvoyer une photo de la nouvelle série.",
            "suspension_months": 6,
        }
        | APPEAL,
    ),
    "charter_suspension_lifted": tuple(
        ADHERENCE | {"state": state}
        for state in ("active", "bilan_a_completer", "sans_bilan", "echue")
    ),
    "charter_suspension_to_decide": tuple(
        ADHERENCE
        | ORGANISER
        | {
            "suspended_on": "2027-03-01",
            "decide_on": "2027-09-01",
            "suspension_months": 6,
            "days_left": days,
            "remedy": "Retirer les emballages de la vente.",
        }
        for days in (30, 0)
    ),
    "charter_removed": (
        REPORT
        | BADGE
        | APPEAL
        | {"link": ADHERENCE["link"], "reason": "", "for_fault": False, "shown_months": 12},
        ADHERENCE
        | BADGE
        | APPEAL
        | {
            "reason": BREACH,
            "for_fault": True,
            "shown_months": 12,
            "again_on": "2029-11-02",
        },
    ),
    "charter_ceased": (
        ADHERENCE
        | {
            "successor_until": "2027-04-09T16:00:00+00:00",
            "link": f"{ADHERENCE['link']}/successeur",
        },
    ),
    "charter_successor_named": (
        ADHERENCE
        | ORGANISER
        | {
            "successor": "55210055400047",
            "ceased_on": "2027-03-10",
            "successor_until": "2027-04-09T16:00:00+00:00",
        },
    ),
    "charter_transferred": tuple(
        ADHERENCE | {"successor": "55210055400047", "state": state}
        for state in ("active", "sans_bilan", "suspendue", "echue")
    ),
}
CHARTER_SAMPLES = ENTRY | REPORTS | MEMBERSHIP
