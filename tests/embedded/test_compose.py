"""The shape of production is sound as far as it can be seen without Docker."""

import re
from typing import Any

import pytest
import yaml

from embedded.parts import ROOT

Service = dict[str, Any]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Service] = COMPOSE["services"]
OURS = ("migrate", "api", "worker")


def test_every_part_of_production_is_there() -> None:
    assert list(SERVICES) == [
        "postgres",
        "temporal-schema",
        "temporal",
        "temporal-namespace",
        "temporal-ui",
        "mail",
        "migrate",
        "api",
        "worker",
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned(name: str) -> None:
    version = SERVICES[name]["image"].rpartition(":")[2]
    assert re.fullmatch(r"v?\d+\.\d+(\.\d+)?(-\w+)?", version)


def test_each_waits_for_what_it_needs() -> None:
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    done, healthy = "service_completed_successfully", "service_healthy"
    ready = {"migrate": done, "temporal-namespace": done}

    assert waits == {
        "postgres": {},
        "temporal-schema": {"postgres": healthy},
        "temporal": {"temporal-schema": done},
        "temporal-namespace": {"temporal": healthy},
        "temporal-ui": {"temporal": healthy},
        "mail": {},
        "migrate": {"postgres": healthy},
        "api": ready,
        "worker": ready,
    }


def test_whatever_is_waited_for_in_health_has_a_health_check() -> None:
    waited = [
        other
        for service in SERVICES.values()
        for other, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_healthy"
    ]
    assert [name for name in waited if "healthcheck" not in SERVICES[name]] == []


def test_no_secret_is_written_down() -> None:
    written = [
        f"{name}.{variable}"
        for name, service in SERVICES.items()
        for variable, value in service.get("environment", {}).items()
        if re.search(r"PASSWORD|PWD|SECRET", variable) and not str(value).startswith("${")
    ]
    assert written == []


def test_nothing_is_open_to_the_network_without_a_proxy() -> None:
    opened = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert [port for port in opened if not port.startswith("127.0.0.1:")] == []


def test_our_image_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    assert all(SERVICES[name]["cap_drop"] == ["ALL"] for name in OURS)


@pytest.mark.parametrize(
    "mount", ["create-databases.sh", "temporal-schema.sh", "temporal-namespace.sh"]
)
def test_every_mounted_script_exists(mount: str) -> None:
    assert (ROOT / "deploy" / mount).read_text().startswith("#!/bin/sh\n")
