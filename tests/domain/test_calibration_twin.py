"""A second opinion on the two-way model: the mixed model of statsmodels, slower and written by others."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from domain.calibration import equations as model
from domain.calibration.equations import Equations
from domain.calibration.readings import Table, table_of
from domain.calibration.variances import fitted
from tests.domain.juries import a_jury

FLAT = (0.0, 1e6)


def _their_severities(table: Table) -> dict[str, float]:
    frame = pd.DataFrame(
        {
            "note": table.notes,
            "file": [table.files[place] for place in table.file_of],
            "juror": [table.jurors[place] for place in table.juror_of],
        }
    )
    crossed = MixedLM.from_formula(
        "note ~ 1",
        groups=np.ones(len(frame)),
        re_formula="0",
        vc_formula={"file": "0 + C(file)", "juror": "0 + C(juror)"},
        data=frame,
    ).fit(reml=True)
    effects = crossed.random_effects[1.0]
    return {juror: float(effects[f"juror[C(juror)[{juror}]]"]) for juror in table.jurors}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_severities_are_those_of_another_implementation(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(a_jury(seed, files=40, jurors=8, severity=12))
    monkeypatch.setattr(model, "PRIOR_QUALITY", FLAT)
    monkeypatch.setattr(model, "PRIOR_SEVERITY", FLAT)

    ours = fitted(Equations(table)).best.effects[: len(table.jurors)]

    theirs = _their_severities(table)
    assert np.allclose(ours, [theirs[juror] for juror in table.jurors], atol=0.15)
