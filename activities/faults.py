"""What an activity did not foresee: said in the log, and told to the engine without its words."""

import traceback

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from storage.database import is_momentary

log = structlog.get_logger()


class Faults(Interceptor):
    """Stands between the engine and every activity of a worker."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002  (the name in the SDK)
        """Watch every call."""
        return _Watched(next)


class _Watched(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> object:  # noqa: A002  (the name in the SDK)
        try:
            return await super().execute_activity(input)
        except FailureError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, it is raised again without its words)
            raise _told(error) from None


def _told(error: Exception) -> ApplicationError:
    """The failure that the engine keeps: its kind and its place, since its words may quote people.

    A local activity that meets a mistake of ours ends at once: somebody waits for its answer, and
    each of its attempts would add to the history. An ordinary one is tried again until the mistake
    is mended, which adds nothing.
    """
    info, kind = activity.info(), type(error).__qualname__
    is_ours = not is_momentary(error)
    write = log.error if is_ours else log.warning
    write(
        "activity_failed",
        activity=info.activity_type,
        workflow=info.workflow_id,
        attempt=info.attempt,
        kind=kind,
        at=[line.strip() for line in traceback.format_tb(error.__traceback__)[-6:]],
    )
    failure = ApplicationError(kind, type=kind, non_retryable=is_ours and info.is_local)
    return failure.with_traceback(error.__traceback__)
