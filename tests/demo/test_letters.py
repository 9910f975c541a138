"""What the year must cause in mailboxes, and what is said when it does not."""

from collections import Counter

from demo.cast import the_cast
from demo.letters import Causes, by_kind, difference, doubled, expected
from demo.mailbox import Envelope
from demo.palmares import Palmares, Prize


def a_letter(to: str = "a@b.example", mark: str = "<1@x>") -> Envelope:
    return Envelope(id="1", to=to, subject="Votre lien de connexion", message_id=mark)


def test_the_same_message_twice_is_doubled_and_two_messages_are_not() -> None:
    letters = [a_letter(mark="<1@x>"), a_letter(mark="<2@x>"), a_letter(mark="<1@x>")]

    assert doubled(letters) == ["<1@x>"]


def test_a_lost_letter_and_one_too_many_are_each_said() -> None:
    wanted = Counter({("a@b.example", "receipt"): 1})
    seen = Counter({("c@d.example", "receipt"): 1})

    assert difference(wanted, seen) == [
        "receipt to a@b.example: expected 1, seen 0",
        "receipt to c@d.example: expected 0, seen 1",
    ]


def test_a_year_causes_one_result_for_each_judged_company() -> None:
    cast = the_cast()
    odet = next(each for each in cast.companies if each.code == "odet")
    prize = Prize(odet.category, "laureate", odet.siret, odet.name, odet.title)

    tally = by_kind(expected(cast, Causes(), Palmares({}, (prize,), "")))

    judged = sum(each.is_judged for each in cast.companies)
    assert (tally["result_laureate"], tally["result_other"]) == (1, judged - 1)
    assert tally["draft_lapsed"] == 1
    assert tally["juror_declined"] == 1
