"""`paiban example`: everything needed to try the product at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import out
from api.example import MONTH, write_example
from api.speech import say


def example_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    seed: Annotated[int, typer.Option(min=0, help=say("随机种子", "seed of the random process"))] = 20261125,
) -> None:
    """Write site.yaml, calls.csv.gz and people.csv of a gas site with 40 agents."""
    write_example(folder, seed)
    out.print(say("示例已写入 {folder}; 接着运行:", "the example is in {folder}; now run:", folder=str(folder)))
    command = f"paiban plan {folder}/site.yaml --calls {folder}/calls.csv.gz --people {folder}/people.csv"
    out.print(f"  {command} --month {MONTH} --out {folder}/plan", markup=False, soft_wrap=True)
