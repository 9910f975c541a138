"""What is sent with each act, so that what stops it is who asks and not what was typed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.api.rights.matrix import Route

INSTANT = "2099-06-30T18:00:00+02:00"
BODIES: dict[str, dict[str, Any]] = {
    "/extend": {"until": INSTANT},
    "/mark-duplicate": {"kept": "00000000-0000-0000-0000-000000000001"},
    "/change-category": {"category": "COL"},
    "/regroup": {"category": "QUA"},
    "/ungroup": {"category": "QUA"},
    "/end-phase": {"phase": "evaluation"},
    "/cycles/{cycle}/dates": {"dates": {"closes_at": INSTANT}, "version": 1},
    "/editions/{edition}/dates": {"seen": "x", "territorial": {"closes_at": INSTANT}},
    "/confirm": {"seen": "x"},
    "/jurors": {"email": "x@exemple.fr"},
    "/login-links": {"email": "x@exemple.fr"},
    "/api/v1/cycles": {"edition": "2027", "territory": "REG-52"},
    "/api/v1/editions": {"document": {}, "year": 2099},
    "/prepare": {"template": "trophees-insertion", "year": 2098},
}
NO_REASON = (
    "/confirm",
    "/jurors",
    "/login-links",
    "/api/v1/cycles",
    "/api/v1/editions",
    "/prepare",
)
FORMS = {
    "/finale/confirmer": {"agrees": "yes"},
    "/candidatures/nouvelle": {"cycle": "2027:REG-11"},
    "/corrections/nouvelle": {"quoi": "laureate_removed", "categorie": "QUA"},
}


def body_of(route: "Route") -> dict[str, Any]:
    """The document of a program."""
    ending = next((each for each in BODIES if route.path.endswith(each)), "")
    body = BODIES.get(ending, {})
    return body if route.path.endswith(NO_REASON) else body | {"reason": "Parce que"}


def fields_of(route: "Route") -> dict[str, str]:
    """The fields of a form."""
    ending = next((each for each in FORMS if route.path.endswith(each)), "")
    return {"reason": "Parce que"} | FORMS.get(ending, {})
