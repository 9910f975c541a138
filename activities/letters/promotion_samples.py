"""Facts such as letters about places in the final are given."""

from typing import Any

Facts = dict[str, Any]

TERRITORY: Facts = {
    "cycle_name": "Trophées de l’insertion 2027, La Réunion",
    "cycle_short": "La Réunion 2027",
    "zone": "Indian/Reunion",
    "category": "Qualité des parcours d’insertion",
    "embargo_until": "2027-11-25T18:00:00+00:00",
}
COMPANY = TERRITORY | {
    "link": "/candidatures/0b9a3e6c-5d0f-4a53-9d0c-3f0a5d1c2b7e/finale",
    "company": "Atelier Bois & Métal",
    "title": "Un tuteur pour chaque nouvel arrivant",
    "number": "2027-REU-7KQM-42XD",
}
ORGANISER = TERRITORY | {"link": "/organisation/2027:national/promotions"}
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ANSWER = {"answer_until": "2027-10-15T09:41:00+00:00"}
UPDATE = {
    "opens_at": "2027-10-11T07:00:00+00:00",
    "update_until": "2027-10-25T16:00:00+00:00",
}
REASON = {"reason": "Notre directrice part en mars.\nNous préférons laisser la place."}
PUBLIC = {"embargo_until": ""}

PROMOTION_SAMPLES: dict[str, tuple[Facts, ...]] = {
    "promotion_offered": tuple(
        COMPANY | ANSWER | {"is_laureate": is_laureate} | more
        for is_laureate in (True, False)
        for more in ({}, PUBLIC)
    ),
    "promotion_reminder": (COMPANY | ANSWER, COMPANY | ANSWER | PUBLIC),
    "promotion_confirmed": (COMPANY | UPDATE | {"fingerprint": FINGERPRINT},),
    "promotion_lapsed": (COMPANY | ANSWER, COMPANY | ANSWER | PUBLIC),
    "promotion_declined": (ORGANISER | REASON | {"company": "Atelier Bois & Métal"},),
    "promotion_exhausted": tuple(ORGANISER | {"asked": asked} for asked in (0, 1, 3)),
    "national_file_open": (COMPANY | UPDATE,),
}
