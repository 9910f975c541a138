"""The ids by which workflows are known, and the queues on which their work waits."""

CYCLES = "cycles"
POST = "post"


def cycle_id(code: str) -> str:
    """The workflow of a cycle: ``cycle:<edition>:<territory>``."""
    return f"cycle:{code}"


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
