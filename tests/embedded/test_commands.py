"""The command line reads well, and says a refusal in one line."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from cli import app
from embedded.doctor.findings import Level
from embedded.doctor.machine import look_at_machine
from settings import Settings
from tests.embedded.conftest import environment_of

runner = CliRunner()


class Service(BaseHTTPRequestHandler):
    """A REST API that answers what the test says, and remembers what it was asked."""

    status, body = 200, b"{}"
    pages: ClassVar[list[dict[str, object]]] = []
    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.asked.append((f"{self.command} {self.path}", self.headers["Authorization"], sent))
        body = json.dumps(self.pages.pop(0)).encode() if self.pages else self.body
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name of the base class)
        pass


@pytest.fixture
def service(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    Service.status, Service.body, Service.asked, Service.pages = 200, b"{}", [], []
    with HTTPServer(("127.0.0.1", installation.web_port), Service) as server:
        for name, value in environment_of(installation).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("TROPHEES_BASE_URL", f"http://127.0.0.1:{installation.web_port}")
        monkeypatch.setenv("TROPHEES_TOKEN", "secret")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Service
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "words",
    [
        *("up", "demo", "doctor", "login-link", "serve", "work", "migrate"),
        *("edition list", "edition show", "edition check", "edition open"),
        *("cycle list", "cycle show", "cycle open", "cycle end-phase", "cycle cancel"),
        *("jurors list", "jurors invite", "organiser"),
        *("token issue", "token list", "token revoke"),
    ],
)
def test_every_command_says_what_it_does_and_shows_an_example(words: str) -> None:
    said = runner.invoke(app, [*words.split(), "--help"], env={"COLUMNS": "160"}).output
    assert "Example: trophees" in said
    assert ":84" not in said


def test_a_refusal_of_the_service_is_said_in_its_own_words(service: type[Service]) -> None:
    service.status = 409
    service.body = json.dumps({"title": "Refused", "detail": "The phase has ended."}).encode()

    result = runner.invoke(
        app, ["cycle", "end-phase", "2027:REG-84", "screening", "--reason", "tried"]
    )

    assert (result.exit_code, result.output) == (1, "✗ The phase has ended.\n")
    asked, authorization, sent = service.asked[0]
    assert asked == "POST /api/v1/cycles/2027:REG-84/end-phase"
    assert authorization == "Bearer secret"
    assert json.loads(sent) | {"request_id": ""} == {
        "phase": "screening",
        "reason": "tried",
        "request_id": "",
    }


def test_a_list_is_a_table(service: type[Service]) -> None:
    service.body = json.dumps({"items": [{"code": "2027:REG-84", "phase": "screening"}]}).encode()

    result = runner.invoke(app, ["cycle", "list"])

    assert [line.split() for line in result.output.splitlines()] == [
        ["code", "phase"],
        ["2027:REG-84", "screening"],
    ]


def test_a_list_loses_nothing_in_a_pipe_and_says_instants_shortly(service: type[Service]) -> None:
    name = "Auvergne-Rhône-Alpes" * 12
    service.body = json.dumps(
        {"items": [{"code": "2027:REG-84", "name": name, "until": "2027-06-30T16:00:00.123Z"}]}
    ).encode()

    result = runner.invoke(app, ["cycle", "list"])

    assert result.output.splitlines()[1].rstrip() == f"2027:REG-84  {name}  2027-06-30 16:00 UTC"


def test_a_list_goes_on_to_its_last_page(service: type[Service]) -> None:
    service.pages = [
        {"items": [{"code": "2027"}], "next": "2027 é"},
        {"items": [{"code": "2028"}], "next": None},
    ]

    result = runner.invoke(app, ["edition", "list"])

    assert result.output.split() == ["code", "2027", "2028"]
    assert [asked for asked, _, _ in service.asked] == [
        "GET /api/v1/editions",
        "GET /api/v1/editions?after=2027+%C3%A9",
    ]


def test_what_is_inside_something_is_shown_line_by_line(service: type[Service]) -> None:
    service.body = json.dumps(
        {"code": "2027:REG-84", "until": None, "calendar": {"closes_at": "2027-06-30"}}
    ).encode()

    result = runner.invoke(app, ["cycle", "show", "2027:REG-84"])

    assert [line.split() for line in result.output.splitlines()] == [
        ["code", "2027:REG-84"],
        ["calendar", "closes", "at", "2027-06-30"],
    ]


def test_an_edition_is_opened_for_the_year_that_was_asked(service: type[Service]) -> None:
    runner.invoke(app, ["edition", "open", "data/editions/sample-small-v1.yaml", "--year", "2031"])

    asked, _, sent = service.asked[0]
    assert (asked, json.loads(sent)["year"]) == ("POST /api/v1/editions", 2031)
    assert json.loads(sent)["document"]["code"] == "sample-small"


@pytest.mark.usefixtures("service")
def test_a_file_without_its_titles_invites_nobody(tmp_path: Path) -> None:
    people = tmp_path / "jurors.csv"
    people.write_text("lea@example.org;Léa\n")

    result = runner.invoke(app, ["jurors", "invite", "2027:REG-84", str(people)])

    assert result.exit_code == 1
    assert "has no column `email`" in result.output


def test_each_line_of_a_file_invites_one_person(service: type[Service], tmp_path: Path) -> None:
    people = tmp_path / "jurors.csv"
    people.write_text("\ufeffemail;name\nlea@example.org;Léa\nmax@example.org;Max\n")

    result = runner.invoke(app, ["jurors", "invite", "2027:REG-84", str(people)])

    assert result.output == "✓ lea@example.org\n✓ max@example.org\n"
    assert [json.loads(sent)["name"] for _, _, sent in service.asked] == ["Léa", "Max"]


def test_a_service_that_is_down_is_said_with_its_remedy(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment_of(installation).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TROPHEES_BASE_URL", "http://127.0.0.1:9")

    result = runner.invoke(app, ["cycle", "list"])

    assert (result.exit_code, result.output) == (
        1,
        "✗ Nothing answers at http://127.0.0.1:9: start it with `trophees up`, or set TROPHEES_BASE_URL.\n",
    )


def test_the_doctor_finds_a_machine_well(installation: Settings) -> None:
    found = {finding.subject: finding.level for finding in look_at_machine(installation)}
    assert found["Python"] is found["Temporal program"] is found["State folder"] is Level.OK
    assert found["Secret"] is Level.WARN


def test_the_doctor_says_what_is_down_and_ends_with_1(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment_of(installation).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TROPHEES_TEMPORAL_ADDRESS", f"127.0.0.1:{installation.temporal_port}")
    monkeypatch.setenv("TROPHEES_DATABASE_URL", "postgresql+asyncpg://x@127.0.0.1:9/none")

    result = runner.invoke(app, ["doctor"])

    assert result.exit_code == 1
    assert "wrong Database, does not answer: start it with `trophees up`" in result.output
    assert "wrong Worker, no worker asks for work: start one with `trophees work`" in result.output
