"""Facts such as the letters of a favourite vote are given."""

from typing import Any

Facts = dict[str, Any]

VOTE: Facts = {
    "edition": "Trophées de l’insertion 2027",
    "link": "/vote/2027",
    "closes_at": "2027-11-05T17:00:00+00:00",
}
CANDIDATE = VOTE | {"title": "Un tuteur pour chaque nouvel arrivant", "reason": ""}

VOTE_SAMPLES: dict[str, tuple[Facts, ...]] = {
    "vote_confirmation": tuple(VOTE | {"withdraws": withdraws} for withdraws in (False, True)),
    "vote_opened": (CANDIDATE,),
    "vote_not_opened": (VOTE | {"link": "/organisation/vote/2027"},),
    "vote_cancelled": (
        CANDIDATE | {"reason": "Une panne du courrier a empêché de confirmer les voix."},
        CANDIDATE,
    ),
    "vote_tied": (VOTE | {"link": "/vote/2027/departage"},),
    "vote_won": (CANDIDATE | {"kept": 1234},),
}
