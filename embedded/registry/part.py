"""The registry stand-in as the supervisor sees it."""

from embedded.parts import Part, Port, python
from embedded.ports import HERE
from embedded.readiness import is_answering
from settings import Settings


def part(settings: Settings) -> Part:
    """The stand-in, which the service asks instead of the public registry."""
    address = f"http://{HERE}:{settings.registry_port}"

    async def ready() -> bool:
        return await is_answering(f"{address}/health")

    return Part(
        name="registry",
        title="Company registry (stand-in)",
        command=python("-m", "embedded.registry", HERE, str(settings.registry_port)),
        is_ready=ready,
        ports=(Port(settings.registry_port, "the company registry", "TROPHEES_REGISTRY_PORT"),),
        offers={"TROPHEES_REGISTRY_URL": address},
    )
