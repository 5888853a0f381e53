"""The command `paiban`: the whole job on files, and its single steps."""

from api.cli.app import app, main

__all__ = ["app", "main"]
