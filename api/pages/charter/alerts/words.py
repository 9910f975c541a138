"""What happens to a complaint, in words: for the organiser, for the company, for its author."""

from domain.charter.alerts import AlertAct, AlertOutcome, AlertStep, AlertTimer
from domain.refusals import N_

TONES = {
    AlertStep.RECEIVED: "attention",
    AlertStep.INADMISSIBLE: "quiet",
    AlertStep.INQUIRY: "active",
    AlertStep.REMEDY: "attention",
    AlertStep.DECIDED: "active",
    AlertStep.APPEALED: "attention",
    AlertStep.CLOSED: "quiet",
}
# What was decided, whatever became of it since: an appeal may have undone it.
DECIDED = {
    AlertOutcome.CLASSED: N_("Classement sans suite"),
    AlertOutcome.REMEDY: N_("Mise en conformité demandée"),
    AlertOutcome.SUSPENSION: N_("Suspension de l'adhésion"),
    AlertOutcome.REMOVAL: N_("Radiation de l'adhésion"),
}
# What ends a step, by its published delay.
UNTIL = {
    AlertStep.RECEIVED: N_("Recevabilité à dire avant le"),
    AlertStep.INQUIRY: N_("Décision promise avant le"),
    AlertStep.REMEDY: N_("Mise en conformité attendue avant le"),
    AlertStep.DECIDED: N_("Recours possible jusqu'au"),
    AlertStep.APPEALED: N_("Réponse au recours promise avant le"),
}
FILED = "signaler"
ACTS: dict[str, str] = {
    FILED: N_("Signalement reçu"),
    AlertAct.ADMIT: N_("Déclaré recevable, la structure est invitée à répondre"),
    AlertAct.DISMISS: N_("Déclaré non recevable"),
    AlertAct.REPLY: N_("Réponse de la structure"),
    AlertAct.DECIDE: N_("Décision"),
    AlertAct.APPEAL: N_("Recours de la structure"),
    AlertAct.ANSWER_APPEAL: N_("Réponse au recours"),
    AlertTimer.END_APPEAL: N_("Fin du délai de recours, la décision est définitive"),
}
# The company hears of nothing before it is asked to reply: when the words came says who wrote.
TOLD_ACTS: dict[str, str] = {
    AlertAct.ADMIT: N_("L'organisateur vous invite à répondre"),
    AlertAct.REPLY: N_("Votre réponse"),
    AlertAct.DECIDE: N_("Décision de l'organisateur"),
    AlertAct.APPEAL: N_("Votre recours"),
    AlertAct.ANSWER_APPEAL: N_("Réponse à votre recours"),
    AlertTimer.END_APPEAL: N_("Fin du délai de recours, la décision est définitive"),
}
GRANTED = {True: N_("Recours accepté"), False: N_("Recours rejeté")}
