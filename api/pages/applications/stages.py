"""Where an application stands, and what comes next, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.applications import Act, Status
from domain.calendar import CycleCalendar
from domain.final_files import GONE_UP
from domain.phases import NAMES, ORDER, Phase
from domain.refusals import N_
from domain.regrouping import RegroupKind
from storage.reads.company import Work
from storage.reads.company_file import Decided, LastAsk
from storage.reads.regrouping import Elsewhere

TONES = {
    Status.DRAFT: "active",
    Status.SUBMITTED: "good",
    Status.COMPLEMENTS: "attention",
    Status.ADMITTED: "good",
    Status.REFUSED: "danger",
    Status.LAPSED: "quiet",
    Status.WITHDRAWN: "quiet",
    Status.RETURNING: "active",
    Status.DUPLICATE: "quiet",
}
# The phases that a company follows, each with the date of the calendar that ends it.
FOLLOWED = ORDER[ORDER.index(Phase.OPEN) : ORDER.index(Phase.PUBLISHED)]

DECIDED = N_("Le jury a décidé. Les résultats sont sous embargo jusqu'au %(publishes_at)s.")
PUBLISHED = N_("Le palmarès de ce cycle est publié.")
NEXT = {
    Status.DRAFT: N_(
        "Remplissez les sections à votre rythme, puis relisez et envoyez avant la clôture. "
        "Vous pourrez encore modifier et renvoyer jusque-là."
    ),
    Status.SUBMITTED: N_(
        "L'organisation vérifie que votre candidature est recevable. Réponse au plus tard le "
        "%(screening_until)s."
    ),
    Status.COMPLEMENTS: N_(
        "Complétez votre dossier, puis renvoyez-le : l'organisation reprendra alors son examen."
    ),
    Status.ADMITTED: N_(
        "Votre candidature est recevable. Le jury la lit du %(evaluation_from)s au "
        "%(evaluation_until)s ; les résultats seront publiés le %(publishes_at)s."
    ),
    Status.REFUSED: N_("Votre candidature n'a pas été déclarée recevable. Voici pourquoi."),
    Status.LAPSED: N_(
        "Ce brouillon n'a pas été envoyé avant la clôture : il ne sera pas examiné. Il reste "
        "lisible ici, le temps de réutiliser vos textes."
    ),
    Status.WITHDRAWN: N_("Vous avez retiré cette candidature : elle ne sera plus lue par le jury."),
    Status.DUPLICATE: N_(
        "L'organisation a clos cette candidature : c'est le doublon d'une autre de la même entreprise, "
        "dans la même catégorie, qui continue."
    ),
    Status.RETURNING: N_(
        "Vous avez demandé que cette candidature revienne. L'organisation décidera, et vous écrira "
        "sa réponse avec son motif."
    ),
}
STILL_OPEN = N_(
    "Votre candidature est arrivée. Vous pouvez encore la modifier et la renvoyer jusqu'à la "
    "clôture : seule la dernière version envoyée compte. L'organisation vérifiera ensuite qu'elle "
    "est recevable ; réponse au plus tard le %(screening_until)s."
)
GONE_UP_NEXT = {
    Phase.PREPARED: N_(
        "Votre dossier est dans la finale nationale, tel que vous l'aviez envoyé dans votre "
        "territoire. Vous pourrez le mettre à jour du %(opens_at)s au %(closes_at)s."
    ),
    Phase.OPEN: N_(
        "Votre dossier est dans la finale nationale. Vous pouvez le mettre à jour et le renvoyer "
        "jusqu'au %(closes_at)s ; sans nouvel envoi, le jury national lit la version que vous aviez "
        "envoyée."
    ),
}
GIVEN_AWAY = {
    RegroupKind.NEIGHBOUR: N_(
        "Votre candidature est recevable. Votre territoire compte trop peu de dossiers dans cette "
        "catégorie : un jury voisin la juge (%(jury)s). Il la lit du %(evaluation_from)s au "
        "%(evaluation_until)s ; ses résultats seront publiés le %(publishes_at)s."
    ),
    RegroupKind.CARRIED: N_(
        "Votre candidature est recevable. Votre territoire compte trop peu de dossiers dans cette "
        "catégorie : elle est jugée directement en finale (%(jury)s). Le jury la lit du "
        "%(evaluation_from)s au %(evaluation_until)s ; les résultats seront publiés le "
        "%(publishes_at)s."
    ),
}
LATER = {Phase.DECIDED: DECIDED, Phase.PUBLISHED: PUBLISHED, Phase.CLOSED: PUBLISHED}


def what_is_next(
    work: Work, now: datetime, elsewhere: Elsewhere | None = None
) -> tuple[str, dict[str, object]]:
    """What comes next: a French sentence and its dates, those of another jury if it judges the file."""
    if elsewhere and work.status is Status.ADMITTED:
        return GIVEN_AWAY[elsewhere.kind], {"jury": elsewhere.jury} | _dates(elsewhere.calendar)
    dates = _dates(work.calendar)
    if may_update(work):
        return GONE_UP_NEXT[work.phase], dates
    if work.status is Status.ADMITTED and work.phase in LATER:
        return LATER[work.phase], dates
    if work.status is Status.SUBMITTED and work.phase_at(now) is Phase.OPEN:
        return STILL_OPEN, dates
    return NEXT[work.status], dates


def _dates(calendar: CycleCalendar) -> dict[str, object]:
    return {
        "opens_at": calendar.opens_at,
        "closes_at": calendar.closes_at,
        "screening_until": calendar.screening_until,
        "evaluation_from": calendar.evaluation_from,
        "evaluation_until": calendar.evaluation_until,
        "publishes_at": calendar.publishes_at,
    }


def deadline_of(work: Work, now: datetime) -> datetime | None:
    """Until when the company has something to do, if it has."""
    if work.status is Status.COMPLEMENTS:
        return work.complements_until
    is_open = work.status in {Status.DRAFT, Status.SUBMITTED} or may_update(work)
    is_awaited = is_open and work.phase_at(now) is Phase.OPEN
    return work.calendar.closes_at if is_awaited else None


def may_update(work: Work) -> bool:
    """Whether the file is one of the final, which its company may bring up to date, now or soon."""
    is_there = work.entry in GONE_UP and work.status is Status.ADMITTED
    return is_there and work.phase in GONE_UP_NEXT


def reason_of(work: Work, decisions: Sequence[Decided]) -> Decided | None:
    """The decision that the company must read now: a complement asked, or a refusal."""
    awaited = {
        Status.COMPLEMENTS: (Act.ASK_COMPLEMENTS, Act.CHANGE_CATEGORY),
        Status.REFUSED: (Act.REFUSE, Act.EXCLUDE),
        Status.WITHDRAWN: (Act.DECLINE_RETURN,),
        Status.DUPLICATE: (Act.MARK_DUPLICATE,),
    }
    acts = awaited.get(work.status, ())
    return next((each for each in decisions if each.decision in acts), None)


# What was asked and waits for the engine, which was away; said instead of the state that it will change.
WAITING = {
    Act.SUBMIT: N_("Envoyée, en cours d'enregistrement"),
    Act.COMPLETE: N_("Complément en cours d'enregistrement"),
    Act.WITHDRAW: N_("Retrait en cours d'enregistrement"),
    Act.COME_BACK: N_("Retour en cours d'enregistrement"),
}
ARRIVED = {
    Act.SUBMIT: N_(
        "Votre envoi est arrivé le %(arrived_at)s : c'est cette heure qui compte. Il est en cours "
        "d'enregistrement, et un message vous le confirmera. Vous n'avez rien à refaire."
    ),
    Act.COMPLETE: N_(
        "Votre complément est arrivé le %(arrived_at)s : c'est cette heure qui compte. Il est en "
        "cours d'enregistrement, et un message vous le confirmera. Vous n'avez rien à refaire."
    ),
    Act.WITHDRAW: N_(
        "Votre retrait est arrivé le %(arrived_at)s. Il est en cours d'enregistrement, et un message "
        "vous le confirmera. Vous n'avez rien à refaire."
    ),
    Act.COME_BACK: N_(
        "Votre retour est arrivé le %(arrived_at)s : c'est cette heure qui compte. Il est en cours "
        "d'enregistrement, et un message vous le confirmera. Vous n'avez rien à refaire."
    ),
}
AWAITED = frozenset({Status.DRAFT, Status.COMPLEMENTS})


def refused_later(work: Work, asked: LastAsk | None) -> LastAsk | None:
    """The last sending, if it was refused and is still to be made."""
    if asked is None or asked.refusal is None or asked.act is Act.WITHDRAW:
        return None
    return asked if work.status in AWAITED else None


@dataclass(frozen=True, slots=True)
class Step:
    """A phase as the timeline shows it; ``until`` is the instant that ends it."""

    key: Phase
    title: str
    until: datetime


def timeline_of(work: Work) -> tuple[Step, ...]:
    """The phases that a company follows, with their dates."""
    calendar = work.calendar
    ends = (
        calendar.closes_at,
        calendar.screening_until,
        calendar.evaluation_until,
        calendar.deliberation_until,
        calendar.publishes_at,
    )
    return tuple(
        Step(phase, NAMES[phase], until) for phase, until in zip(FOLLOWED, ends, strict=True)
    )
