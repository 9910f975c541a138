"""The settings of a command: what the operator set, else what `trophees up` runs here."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from settings import Settings


def settings_of_what_runs() -> "Settings":
    """Settings that point at the parts of this folder, unless the environment says otherwise."""
    from embedded.state import StateFolder  # noqa: PLC0415  (`--help` must not wait)
    from settings import Settings  # noqa: PLC0415  (`--help` must not wait)

    for name, value in StateFolder(Settings().state_dir).published().items():
        os.environ.setdefault(name, value)
    return Settings()
