"""Measures search on a collection of documents and queries with known answers, per way of typing.

EVAL is JSON with `documents` [{id, title, text}] and `queries` [{q, relevant: [id], split}]. The
ways of typing are the VARIANTS that MAKERS exports: `query-variants.mjs` beside EVAL, unless
another file is named. The real index is built from the documents, and the real JavaScript engine
runs in Node.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import brotli
import material

from portal.library.library import load_library
from portal.search.help import search_help
from portal.search.index import PageSource, SearchHelp, SearchPage, Section, write_index
from portal.system.files import walk_files

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(__file__).resolve().parent / "search_bench"
PEERS = ROOT / ".cache/search-peers"
MATERIAL = Path(material.__file__).parent / "templates/assets/javascripts"
SAMPLES = 100  # pairs of queries whose bytes are counted


def write_site(documents: list[dict[str, str]], extras: SearchHelp, site: Path) -> dict[str, bytes]:
    """Write the index of these documents as the build does and return its files."""
    pages = [
        SearchPage(row["id"], row["title"].replace("_", " "), (Section("", "", row["text"]),))
        for row in documents
    ]
    write_index(site, PageSource.of(pages), extras)
    return {path: (site / path).read_bytes() for path, _ in walk_files(site)}


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


def write_material(documents: list[dict[str, str]], site: Path) -> None:
    """Write the index as Material's plugin does for a site in Vietnamese."""
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
    config = {
        "lang": ["vi"],
        "separator": r"[\s\-]+",
        "pipeline": ["stopWordFilter"],
        "fields": fields,
    }
    docs = [
        {"location": row["id"], "title": row["title"].replace("_", " "), "text": row["text"]}
        for row in documents
    ]
    (site / "search").mkdir()
    index = json.dumps({"config": config, "docs": docs}, ensure_ascii=False)
    (site / "search/search_index.json").write_text(index, encoding="utf-8")


def write_minisearch(documents: list[dict[str, str]], site: Path) -> None:
    """Write MiniSearch's index as JSON, made by MiniSearch itself."""
    write_material(documents, site)
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    (site / "search/search_index.json").write_text(json.dumps(index["docs"]), encoding="utf-8")
    command = ["node", str(PEERS / "minisearch.mjs"), "search/search_index.json"]
    subprocess.run([*command, "search/minisearch.json"], cwd=site, check=True)
    (site / "search/search_index.json").unlink()


def write_pagefind(documents: list[dict[str, str]], site: Path) -> None:
    """Write a page a document and let Pagefind index them."""
    for row in documents:
        page = site / row["id"] / "index.html"
        page.parent.mkdir(parents=True)
        title, text = escape(row["title"].replace("_", " ")), escape(row["text"])
        html = f'<html lang="vi"><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>'
        page.write_text(html, encoding="utf-8")
    command = ["npx", "--no-install", "pagefind", "--site", str(site)]
    subprocess.run(command, cwd=PEERS, check=True, stdout=subprocess.DEVNULL)


WRITERS = {"material": write_material, "minisearch": write_minisearch, "pagefind": write_pagefind}


def install_peers() -> None:
    """Install the peers' packages, as locked, beside copies of the modules that use them."""
    shutil.copytree(BENCH, PEERS, dirs_exist_ok=True)
    quiet = ["--no-audit", "--no-fund", "--silent"]
    subprocess.run(["npm", "install", "--no-save", *quiet], cwd=PEERS, check=True)


def peer_files(peer: str, documents: list[dict[str, str]], site: Path) -> dict[str, bytes]:
    """Write the index of a peer and return its files."""
    install_peers()
    WRITERS[peer](documents, site)
    folder = site / ("pagefind" if peer == "pagefind" else "search")
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


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
    parser.add_argument("--makers", type=Path, help="a module that exports VARIANTS")
    parser.add_argument("--split", default="", help="only the queries of this split")
    parser.add_argument("--grow", type=int, default=0, help="documents to count bytes with")
    parser.add_argument("--peer", choices=sorted(WRITERS), help="measure this engine instead")
    options = parser.parse_args()
    makers = options.makers or options.eval.parent / "query-variants.mjs"
    if not makers.is_file():
        parser.error(f"{makers} is not there: name a module that exports VARIANTS with --makers")
    collection = json.loads(options.eval.read_text(encoding="utf-8"))
    queries = [q for q in collection["queries"] if options.split in ("", q.get("split"))]
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        documents = grow(collection["documents"], options.grow)
        if options.peer:
            files = peer_files(options.peer, documents, site)
        else:
            files = write_site(documents, search_help(load_library(ROOT)), site)
        engine = PEERS / f"{options.peer}.mjs" if options.peer else BENCH / "own.mjs"
        job = {
            "engine": str(engine),
            "peerFolder": str(MATERIAL),
            "site": str(site),
            "variants": str(makers),
            "names": [each for each in options.variants.split(",") if each],
            "queries": [{"q": q["q"], "relevant": q["relevant"]} for q in queries],
            "samples": SAMPLES,
        }
        result = run_engine(job, site)
    print("\n".join(report(result, files)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
