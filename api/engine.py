"""The workflows, as pages ask them; sweeps ask them too, which is why they live among activities."""

from activities.engine import Engine, Faulted, NotRunning, Unanswered, connect

__all__ = ["Engine", "Faulted", "NotRunning", "Unanswered", "connect"]
