"""Facts such as letters about a complaint are given, one set for each way that a letter may turn."""

from activities.letters.charter_samples import ADHERENCE, BREACH, Facts

ALERT = ADHERENCE | {
    "number": "S-2027-7KQM",
    "link": f"{ADHERENCE['link']}/signalements/5a0c1c1e-7a55-4d0e-8f0a-0c5b2f4c9d11",
}
ALERT_DESK = ALERT | {
    "link": "/organisation/charte/signalements/5a0c1c1e-7a55-4d0e-8f0a-0c5b2f4c9d11"
}
ALLEGED = "Un badge de signataire figure sur l’emballage d’un produit, ce que la charte interdit."
DECIDED = ALERT | {
    "reason": BREACH,
    "appeal_until": "2027-08-16T16:00:00+00:00",
}

COMPLAINT_SAMPLES: dict[str, tuple[Facts, ...]] = {
    "charter_alert_received": (
        ALERT
        | {
            "link": "/signataires/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e",
            "received_at": "2027-04-02T20:12:00+00:00",
            "admissibility_days": 15,
            "inquiry_days": 90,
        },
    ),
    "charter_alert_admissible": (
        ALERT
        | {
            "link": "/signataires/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e",
            "reply_days": 30,
            "inquiry_days": 90,
        },
    ),
    "charter_alert_dismissed": (
        ALERT
        | {
            "link": "/signataires/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e",
            "reason": "Les faits décrits concernent une autre entreprise.",
        },
    ),
    "charter_alert_closed_for_author": tuple(
        ALERT | {"link": "/signataires/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e", "outcome": outcome}
        for outcome in ("classe", "mise_en_conformite", "suspension", "radiation")
    ),
    "charter_alert_to_answer": (
        ALERT | {"alleged": ALLEGED, "reply_until": "2027-05-18T16:00:00+00:00"},
    ),
    "charter_alert_reply_reminder": (ALERT | {"reply_until": "2027-05-18T16:00:00+00:00"},),
    "charter_alert_decided": (
        DECIDED | {"outcome": "classe", "remedy": "", "remedy_until": None},
        DECIDED
        | {
            "outcome": "mise_en_conformite",
            "remedy": "Retirer les emballages de la vente.",
            "remedy_until": "2027-12-06T17:00:00+00:00",
        },
        DECIDED | {"outcome": "suspension", "remedy": "Retirer les emballages de la vente."},
        DECIDED | {"outcome": "radiation"},
    ),
    # The days that are left before the promised one; none when it is today or past.
    "charter_alert_due": tuple(
        ALERT_DESK | {"step": step, "days": days}
        for step, days in (
            ("recu", 5),
            ("recu", 0),
            ("instruction", 30),
            ("mise_en_conformite", 10),
            ("recours", 20),
        )
    ),
    "charter_appeal_received": (ALERT_DESK | {"answer_days": 60},),
    "charter_appeal_decided": tuple(
        ALERT | {"granted": granted, "reason": "La nouvelle série a été vérifiée."}
        for granted in (True, False)
    ),
}
