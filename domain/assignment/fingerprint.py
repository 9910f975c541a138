"""The fingerprint of a deal: what it was made from, and what it gave, in one line for the minutes."""

import json
from dataclasses import asdict
from hashlib import sha256

from domain.assignment.dealing import Deal, solver
from domain.assignment.instance import Policy
from domain.assignment.names import Table


def fingerprint(table: Table, made: Deal, policy: Policy) -> str:
    """Sixty-four signs that change when anybody changes anything of the deal."""
    jurors = [
        (each.juror, each.maximum, each.minimum, sorted(each.expertise), each.organisation)
        for each in sorted(table.jurors, key=lambda each: each.juror)
    ]
    document: dict[str, object] = {
        "files": sorted((file, table.topics.get(file, "")) for file in table.files),
        "jurors": jurors,
        "readings": table.readings,
        "conflicts": sorted(table.conflicts),
        "locked": sorted(table.locked),
        "rules": list(table.rules),
        "policy": asdict(policy),
        "seed": made.seed,
        "solver": solver(),
        "pairs": made.pairs,
    }
    if table.extra:  # not said when there is none, so that older deals keep theirs
        document["extra"] = sorted(table.extra.items())
    return sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
