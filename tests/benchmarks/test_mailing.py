from benchmarks.mailing.crowd import reader
from benchmarks.mailing.kills import Outcome, outcome


def test_recipients_are_counted_by_what_they_got() -> None:
    copies = {reader(1): 1, reader(2): 2, reader(3): 1, "somebody@exemple.fr": 1}

    found = outcome(5, copies, {reader(3), reader(4)})

    assert found == Outcome(recipients=5, delivered=3, lost=1, doubled=1, uncertain=2)
