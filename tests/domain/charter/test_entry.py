from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.charter.document import CharterDocument
from domain.charter.entry import entry_from
from domain.charter.entry_gaps import gaps
from domain.charter.gaps import Gap
from domain.charter.sizes import Size

Document = dict[str, Any]
TODAY = date(2026, 9, 15)
TERM = date(2029, 9, 30)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["I3.1", "signatory", "baseline", "by", "name"]), inner)
    ),
    max_leaves=8,
)


def found(
    charter: CharterDocument, entry: Document, size: Size | None = Size.TPE
) -> tuple[Gap, ...]:
    return gaps(charter, size, entry_from(entry), TERM, TODAY)


def said(charter: CharterDocument, entry: Document, size: Size | None = Size.TPE) -> list[str]:
    return [
        f"{gap.section} {gap.code} {gap.box}: {gap}".replace("\u00a0", " ")
        for gap in found(charter, entry, size)
    ]


def test_a_complete_file_has_no_gap(charter: CharterDocument, complete_entry: Document) -> None:
    assert found(charter, complete_entry) == ()


def test_a_blank_file_says_everything_that_it_lacks(charter: CharterDocument) -> None:
    missing = said(charter, {})

    assert missing == [
        "choice E1 : L’engagement E1 est commun à tous les signataires : retenez-le.",
        "choice E10 : L’engagement E10 est commun à tous les signataires : retenez-le.",
        (
            "choice commitments : Engagements à choisir en plus des engagements communs : "
            "au moins 1. Choisis : 0."
        ),
        "roles signatory name: Indiquez qui tient ce rôle.",
        "roles signatory email: Indiquez l’adresse électronique de la personne qui signe.",
        "roles lead name: Indiquez qui tient ce rôle.",
        "roles purchasing name: Indiquez qui tient ce rôle.",
        "roles staff name: Indiquez qui tient ce rôle.",
        "roles reporting name: Indiquez qui tient ce rôle.",
    ]


@pytest.mark.parametrize(("size", "minimum"), [(Size.PME, 2), (Size.ETI, 4), (Size.GE, 4)])
def test_a_larger_company_chooses_more(
    charter: CharterDocument, complete_entry: Document, size: Size, minimum: int
) -> None:
    complete_entry["roles"]["lead"]["email"] = "paul@exemple.fr"

    assert said(charter, complete_entry, size) == [
        (
            "choice commitments : Engagements à choisir en plus des engagements communs : "
            f"au moins {minimum}. Choisis : 1."
        )
    ]


def test_an_unknown_size_is_asked_for(charter: CharterDocument, complete_entry: Document) -> None:
    assert said(charter, complete_entry, None) == [
        "choice size : Indiquez la taille de votre structure : elle fixe le nombre d’engagements."
    ]


def test_one_commitment_ticked_twice_counts_once(
    charter: CharterDocument, complete_entry: Document
) -> None:
    complete_entry["commitments"] = ["E1", "E3", "E3", "E10"]
    complete_entry["roles"]["lead"]["email"] = "paul@exemple.fr"

    assert [gap.facts for gap in found(charter, complete_entry, Size.PME)] == [
        {"minimum": 2, "count": 1}
    ]


def _without_compulsory(entry: Document) -> None:
    entry["commitments"].remove("E10")


def _unknown(entry: Document) -> None:
    entry["commitments"].append("E77")


def _without_indicator(entry: Document) -> None:
    del entry["targets"]["I3.1"]


def _without_baseline(entry: Document) -> None:
    entry["targets"]["I3.1"]["baseline"] = ""


def _words(entry: Document) -> None:
    entry["targets"]["I3.1"]["target"] = "beaucoup"


def _other_unit(entry: Document) -> None:
    entry["targets"]["I3.2"] = {"baseline": "2", "target": "3 €", "by": "2028-12-31"}


def _beyond_all(entry: Document) -> None:
    entry["targets"]["I3.2"] = {"baseline": "2", "target": "101", "by": "2028-12-31"}


def _no_day(entry: Document) -> None:
    entry["targets"]["I3.1"]["by"] = ""


def _today(entry: Document) -> None:
    entry["targets"]["I3.1"]["by"] = "2026-09-15"


def _after_term(entry: Document) -> None:
    entry["targets"]["I3.1"]["by"] = "01/10/2029"


def _past_aim(entry: Document) -> None:
    entry["targets"]["I10.1"] = {
        "baseline": "2026-04-30",
        "target": "2026-04-30",
        "by": "2027-04-30",
    }


def _nobody(entry: Document) -> None:
    del entry["roles"]["staff"]


def _no_address(entry: Document) -> None:
    entry["roles"]["signatory"]["email"] = ""


def _half_an_address(entry: Document) -> None:
    entry["roles"]["lead"]["email"] = "claire@"


def _a_bell(entry: Document) -> None:
    entry["roles"]["lead"]["function"] = "Achats\x07"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            _without_compulsory,
            "choice E10 : L’engagement E10 est commun à tous les signataires : retenez-le.",
        ),
        (
            _unknown,
            "choice E77 : L’engagement E77 n’existe pas dans cette version de la charte.",
        ),
        (
            _without_indicator,
            (
                "targets E3 : Donnez à l’engagement E3 au moins un indicateur, avec sa valeur de "
                "départ, sa cible et son échéance."
            ),
        ),
        (_without_baseline, "targets I3.1 baseline: Cette valeur est nécessaire."),
        (
            _words,
            (
                "targets I3.1 target: Donnez un montant en euros, positif ou nul, sans autre unité. "
                "Exemple : 1 250,50."
            ),
        ),
        (
            _other_unit,
            "targets I3.2 target: Donnez un pourcentage, sans autre unité. Exemple : 12,5.",
        ),
        (_beyond_all, "targets I3.2 target: Donnez un pourcentage entre 0 et 100."),
        (_no_day, "targets I3.1 by: Donnez une date qui existe. Exemple : 30/04/2027."),
        (
            _today,
            "targets I3.1 by: L’échéance doit venir après aujourd’hui, le 2026-09-15.",
        ),
        (
            _after_term,
            (
                "targets I3.1 by: L’échéance ne peut pas dépasser le terme de l’adhésion, "
                "le 2029-09-30."
            ),
        ),
        (
            _past_aim,
            "targets I10.1 target: La date visée doit venir après aujourd’hui, le 2026-09-15.",
        ),
        (_nobody, "roles staff name: Indiquez qui tient ce rôle."),
        (
            _no_address,
            "roles signatory email: Indiquez l’adresse électronique de la personne qui signe.",
        ),
        (
            _half_an_address,
            (
                "roles lead email: Cette adresse de courriel semble incomplète. "
                "Exemple : nom@exemple.fr."
            ),
        ),
        (
            _a_bell,
            "roles lead function: Cette réponse contient un caractère qui ne s’imprime pas.",
        ),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_one_thing_wrong_is_the_one_gap(
    charter: CharterDocument,
    complete_entry: Document,
    spoil: Callable[[Document], None],
    sentence: str,
) -> None:
    spoil(complete_entry)

    assert said(charter, complete_entry) == [sentence]


def test_a_target_on_the_last_day_of_the_term_is_in_time(
    charter: CharterDocument, complete_entry: Document
) -> None:
    complete_entry["targets"]["I3.1"]["by"] = "2029-09-30"

    assert found(charter, complete_entry) == ()


def test_targets_of_a_commitment_that_was_dropped_are_not_looked_at(
    charter: CharterDocument, complete_entry: Document
) -> None:
    complete_entry["targets"]["I7.2"] = {"baseline": "?", "target": "?", "by": "?"}

    assert found(charter, complete_entry) == ()


def test_one_person_holds_all_roles_in_a_very_small_company_only(
    charter: CharterDocument, complete_entry: Document
) -> None:
    complete_entry["commitments"].append("E7")
    complete_entry["targets"]["I7.2"] = {"baseline": "0", "target": "20", "by": "2028-12-31"}

    alone = said(charter, complete_entry, Size.PME)
    complete_entry["roles"]["staff"] = {"name": "Paul Roux"}

    assert alone == [
        (
            "roles signatory : Une même personne ne peut tenir tous les rôles que dans une très petite "
            "entreprise : confiez-en au moins un à quelqu’un d’autre."
        )
    ]
    assert found(charter, complete_entry, Size.PME) == ()


def test_an_entry_survives_being_kept(complete_entry: Document) -> None:
    entry = entry_from(complete_entry)

    assert entry_from(entry.to_document()) == entry


@given(
    st.fixed_dictionaries(
        {}, optional={"commitments": ANYTHING, "targets": ANYTHING, "roles": ANYTHING}
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_row_holds_is_read_and_never_complete_by_accident(
    charter: CharterDocument, row: Document
) -> None:
    assert found(charter, row) != ()


@given(st.data())
@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
def test_a_file_is_without_gaps_exactly_when_nothing_was_taken_from_it(
    charter: CharterDocument, data: st.DataObject
) -> None:
    entry = _whole_entry(charter, data)
    taken = data.draw(st.sampled_from(["nothing", "target", "baseline", "by", "name", "address"]))

    assert found(charter, entry, Size.GE) == ()
    if taken == "address":
        entry["roles"]["signatory"]["email"] = ""
    elif taken == "name":
        entry["roles"][data.draw(st.sampled_from(sorted(entry["roles"])))]["name"] = ""
    elif taken != "nothing":
        entry["targets"][data.draw(st.sampled_from(sorted(entry["targets"])))][taken] = " "

    assert (found(charter, entry, Size.GE) == ()) is (taken == "nothing")


def _whole_entry(charter: CharterDocument, data: st.DataObject) -> Document:
    optional = [each.code for each in charter.optional]
    chosen = data.draw(st.lists(st.sampled_from(optional), min_size=4, unique=True))
    codes = ["E1", *chosen, "E10"]
    value = {"yes_no": "yes", "date": "2027-04-30"}
    return {
        "commitments": codes,
        "targets": {
            indicator.code: {
                "baseline": value.get(indicator.kind, "10"),
                "target": value.get(indicator.kind, "12"),
                "by": data.draw(st.dates(date(2026, 9, 16), TERM)).isoformat(),
            }
            for code in codes
            for indicator in data.draw(
                st.lists(
                    st.sampled_from(charter.commitment(code).indicators), min_size=1, unique=True
                )
            )
        },
        "roles": {
            role.code: {"name": f"Personne {role.code}", "email": f"{role.code}@exemple.fr"}
            for role in charter.roles
        },
    }
