"""Measures search on a collection of documents and queries with known answers, per way of typing.

EVAL is JSON with `documents` [{id, title, text}] and `queries` [{q, relevant: [id], split}];
`query-variants.mjs` beside it exports VARIANTS, the ways of typing. The real index is built from
the documents, and the real JavaScript engine runs in Node.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import brotli

from portal.library import load_library
from portal.search import SearchHelp, SearchPage, Section, write_index
from portal.search_help import search_help

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(__file__).resolve().parent / "search_bench"
SAMPLES = 100  # pairs of queries whose bytes are counted


def write_site(documents: list[dict[str, str]], extras: SearchHelp, site: Path) -> dict[str, bytes]:
    """Write the index of these documents as the build does and return its files."""
    pages = [
        SearchPage(row["id"], row["title"].replace("_", " "), (Section("", "", row["text"]),))
        for row in documents
    ]
    files = write_index(pages, extras)
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return files


def grow(documents: list[dict[str, str]], size: int) -> list[dict[str, str]]:
    """Return `size` documents: these, then mixtures of their sentences with made-up names.

    For bytes, not for ranking: every further document has a name of its own, as real texts do.
    """
    chosen = random.Random(size)
    sentences = [each for row in documents for each in row["text"].split(". ")]
    grown = list(documents)
    for number in range(len(documents), size):
        name = "".join(chosen.choice("bcdghklmnt") + chosen.choice("aeiou") for _ in range(4))
        parts = [chosen.choice(sentences) for _ in range(6)]
        grown.append({"id": f"grown-{number}", "title": name.title(), "text": ". ".join(parts)})
    return grown


def run_engine(job: Mapping[str, object], folder: Path) -> dict[str, Any]:
    """Run the queries in Node and return what it measured."""
    file = folder / "job.json"
    file.write_text(json.dumps(job), encoding="utf-8")
    command = ["node", "--no-warnings", str(BENCH / "run.mjs"), str(file)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def report(result: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the lines of the report: a table of variants, then the bytes."""
    names = ["success@1", "success@5", "MRR@10", "CPU ms"]
    yield f"| variant | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for variant, figures in result["variants"].items():
        yield f"| {variant} | {' | '.join(f'{figures[name]:.1f}' for name in names)} |"
    yield ""
    raw = sum(map(len, files.values()))
    zipped = sum(len(gzip.compress(data, 9)) for data in files.values())
    brotlied = sum(len(brotli.compress(data, quality=9)) for data in files.values())
    yield f"index: {len(files)} files, {raw:,} bytes, gzip {zipped:,}, brotli {brotlied:,}"
    for name in ("first", "second"):
        row = result["transfer"][name]
        yield f"{name} query, gzip: median {row['p50']:,}, p90 {row['p90']:,}, {row['files']} files"


def main() -> int:
    """Build the index, run the queries, print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--variants", default="", help="names with commas between them")
    parser.add_argument("--split", default="", help="only the queries of this split")
    parser.add_argument("--grow", type=int, default=0, help="documents to count bytes with")
    options = parser.parse_args()
    collection = json.loads(options.eval.read_text(encoding="utf-8"))
    queries = [q for q in collection["queries"] if options.split in ("", q.get("split"))]
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        extras = search_help(load_library(ROOT))
        documents = grow(collection["documents"], options.grow)
        files = write_site(documents, extras, site)
        job = {
            "engine": str(BENCH / "own.mjs"),
            "site": str(site),
            "variants": str(options.eval.parent / "query-variants.mjs"),
            "names": [each for each in options.variants.split(",") if each],
            "queries": [{"q": q["q"], "relevant": q["relevant"]} for q in queries],
            "samples": SAMPLES,
        }
        result = run_engine(job, site)
    print("\n".join(report(result, files)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
