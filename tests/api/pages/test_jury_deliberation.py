"""The chair reads the ranking and decides, category by category."""

from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import select

from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.ranking import Flag
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.results import Decision
from tests.api.pages.company_world import words_of
from tests.api.pages.jury_world import (
    CHAIR,
    Bench,
    a_bench,
    a_conflict,
    a_file,
    a_sealed_card,
    a_standing,
)
from tests.browser import Browser
from tests.builders import a_card, a_juror
from tests.conftest import SignIn
from tests.counting import queries

NAMES = ("Première", "Deuxième", "Troisième", "Sous le seuil")


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(CHAIR, name="Claire Chair")


async def a_ranking(
    database: Database, *, phase: Phase = Phase.DELIBERATION, tied: bool = False
) -> tuple[Bench, list[Application]]:
    """Four ranked files, of which the last may not be a laureate."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, email=CHAIR, is_chair=True)
        files = [await a_file(session, bench.cycle, company=name) for name in NAMES]
        equal = tuple(files[:2]) if tied else ()
        await a_standing(session, files[0], 1, mean="84.20", tied_with=equal[1:])
        await a_standing(
            session, files[1], 2, rank=1 if tied else 2, mean="84.20", tied_with=equal[:1]
        )
        await a_standing(session, files[2], 3, mean="61.00", flags=(Flag.SPREAD_ALERT,))
        await a_standing(session, files[3], 4, mean="44.00", flags=(Flag.BELOW_THRESHOLD,))
    return bench, files


async def decisions_in(database: Database) -> list[Decision]:
    """What is written down."""
    async with database.transaction() as session:
        return list((await session.execute(select(Decision))).scalars())


def page(bench: Bench, category: str = "QUA") -> str:
    return f"{bench.url}/deliberation/{category}"


async def test_every_category_says_where_it_stands(browser: Browser, database: Database) -> None:
    bench, files = await a_ranking(database)
    await browser.submit(page(bench), {"laureate": str(files[0].id)})

    shown = await browser.get(f"{bench.url}/deliberation")

    words = words_of(shown.text)
    assert "Qualité des parcours d'insertion Lauréat : Première Décidée" in words
    assert "Innovation sociale Aucun dossier dans cette catégorie Sans objet" in words
    assert "Catégories décidées 1 sur 1" in words


async def test_the_ranking_shows_numbers_flags_and_the_tie_rule(
    browser: Browser, database: Database
) -> None:
    bench, _ = await a_ranking(database, tied=True)

    words = words_of((await browser.get(page(bench))).text)

    assert "1 Première Un tuteur pour chacun" in words
    assert "84,20 12,00 3 4,00 3,00 4,00 3,00 2,00" in words
    assert "Troisième Un tuteur pour chacun Avis très écartés" in words
    assert "Sous le seuil Un tuteur pour chacun Sous le seuil" in words
    assert (
        "À égalité de moyenne, on regarde dans cet ordre : « Impact mesuré pour les personnes », "
        "« Accueil, tutorat, formation », le vote du jury, la voix de la présidence."
    ) in words


async def test_the_chair_reads_who_gave_what(browser: Browser, database: Database) -> None:
    bench, files = await a_ranking(database)
    async with database.transaction() as session:
        amina = await a_juror(session, bench.cycle, name="Amina Roux")
        await a_sealed_card(session, amina, files[0], note="68.00")
        late = await a_juror(session, bench.cycle, name="Bernard Lenoir")
        card = await a_card(session, late, files[0], marks={"IMP": 5})
        card.comments = {"IMP": "Un brouillon qui ne compte pas."}

    shown = await browser.get(page(bench))

    words = words_of(shown.text)
    assert "Amina Roux 68,00 sur 100 Accueil, tutorat, formation 4" in words
    assert "Impact mesuré pour les personnes 4 Des sorties suivies à six mois." in words
    assert "Bernard Lenoir Non notée à temps" in words
    assert "Un brouillon qui ne compte pas." not in words


async def test_the_chair_sees_no_mark_of_a_file_with_which_they_have_a_tie(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_ranking(database)
    async with database.transaction() as session:
        await a_conflict(session, bench.juror, files[2])
        other = await a_juror(session, bench.cycle, name="Amina Roux")
        await a_sealed_card(session, other, files[2])

    shown = await browser.get(page(bench))

    words = words_of(shown.text)
    assert "Troisième Un tuteur pour chacun Lien déclaré avec ce dossier" in words
    assert "61,00" not in words
    assert "Amina Roux" not in words


async def test_a_choice_that_follows_the_ranking_needs_no_reason(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_ranking(database)

    decided = await browser.submit(
        page(bench),
        {"laureate": str(files[0].id), "nominee": [str(files[1].id), str(files[2].id)]},
    )

    [decision] = await decisions_in(database)
    assert (decided.status_code, decided.headers["location"]) == (303, f"{bench.url}/deliberation")
    assert (decision.category, decision.laureate_id, decision.awards) == ("QUA", files[0].id, True)
    assert decision.nominees == [str(files[1].id), str(files[2].id)]


async def test_a_decision_may_be_changed_until_the_signature(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_ranking(database)
    await browser.submit(page(bench), {"laureate": str(files[0].id)})

    await browser.submit(page(bench), {"laureate": "none", "reason": "Aucun dossier ne convainc."})

    [decision] = await decisions_in(database)
    assert (decision.laureate_id, decision.awards) == (None, False)
    assert decision.reason == "Aucun dossier ne convainc."


@pytest.mark.parametrize(
    ("laureate", "nominees", "sentence"),
    [
        ("none", [], "Dites pourquoi ce trophée n'est pas décerné"),
        ("1", [], "Ce choix s'écarte du classement"),
        ("0", [2], "Ce choix s'écarte du classement"),
        ("0", [1, 3], "Ce choix s'écarte du classement"),
    ],
    ids=["none", "not the first", "a nominee passed over", "a nominee below the threshold"],
)
async def test_a_choice_that_departs_says_why(
    browser: Browser, database: Database, laureate: str, nominees: list[int], sentence: str
) -> None:
    bench, files = await a_ranking(database)
    chosen = "none" if laureate == "none" else str(files[int(laureate)].id)
    fields = {"laureate": chosen, "nominee": [str(files[each].id) for each in nominees]}

    unsaid = await browser.submit(page(bench), fields)
    said = await browser.submit(page(bench), fields | {"reason": "Le jury l'a voté."})

    assert unsaid.status_code == 422
    assert sentence in words_of(unsaid.text)
    assert f'value="{chosen}"' in unsaid.text
    assert said.status_code == 303


async def test_separating_equals_says_how(browser: Browser, database: Database) -> None:
    bench, files = await a_ranking(database, tied=True)

    unsaid = await browser.submit(page(bench), {"laureate": str(files[0].id)})

    assert unsaid.status_code == 422
    assert "Des dossiers sont à égalité" in words_of(unsaid.text)
    assert await decisions_in(database) == []


@pytest.mark.parametrize(
    ("laureate", "nominees", "sentence"),
    [
        (None, [], "Choisissez le dossier lauréat"),
        (3, [], "Le règlement ne permet pas de distinguer ce dossier."),
        (0, [0], "Le dossier lauréat ne peut pas être aussi nommé."),
        (0, [1, 2, 3], "Choisissez 2 dossiers nommés au plus."),
    ],
    ids=["nothing", "below the threshold", "laureate and nominee", "too many"],
)
async def test_an_impossible_choice_is_said_whatever_the_reason(
    browser: Browser,
    database: Database,
    laureate: int | None,
    nominees: list[int],
    sentence: str,
) -> None:
    bench, files = await a_ranking(database)
    fields = {
        "laureate": "" if laureate is None else str(files[laureate].id),
        "nominee": [str(files[each].id) for each in nominees],
        "reason": "Le jury y tient.",
    }

    decided = await browser.submit(page(bench), fields)

    assert decided.status_code == 422
    assert sentence in words_of(decided.text)
    assert "Le jury y tient." in decided.text
    assert await decisions_in(database) == []


async def test_a_file_that_is_not_ranked_here_is_no_laureate(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_ranking(database)
    async with database.transaction() as session:
        elsewhere = await a_file(session, bench.cycle, category="INN")
        await a_standing(session, elsewhere, 1)

    answers = [
        await browser.submit(page(bench), {"laureate": laureate, "reason": "Oui."})
        for laureate in (str(elsewhere.id), str(uuid4()), "n'importe quoi")
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert files
    assert await decisions_in(database) == []


async def test_a_withdrawn_file_is_shown_and_not_chosen(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_ranking(database)
    async with database.transaction() as session:
        first = await session.get_one(Application, files[0].id)
        first.status = "withdrawn"

    shown = await browser.get(page(bench))
    refused = await browser.submit(page(bench), {"laureate": str(files[0].id), "reason": "Oui."})
    second = await browser.submit(page(bench), {"laureate": str(files[1].id)})

    assert "Première Un tuteur pour chacun Candidature retirée" in words_of(shown.text)
    assert (refused.status_code, second.status_code) == (422, 303)


async def test_once_signed_decisions_are_only_read(browser: Browser, database: Database) -> None:
    bench, files = await a_ranking(database, phase=Phase.DECIDED)

    shown = await browser.get(page(bench))
    decided = await browser.submit(page(bench), {"laureate": str(files[0].id)})

    assert "Noter la décision" not in shown.text
    assert decided.status_code == 409
    assert await decisions_in(database) == []


@pytest.mark.parametrize(
    ("phase", "status", "sentence"),
    [
        (Phase.EVALUATION, 409, "La délibération s'ouvre quand la notation est close"),
        (Phase.PUBLISHED, 403, "Le palmarès est public"),
    ],
)
async def test_the_deliberation_has_its_time(
    browser: Browser, database: Database, phase: Phase, status: int, sentence: str
) -> None:
    bench, files = await a_ranking(database, phase=phase)

    pages = [
        await browser.get(f"{bench.url}/deliberation"),
        await browser.get(page(bench)),
        await browser.submit(page(bench), {"laureate": str(files[0].id)}),
    ]

    assert [each.status_code for each in pages] == [status] * 3
    assert all(sentence in words_of(each.text) for each in pages)
    assert "Première" not in pages[1].text


@pytest.mark.parametrize("path", ["/deliberation", "/deliberation/QUA", "/signature"])
async def test_only_the_chair_deliberates(signed_in: SignIn, database: Database, path: str) -> None:
    bench, _ = await a_ranking(database)
    async with database.transaction() as session:
        await a_juror(session, bench.cycle, email="membre@exemple.fr")
        seat = await a_juror(session, bench.cycle, email="simple@exemple.fr")
    member = await signed_in("simple@exemple.fr")

    shown = await member.get(f"/jury/{seat.id}{path}")

    assert shown.status_code == 403
    assert "La délibération est conduite par la présidence du jury." in words_of(shown.text)


async def test_a_chair_who_left_no_longer_deliberates(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(
            session,
            phase=Phase.DELIBERATION,
            email=CHAIR,
            is_chair=True,
            status=JurorStatus.RELEASED,
        )

    shown = await browser.get(f"{bench.url}/deliberation")

    assert shown.status_code == 403


async def test_a_category_that_is_none_is_not_found(browser: Browser, database: Database) -> None:
    bench, _ = await a_ranking(database)

    shown = await browser.get(page(bench, "ZZZ"))

    assert shown.status_code == 404


async def test_a_choice_of_another_page_is_kept_in_sight(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
        files = [await a_file(session, bench.cycle, company=f"N° {n:02}") for n in range(51)]
        for place, file in enumerate(files, start=1):
            await a_standing(session, file, place)
    await browser.submit(page(bench), {"laureate": str(files[0].id)})

    first = await browser.get(page(bench))
    second = await browser.get(f"{page(bench)}?after=50")

    assert "Classement, dossiers 1 à 50 sur 51" in words_of(first.text)
    assert "Classement, dossiers 51 à 51 sur 51" in words_of(second.text)
    assert "Choix gardés, hors de cette page du classement : Lauréat : N° 00" in words_of(
        second.text
    )


@pytest.mark.parametrize("after", ["-3", "99999999999999999999", "50'"])
async def test_a_strange_place_breaks_nothing(
    browser: Browser, database: Database, after: str
) -> None:
    bench, files = await a_ranking(database)

    shown = await browser.get(f"{page(bench)}?after={after}")
    posted = await browser.submit(page(bench), {"after": after * 2000, "laureate": ""})

    assert shown.status_code in {200, 404}
    assert posted.status_code == 422
    assert files


async def test_the_ranking_asks_as_much_for_one_file_as_for_three(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    counts: list[int] = []
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
    await _one_more(database, bench, 1)
    await browser.get(page(bench))
    with queries(application) as counted:
        await browser.get(page(bench))
    counts.append(counted.count)

    for place in (2, 3):
        await _one_more(database, bench, place)
    with queries(application) as counted:
        await browser.get(page(bench))
    counts.append(counted.count)

    assert counts[0] == counts[1]


async def _one_more(database: Database, bench: Bench, place: int) -> UUID:
    async with database.transaction() as session:
        cycle = await session.get_one(Cycle, bench.cycle.id)
        file = await a_file(session, cycle)
        await a_standing(session, file, place)
        reader = await a_juror(session, cycle)
        await a_card(session, reader, file, status=CardStatus.ABSTAINED)
    return file.id
