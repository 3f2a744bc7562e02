"""Three events to try everything on: real programmes, invented companies and people."""

from matchmaking.cli.demo.commands import demo

__all__ = ["demo"]
