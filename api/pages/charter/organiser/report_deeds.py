"""What may be done with a report, as each form says it."""

from collections.abc import Mapping

from api.pages.charter.organiser.asking import Typed, words_in
from api.posted import PostedForm
from domain.charter.document import Level
from domain.charter.entry import all_followed
from domain.charter.situation import Step
from domain.charter.states import ALLOWED, Act
from domain.refusals import N_
from storage.reads.charter.organiser.report import ReportRead

DEEDS = {
    "valider": Act.VALIDATE_REPORT,
    "retourner": Act.RETURN_REPORT,
    "delai": Act.EXTEND,
}
DONE = {
    Act.VALIDATE_REPORT: N_("Le bilan est validé. La structure en est avertie."),
    Act.RETURN_REPORT: N_("Le bilan est retourné. La structure en est avertie, avec la date."),
    Act.EXTEND: N_("Le délai est accordé. La structure en est avertie."),
}
_CHOOSE_LEVEL = N_("Choisissez un niveau de vérification.")
_SAY_WHAT = N_("Écrivez ce qui est à corriger : la structure le lira tel quel.")
_SAY_WHY = N_("Écrivez la raison de ce délai : elle reste au journal.")
_HOW_MANY = N_("Donnez un nombre de jours, sans autre signe.")
LONGEST_NUMBER = 4


def may_be_done(act: Act, read: ReportRead) -> bool:
    """Whether the form of an act is worth showing: its state allows it, and it was not done before."""
    if not read.is_latest or read.case.state not in ALLOWED[act]:
        return False
    if act is Act.EXTEND:
        is_awaited = read.step in {Step.OPEN, Step.RETURNED}
        return is_awaited and not read.extended and read.case.situation.missed_on is None
    return read.step is Step.SUBMITTED and not (act is Act.RETURN_REPORT and read.returned)


def typed_in(act: Act, form: PostedForm, read: ReportRead) -> Typed:
    """What a form says."""
    return _READ[act](form, read)


def _validation(form: PostedForm, read: ReportRead) -> Typed:
    note, wrong = words_in(form, "note")
    level = form.get("level")
    if level not in set(Level):
        wrong["level"] = _CHOOSE_LEVEL
    payload = {"level": level, "levels": _levels(form, read), "reason": note}
    return Typed(Act.VALIDATE_REPORT, payload, wrong)


def _levels(form: PostedForm, read: ReportRead) -> Mapping[str, str]:
    """The levels of the indicators that the company follows."""
    if read.signed is None:
        return {}
    codes = (each.code for each in all_followed(read.case.charter, read.signed.entry))
    said = {code: form.get(f"level.{code}") for code in codes}
    return {code: level for code, level in said.items() if level in set(Level)}


def _return(form: PostedForm, _read: ReportRead) -> Typed:
    reason, wrong = words_in(form, "missing", _SAY_WHAT)
    return Typed(Act.RETURN_REPORT, {"reason": reason}, wrong)


def _extension(form: PostedForm, _read: ReportRead) -> Typed:
    reason, wrong = words_in(form, "why", _SAY_WHY)
    days = form.get("days").strip()
    if not (days.isascii() and days.isdigit() and len(days) <= LONGEST_NUMBER):
        wrong["days"] = _HOW_MANY
    return Typed(Act.EXTEND, {"days": days, "reason": reason}, wrong)


_READ = {
    Act.VALIDATE_REPORT: _validation,
    Act.RETURN_REPORT: _return,
    Act.EXTEND: _extension,
}
