"""Facts such as letters about what happens after the closing are given: doubts, prizes declined."""

from typing import Any

Facts = dict[str, Any]

CYCLE: Facts = {
    "cycle_name": "Trophées de l’insertion 2027, La Réunion",
    "cycle_short": "La Réunion 2027",
    "zone": "Indian/Reunion",
}
FILE = CYCLE | {
    "link": "/candidatures/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e/recevabilite",
    "company": "Atelier Bois & Métal",
    "title": "Un tuteur pour chaque nouvel arrivant",
    "number": "2027-REU-7KQM-42XD",
}
CATEGORY = {"category": "Qualité des parcours d’insertion"}
REASON = {"reason": "L’établissement a fermé en mars.\nLe registre le dit depuis hier."}
RULES = {"rules": ["Établissement en activité", "Action en France"]}
NO_RULES: Facts = {"rules": []}
NO_REASON: Facts = {"reason": ""}
PUBLISHES = {"publishes_at": "2027-11-25T18:00:00+00:00"}
EMBARGO = {"embargo_until": "2027-11-25T18:00:00+00:00"}
NEIGHBOUR: Facts = {
    "into": "Mayotte",
    "from_name": "La Réunion",
    "is_undone": False,
    "evaluation_at": "2027-09-01T07:00:00+00:00",
}
CARRIED = NEIGHBOUR | {"into": ""}
UNDONE = NEIGHBOUR | {"is_undone": True}
REPLY_UNTIL = {"reply_until": "2027-09-20T09:41:00+00:00"}
DESK = {"link": "/organisation/2027:REG-04/candidatures/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e"}
CHAIR = {"link": "/jury/5a0c1c1e-7a55-4d0e-8f0a-0c5b2f4c9d11/deliberation/QUA"}

LATE_SAMPLES: dict[str, tuple[Facts, ...]] = {
    "eligibility_doubted": tuple(FILE | REASON | REPLY_UNTIL | each for each in (RULES, NO_RULES)),
    "eligibility_upheld": (FILE | REASON | REPLY_UNTIL | RULES,),
    "eligibility_lost": tuple(
        FILE | REASON | REPLY_UNTIL | rules | {"loses_place": loses}
        for rules in (RULES, NO_RULES)
        for loses in (True, False)
    ),
    "eligibility_to_decide": (
        FILE | DESK | {"is_answered": True, "reply": "Nous avons déménagé, voici l’avis."},
        FILE | DESK | {"is_answered": False, "reply": ""},
    ),
    "application_excluded_in_jury": (FILE | CHAIR,),
    "prize_renounced": tuple(
        FILE | CATEGORY | CHAIR | PUBLISHES | each for each in (REASON, NO_REASON)
    ),
    "prize_renunciation_kept": tuple(FILE | each for each in (REASON, NO_REASON)),
    "decision_amended": tuple(
        CYCLE | CATEGORY | DESK | REASON | EMBARGO | {"laureate": laureate}
        for laureate in ("Atelier Bois & Métal", "")
    ),
    "category_regrouped": tuple(
        FILE | CATEGORY | REASON | each for each in (NEIGHBOUR, CARRIED, UNDONE)
    ),
    "category_regrouped_in_jury": tuple(
        CYCLE | CATEGORY | DESK | REASON | each for each in (NEIGHBOUR, CARRIED, UNDONE)
    ),
    "jury_conflict_confirmed": (FILE | {"link": "/jury/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e"},),
    "ranking_changed_by_conflict": tuple(
        CYCLE | CATEGORY | CHAIR | {"moved": moved} for moved in (1, 3)
    ),
    "ranking_changed": tuple(
        FILE | CATEGORY | CHAIR | REASON | {"moved": 3, "is_decided": decided}
        for decided in (True, False)
    ),
}
