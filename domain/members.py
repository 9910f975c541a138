"""Who does what on an application, among the people of a company."""

from enum import StrEnum

from domain.refusals import N_, Refusal


class Role(StrEnum):
    """What somebody of the company may do."""

    OWNER = "owner"
    EDITOR = "editor"
    SIGNATORY = "signatory"
    READER = "reader"


NAMES = {
    Role.OWNER: N_("Responsable"),
    Role.EDITOR: N_("Rédaction"),
    Role.SIGNATORY: N_("Signature"),
    Role.READER: N_("Lecture"),
}

# The owner is who opened the application: nobody is invited to that.
INVITED_AS = (Role.EDITOR, Role.SIGNATORY, Role.READER)
WRITERS = frozenset({Role.OWNER, Role.EDITOR, Role.SIGNATORY})
SENDERS = frozenset({Role.OWNER, Role.SIGNATORY})
AT_MOST = 20


def check_may_write(role: Role) -> None:
    """Refuse the pen to whoever was invited to read."""
    if role not in WRITERS:
        raise Refusal(
            N_(
                "Vous pouvez lire ce dossier, pas le modifier. "
                "Demandez le droit de rédiger à la personne responsable."
            )
        )


def check_may_send(role: Role) -> None:
    """Keep sending and withdrawing to those who bind the company."""
    if role not in SENDERS:
        raise Refusal(
            N_(
                "Seule la personne responsable du dossier, ou celle qui le signe, "
                "peut l'envoyer ou le retirer."
            )
        )


def check_may_invite(role: Role) -> None:
    """Keep the team of an application to who opened it."""
    if role is not Role.OWNER:
        raise Refusal(N_("Seule la personne responsable du dossier choisit qui y travaille."))
