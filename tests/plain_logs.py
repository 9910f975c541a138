"""What the code under test logs, drawn plainly: a traceback with its variables takes seconds to draw."""

import structlog


def draw_plainly() -> None:
    """Log as structlog does by itself, but for failures, which are written as Python writes them."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
