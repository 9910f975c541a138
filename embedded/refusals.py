"""What stops `trophees up`, said in one sentence with its remedy."""


class EmbeddedError(Exception):
    """A part cannot run; the message is one sentence that a person can act upon."""


class AlreadyRunningError(EmbeddedError):
    """Another supervisor holds this state folder."""
