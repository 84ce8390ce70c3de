"""Faults on request: rules that decide, from a seed, what goes wrong with a call or a delivery, and how."""

from dataclasses import dataclass, field
from math import inf
from random import Random
from typing import Any

from sandbox.base import Json, Refused
from sandbox.rules import Either, Items, Number, Shape, String, checked

KEPT = 10_000
CALLS = frozenset(
    ("refuse", "429", "500", "503", "500_after", "drop_before", "drop_after", "timeout", "late", "slow"),
)
DELIVERIES = frozenset(
    ("drop_before", "drop_after", "closed_mid_frame", "disconnect", "redelivery", "reordered", "slow"),
)
DELIVERY_PLACES = frozenset(("socket", "http", "events", "commands", "interactive"))


AMOUNTS = dict.fromkeys(("rate", "times", "delay", "hold"), Number(0, 1e9, whole=False))
NTH = Either(Number(1), Items(Number(1), KEPT, 0))
GIVEN = Shape({"where": String(), "kind": String(), "error": String(), "nth": NTH, **AMOUNTS}, required=("kind",))


@dataclass(frozen=True)
class Fault:
    """What goes wrong with this one. `delay` and `hold` are seconds; None leaves it to the kind."""

    kind: str
    delay: float | None = None
    hold: float = 60.0
    error: str = "internal_error"

    def seconds(self, default: float) -> float:
        return default if self.delay is None else self.delay


@dataclass
class Rule:
    """Where a fault strikes, and which of the requests there: each by chance, some by number, so many at most."""

    where: str
    fault: Fault
    rate: float
    nth: frozenset[int]
    times: float
    chance: Random
    given: Json
    seen: int = 0
    injected: int = 0

    def strikes(self) -> bool:
        """Count one request; every request draws, so that one fault does not move the next."""
        self.seen += 1
        drawn = self.chance.random() < self.rate
        struck = drawn and self.injected < self.times and (not self.nth or self.seen in self.nth)
        self.injected += struck
        return struck


@dataclass
class Faults:
    """The rules in force. The same seed, rules and requests give the same faults, in the same order."""

    seed: int = 0
    rules: list[Rule] = field(default_factory=list)
    injected: list[Json] = field(default_factory=list)

    def start(self, rules: list[Json], seed: int = 0) -> None:
        """Put these rules in place of those before; raises Refused for one that cannot be."""
        made = [_rule(given, seed, number) for number, given in enumerate(rules)]
        self.seed, self.injected, self.rules = seed, [], made

    def end(self) -> None:
        """Nothing goes wrong any more; what went wrong stays readable."""
        self.rules = []

    def draw(self, *places: str) -> Fault | None:
        """Return what goes wrong with a request that is known by these places. The first rule that strikes wins."""
        struck = [rule for rule in self.rules if rule.where in places and rule.strikes()]
        if not struck:
            return None
        rule = struck[0]
        for other in struck[1:]:
            other.injected -= 1
        fault = {"n": len(self.injected) + 1, "kind": rule.fault.kind, "where": places[-1]}
        if len(self.injected) < KEPT:
            self.injected.append({**fault, "rule": self.rules.index(rule), "request": rule.seen})
        return rule.fault

    def described(self) -> Json:
        """The rules as they were given, how often each was asked and struck, and all faults in order."""
        rules = [{**rule.given, "seen": rule.seen, "injected": rule.injected} for rule in self.rules]
        return {"seed": self.seed, "rules": rules, "injected": list(self.injected)}


def _rule(given: Any, seed: int, number: int) -> Rule:
    rule = checked(GIVEN, given)
    where, kind, nth = rule.get("where", "*"), rule["kind"], rule.get("nth", [])
    known = DELIVERIES if where in DELIVERY_PLACES else CALLS
    if kind not in known:
        raise Refused("unknown_kind", f"There is no fault {kind} for {where}; there are {', '.join(sorted(known))}.")
    return Rule(
        where=where,
        fault=Fault(kind, **{name: rule[name] for name in ("delay", "hold", "error") if name in rule}),
        rate=rule.get("rate", 1),
        nth=frozenset(nth if isinstance(nth, list) else [nth]),
        times=rule.get("times", inf),
        chance=Random(f"{seed}/{number}"),
        given=rule,
    )
