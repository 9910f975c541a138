"""The acts of the organiser on an adherent: their forms, and the states that allow them."""

from dataclasses import dataclass

from api.pages.charter.organiser.asking import Typed, words_in
from api.posted import PostedForm
from domain.charter.states import ALLOWED, Act, State
from domain.refusals import N_

_READ_BY_COMPANY = N_("Remplissez ce champ : la structure le lira tel quel.")


@dataclass(frozen=True, slots=True)
class Deed:
    """An act: its address, its name on the button, what is written, and what is said when it is done."""

    path: str
    act: Act
    title: str
    done: str
    wanted: tuple[str, ...] = ()
    is_grave: bool = False
    needs_complaint: bool = False


DEEDS = {
    deed.path: deed
    for deed in (
        Deed(
            "suspendre",
            Act.SUSPEND,
            N_("Suspendre l'adhésion"),
            N_("L'adhésion est suspendue. La structure en est avertie."),
            wanted=("reason", "remedy"),
            is_grave=True,
            needs_complaint=True,
        ),
        Deed(
            "lever",
            Act.LIFT,
            N_("Lever la suspension"),
            N_("La suspension est levée. La structure en est avertie."),
        ),
        Deed(
            "radier",
            Act.REMOVE,
            N_("Radier pour manquement"),
            N_("L'adhésion est radiée. La structure en est avertie, avec son délai de recours."),
            wanted=("reason",),
            is_grave=True,
            needs_complaint=True,
        ),
        Deed(
            "successeur",
            Act.TRANSFER,
            N_("Confirmer le successeur"),
            N_("L'adhésion passe au successeur. La structure en est avertie."),
        ),
    )
}


def allowed(state: State, *, has_successor: bool) -> tuple[Deed, ...]:
    """The acts that are worth showing in that state."""
    return tuple(
        deed
        for deed in DEEDS.values()
        if state in ALLOWED[deed.act] and (deed.act is not Act.TRANSFER or has_successor)
    )


def typed_in(deed: Deed, form: PostedForm) -> Typed:
    """What its form says."""
    payload: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for name in ("reason", "remedy") if "remedy" in deed.wanted else ("reason",):
        words, complaint = words_in(form, name, _READ_BY_COMPANY if name in deed.wanted else "")
        payload[name] = words
        wrong |= complaint
    return Typed(deed.act, payload, wrong)
