import io

import pytest
from rich.console import Console

from benchmarks.__main__ import main
from benchmarks.report import Figure, Report, Sheet, line, plain, show


def test_a_finding_is_one_plain_line_in_the_order_given() -> None:
    found = line("submission", clients=32, p50_ratio=9.87654, rate_ratio=0.1234567)

    said = str(found)

    assert said == "BENCH submission clients=32 p50_ratio=9.88 rate_ratio=0.123"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(30_000, "30000", id="a whole number stays whole"),
        pytest.param(12.0, "12", id="a float without decimals has none"),
        pytest.param(0.004567, "0.00457", id="a small one keeps its digits"),
        pytest.param(12_345.6, "12346", id="a large one is never written with an exponent"),
        pytest.param("my space", "my_space", id="a word has no space"),
    ],
)
def test_figures_are_written_so_that_a_program_reads_them(value: Figure, said: str) -> None:
    assert plain(value) == said


def test_a_report_shows_its_table_and_then_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(
        sheets=(Sheet("Pages", ("Page", "p50 ms"), (("palmarès", 4.5),)),),
        lines=(line("boards", page="palmares", growth=1.1),),
        remarks=("Read me.",),
    )
    paper = io.StringIO()

    show(report, Console(file=paper, width=80, color_system=None))

    assert [row.split() for row in paper.getvalue().splitlines() if row.strip(" ─╶╴╷╵")] == [
        ["Pages"],
        ["Page", "p50", "ms"],
        ["palmarès", "4.5"],
        ["Read", "me."],
    ]
    assert capsys.readouterr().out == "BENCH boards page=palmares growth=1.1\n"


def test_an_unknown_benchmark_is_refused_by_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["submissions"])

    assert code == 2
    assert capsys.readouterr().out == (
        "There is no benchmark called submissions; they are history, submission, boards, charter, edition, mailing, kills, assign, repair, ranking.\n"
    )
