"""The ids by which workflows are known, and the queues on which their work waits."""

CYCLES = "cycles"
POST = "post"
MAILINGS = "mailings"

# The schedule that sweeps, and the workflow of each sweep, to which the engine adds its instant.
SWEEP = "sweep"
# The schedule that prepares next year's edition, and the workflow that does it.
PREPARE_EDITION = "prepare-edition"
# The schedule of the retention of data, and the workflow of each night.
RETENTION = "retention"


def cycle_id(code: str) -> str:
    """The workflow of a cycle: ``cycle:<edition>:<territory>``."""
    return f"cycle:{code}"


def edition_id(code: str) -> str:
    """The workflow of an edition, by its code."""
    return f"edition:{code}"


def edition_subject(edition: str) -> str:
    """The name by which requests, the journal and the ledger know an edition."""
    return f"edition:{edition}"


def application_id(application: str) -> str:
    """The workflow of an application."""
    return f"application:{application}"


def juror_id(cycle: str, juror: str) -> str:
    """The workflow of a juror in a cycle."""
    return f"juror:{cycle}:{juror}"


def letter_id(key: str) -> str:
    """The workflow that sends one letter."""
    return f"letter:{key}"


def mailing_id(key: str) -> str:
    """The workflow that sends a mailing."""
    return f"mailing:{key}"


def publication_id(code: str) -> str:
    """The workflow that publishes the palmarès of a cycle."""
    return f"publication:{code}"


def promotion_id(cycle: str, category: str) -> str:
    """The workflow of the places of a category of a territory in the final."""
    return f"promotion:{cycle}:{category}"


def promotion_subject(promotion: str) -> str:
    """The name by which requests, the journal and the ledger know a promotion."""
    return f"promotion:{promotion}"


def correction_id(correction: str) -> str:
    """The workflow of a correction of a palmarès, which is also its name in the journal."""
    return f"correction:{correction}"


def adherence_id(charter: str, siren: str) -> str:
    """The workflow of a company's adherence to a charter."""
    return f"adherence:{charter}:{siren}"


def adherence_subject(adherence: str) -> str:
    """The name by which requests, the journal and the ledger know an adherence."""
    return f"adherence:{adherence}"


def purge_id(adherence: str) -> str:
    """The workflow that erases an entry file which was given up."""
    return f"purge:{adherence}"


def alert_id(alert: str) -> str:
    """The workflow of a complaint about a signatory, which is also its name in the journal."""
    return f"alert:{alert}"


def vote_id(edition: str) -> str:
    """The workflow of the favourite vote of an edition."""
    return f"vote:{edition}"


def vote_subject(vote: str) -> str:
    """The name by which requests, the journal and the ledger know a vote."""
    return f"vote:{vote}"
