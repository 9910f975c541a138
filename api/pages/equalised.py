"""The words and the picture of an adjusted ranking, for chair and organiser alike."""

from typing import Any

from domain.calibration.results import Uncorrected, Zone
from domain.calibration.rules import CalibrationRules
from domain.refusals import N_
from domain.rules_text.equalising import EXPLAINED, METHODS
from storage.reads.equalised import Equalised

ZONES = {
    Zone.LAUREATE: (N_("Lauréat net"), "good"),
    Zone.TO_DELIBERATE: (N_("À délibérer"), "attention"),
    Zone.OUT: (N_("Hors course"), "quiet"),
}
REASONS = {
    Uncorrected.FEW_JURORS: N_("Moins de trois jurés : rien n'est corrigé."),
    Uncorrected.WEAK_LINK: N_("Trop peu de dossiers communs entre jurés : rien n'est corrigé."),
}
WIDTH, ROW, MARGIN = 640, 26, 24


def shown_of(found: Equalised | None, rules: CalibrationRules) -> dict[str, Any]:
    """What the template needs beside what was found."""
    return {
        "zones": ZONES,
        "reasons": REASONS,
        "explained": EXPLAINED,
        "method": METHODS[rules.method],
        "ladder": _ladder(found) if found else None,
    }


def _ladder(found: Equalised) -> dict[str, Any] | None:
    """Where the bars of the ranks stand, drawn from left (first) to right (last)."""
    files = [each for each in found.files if each.best is not None and each.worst is not None]
    last = max((each.worst or 1 for each in files), default=0)
    if last < 1:
        return None
    step = (WIDTH - 2 * MARGIN) / max(last - 1, 1)
    rows = [
        {
            "y": ROW * place + ROW,
            "from": round(MARGIN + step * ((each.best or 1) - 1), 1),
            "to": round(MARGIN + step * ((each.worst or 1) - 1), 1),
            "at": round(MARGIN + step * ((each.adjusted_rank or 1) - 1), 1),
            "raw": round(MARGIN + step * (min(each.rank or last, last) - 1), 1),
            # A name stands at the end of its bar that has room for it.
            "ends": (each.best or 1) * 2 > last + 1,
            "zone": each.zone,
            "company": each.company,
        }
        for place, each in enumerate(files)
    ]
    return {"width": WIDTH, "height": ROW * (len(files) + 1), "rows": rows, "last": last}
