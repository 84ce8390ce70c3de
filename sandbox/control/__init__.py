"""The control API: do as a person does, read what a person sees. Described in docs/sandbox.md."""

from starlette.routing import Mount

from sandbox.control import acts, conditions, interactions, reads, setup, time

HERE = [*reads.routes, *acts.routes, *interactions.routes, *setup.routes, *time.routes, *conditions.routes]
ROUTES = [Mount("/workspaces/{team}", routes=HERE), *HERE]
"""All is there for the first workspace, and below its id for each one."""
