"""The version of Gemba, which stands in pyproject.toml."""

from importlib.metadata import version

VERSION = version("gemba")
