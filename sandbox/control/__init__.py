"""The control API: do as a person does, read what a person sees. Described in docs/sandbox.md."""

from sandbox.control import acts, interactions, reads, setup, time, weather

ROUTES = [*reads.routes, *acts.routes, *interactions.routes, *setup.routes, *time.routes, *weather.routes]
