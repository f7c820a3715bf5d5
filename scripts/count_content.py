"""Prints the amounts of content stated in README."""

from __future__ import annotations

from pathlib import Path

from portal.system.command_line import run_command
from portal.library.library import load_library


def main() -> int:
    """Print one line for each kind of content."""
    library = load_library(Path(__file__).resolve().parent.parent)
    counts = {
        "guides": len(library.guides),
        "stories": len(library.stories),
        "facts": len(library.facts.facts),
        "sources": len(library.facts.sources),
        "figures": len(library.statistics.observations),
        "terms": len(library.glossary),
    }
    for name, count in counts.items():
        print(f"{count:6} {name}")
    return 0


if __name__ == "__main__":
    run_command(main)
