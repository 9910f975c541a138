import pytest

from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal
from storage.database import Database
from storage.drafts.jurors import JurorLines, NewJuror, WrongLine, add_juror, read_csv
from tests.builders import a_cycle, a_juror, a_person, an_application

JEANNE = NewJuror("jeanne@exemple.fr", "Jeanne Jurée", "Réseau Alliances")


async def test_a_juror_is_invited(database: Database) -> None:
    async with database.transaction() as session:
        added = await add_juror(session, await a_cycle(session), JEANNE)

    assert (added.is_new, added.is_to_invite) == (True, True)
    assert (added.juror.status, added.juror.organisation) == ("invited", "Réseau Alliances")


async def test_a_place_in_reserve_is_kept_without_an_invitation(database: Database) -> None:
    async with database.transaction() as session:
        wanted = NewJuror("jeanne@exemple.fr", reserve_place=2)
        added = await add_juror(session, await a_cycle(session), wanted)

    assert (added.juror.status, added.juror.reserve_place) == (JurorStatus.RESERVE, 2)
    assert not added.is_to_invite


async def test_whoever_is_there_stays_as_they_are(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        first = await add_juror(session, cycle, JEANNE)
        again = await add_juror(session, cycle, NewJuror("jeanne@exemple.fr", reserve_place=1))

    assert (again.is_new, again.juror.id) == (False, first.juror.id)
    assert again.juror.reserve_place is None


async def test_a_candidate_does_not_judge(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        person = await a_person(session, JEANNE.email)
        await an_application(session, cycle, by=person.id)

        with pytest.raises(Refusal, match="travaille sur une candidature de ce cycle"):
            await add_juror(session, cycle, JEANNE)


async def test_a_jury_has_one_chair(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        await a_juror(session, cycle, is_chair=True)

        with pytest.raises(Refusal, match="a déjà sa présidence"):
            await add_juror(session, cycle, NewJuror("jeanne@exemple.fr", is_chair=True))


async def test_a_jury_whose_work_is_done_takes_nobody(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.DELIBERATION)

        with pytest.raises(Refusal, match="l'évaluation est terminée"):
            await add_juror(session, cycle, JEANNE)


def test_a_file_gives_its_good_lines_and_says_what_is_wrong_with_the_others() -> None:
    content = (
        "Courriel;Nom;Organisation;SIREN;Présidence;Réserve\r\n"
        "Jeanne@Exemple.fr;Jeanne  Jurée;Réseau Alliances;123 456 782;oui;\r\n"
        ";;;;;\r\n"
        "paul@;Paul;;;;\r\n"
        "rené@exemple.fr;René;;;;\r\n"
        "ines@exemple.fr;Inès;;123456789;;\r\n"
        "omar@exemple.fr;Omar;;;peut-être;\r\n"
        "lise@exemple.fr;Lise;;;;première\r\n"
        "jeanne@exemple.fr;Jeanne;;;;\r\n"
        "noé@exemple.fr\r\n"
        "anna@exemple.fr;Anna;;;;2\r\n"
    ).encode("utf-8-sig")

    read = read_csv(content)

    assert read.good == (
        (
            2,
            NewJuror(
                "jeanne@exemple.fr", "Jeanne Jurée", "Réseau Alliances", "123456782", is_chair=True
            ),
        ),
        (11, NewJuror("anna@exemple.fr", "Anna", reserve_place=2)),
    )
    assert [wrong.line for wrong in read.wrong] == [4, 5, 6, 7, 8, 9, 10]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("email,name\njeanne@exemple.fr,Jeanne Jurée\n".encode(), id="commas"),
        pytest.param("email\tname\njeanne@exemple.fr\tJeanne Jurée".encode(), id="tabs"),
        pytest.param("e-mail;nom\rjeanne@exemple.fr;Jeanne Jurée\r".encode(), id="an old Mac"),
        pytest.param(
            "courriel;nom\njeanne@exemple.fr;Jeanne Jurée\n".encode("cp1252"), id="an old Windows"
        ),
        pytest.param('email;name\njeanne@exemple.fr;"Jeanne\nJurée"\n'.encode(), id="quotes"),
    ],
)
def test_a_file_is_read_however_it_was_saved(content: bytes) -> None:
    read = read_csv(content)

    assert read == JurorLines(
        ((read.good[0][0], NewJuror("jeanne@exemple.fr", "Jeanne Jurée")),), ()
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "La première ligne", id="nothing"),
        pytest.param(b"jeanne@exemple.fr;Jeanne", "La première ligne", id="no titles"),
        pytest.param(b"email\n" + b"a@b.fr\n" * 501, "dépasse 500 lignes", id="too long"),
        pytest.param(b"email\n" + b"a" * 200_000, "n'est pas un fichier CSV", id="a huge cell"),
        pytest.param(bytes(range(256)), "La première ligne", id="not a text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_csv(content)


def test_an_empty_line_of_jurors_says_its_number() -> None:
    read = read_csv(b"email;name\n;Jeanne\n")

    assert read.wrong == (
        WrongLine(2, "Cette adresse de courriel semble incomplète. Exemple : nom@exemple.fr."),
    )
