"""A correction waits for a second person, thirty days at most, on the real server."""

from temporalio.testing import WorkflowEnvironment

from domain.corrections import CorrectionAct, CorrectionStep
from domain.wire.correction import CorrectionState
from storage.database import Database
from tests.workflows.builders import journal, letters
from tests.workflows.corrections import a_correction

PUBLISHED = CorrectionState(CorrectionStep.PUBLISHED)


async def test_a_second_person_confirms_and_everybody_hears_of_it(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await a_correction(at_work.client, database)

    state = await given.asks(CorrectionAct.CONFIRM)
    ended = await given.handle.result()

    assert (state, ended) == (PUBLISHED, PUBLISHED)
    assert await letters(database) == ["correction_to_confirm", *["palmares_corrected"] * 3]
    assert await journal(database, f"correction:{given.id}") == [
        ("propose_correction", "", "proposed"),
        ("confirm_correction", "proposed", "published"),
    ]


async def test_a_proposal_that_nobody_answers_lapses_and_its_author_hears_of_it(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await a_correction(at_work.client, database)

    await at_work.fast_forward(given.handle)
    ended = await given.handle.result()

    assert ended == CorrectionState(CorrectionStep.LAPSED)
    assert await letters(database) == ["correction_to_confirm", "correction_dismissed"]
