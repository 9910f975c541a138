"""How fast the letters of mailings leave: so many a minute in all, and so many a minute to one domain."""

from collections.abc import Collection

MINUTE = 60.0
# Beyond so many domains, those whose turn has come are forgotten: nothing holds them back.
REMEMBERED = 10_000


class Pace:
    """Turns at an even distance, on a clock in seconds; 0 a minute means no limit."""

    def __init__(self, per_minute: int = 0, per_minute_to_domain: int = 0) -> None:
        self._gap = MINUTE / per_minute if per_minute else 0.0
        self._domain_gap = MINUTE / per_minute_to_domain if per_minute_to_domain else 0.0
        self._next = 0.0
        self._next_of: dict[str, float] = {}

    @property
    def minds_domains(self) -> bool:
        """Whether one domain may have to wait longer than another."""
        return bool(self._domain_gap)

    def turn(self, domains: Collection[str], now: float) -> tuple[str, float]:
        """Of these domains, the one that waits least, and the instant of its turn, which is then taken."""
        domain = min(domains, key=self._free_from)
        at = max(now, self._next, self._free_from(domain))
        self._next = at + self._gap
        if self._domain_gap:
            self._next_of[domain] = at + self._domain_gap
            self._forget(now)
        return domain, at

    def _free_from(self, domain: str) -> float:
        return self._next_of.get(domain, 0.0)

    def _forget(self, now: float) -> None:
        if len(self._next_of) > REMEMBERED:
            self._next_of = {name: at for name, at in self._next_of.items() if at > now}
