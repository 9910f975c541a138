"""A client of Temporal that may be made before Temporal answers."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    Interceptor,
    OutboundInterceptor,
    StartWorkflowInput,
    StartWorkflowUpdateInput,
    WorkflowHandle,
    WorkflowUpdateHandle,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.payloads import converter_with
from settings import Settings

AWAY = "Temporal is away"

Answer = TypeVar("Answer")


async def client_for(settings: Settings) -> Client:
    """A client that connects at the first question."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=converter_with(settings.payload_keys),
        interceptors=[_SaysUnavailable()],
        lazy=True,
    )


class _SaysUnavailable(Interceptor):
    """Gives a first connection that fails the same error as one that is lost later."""

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:  # noqa: A002  (the name in the SDK)
        return _Outbound(next)


class _Outbound(OutboundInterceptor):
    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:  # noqa: A002  (the name in the SDK)
        return await _reaching(super().start_workflow(input))

    async def start_workflow_update(
        self,
        input: StartWorkflowUpdateInput,  # noqa: A002  (the name in the SDK)
    ) -> WorkflowUpdateHandle[Any]:
        return await _reaching(super().start_workflow_update(input))


async def _reaching(call: Awaitable[Answer]) -> Answer:
    try:
        return await call
    except RuntimeError as error:
        # The SDK says so in words only when a lazy connection fails.
        if "client connect" not in str(error):
            raise
        raise RPCError(AWAY, RPCStatusCode.UNAVAILABLE, b"") from error
