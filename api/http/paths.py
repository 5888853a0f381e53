"""What stands in the paths of routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

Id = Annotated[int, Path(ge=1, lt=2**63)]
"""The id of a row."""
Number = Annotated[str, Path(pattern=r"^\w[\w.-]{0,63}$", description="the number of a person")]
