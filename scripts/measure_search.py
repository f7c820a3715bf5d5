"""Benchmarks search: ranking, detection of queries without an answer, and bytes.

EVAL is JSON with `documents` [{id, title, text}] and `queries` [{q, relevant: [id], split}]. The
ways of typing are the VARIANTS that MAKERS exports: `query-variants.mjs` beside EVAL, unless
another file is named. The real index is built from the documents, and the real JavaScript engine
runs in Node.

Without EVAL the built site (`make build`) is asked the queries of residents and those that no
guide answers (`search_bench/queries/*.yml`, and files named by --queries): `page` or `pages` are
right, or any guide that holds `must_hit`; `pages: []` says that none is. Settings are chosen on
every other row of each file ("dev"), the rest ("test") is only reported: --sweep lead=1,2,3 asks
with each value, --learn prints the weights of `confidence.js` as learnt from dev, --makers asks in
each way of typing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import brotli
import material
import numpy as np
import yaml

from portal.system.command_line import run_command
from portal.language.folding import key_of, split_phrases
from portal.library.library import load_library
from portal.search.help import search_help
from portal.search.index import LEADS, IndexedSection, SearchHelp, SearchPage, write_index
from portal.site.scripts import minify_script
from portal.system.files import walk_files

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(__file__).resolve().parent / "search_bench"
SEARCH = ROOT / "theme/assets/search"
IMPORTED = re.compile(r'^import .* from "\./(.*)";', re.MULTILINE)
PEERS = ROOT / ".cache/search-peers"
MATERIAL = Path(material.__file__).parent / "templates/assets/javascripts"
SAMPLES = 100  # pairs of queries to count bytes for


def write_site(documents: list[dict[str, str]], extras: SearchHelp, site: Path) -> dict[str, bytes]:
    """Write the index of these documents as the build does, and return its files."""
    pages = [
        SearchPage(
            row["id"], row["title"].replace("_", " "), (IndexedSection("", "", row["text"]),)
        )
        for row in documents
    ]
    write_index(site, pages, extras)
    return {path: (site / path).read_bytes() for path, _ in walk_files(site)}


def grow(documents: list[dict[str, str]], size: int) -> list[dict[str, str]]:
    """Return `size` documents: these, then mixtures of their sentences with invented names.

    They serve to measure bytes, not ranking: every document has a new name, as real texts do.
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
    """Run the queries in Node and return the measurements."""
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


def write_by_peer(name: str, documents: list[dict[str, str]], site: Path) -> None:
    """Write the index of a peer as JSON, made by the peer itself."""
    write_material(documents, site)
    file = site / "search/search_index.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))["docs"]))
    command = ["node", str(PEERS / f"{name}.mjs"), str(file), str(site / f"search/{name}.json")]
    subprocess.run(command, check=True)
    file.unlink()


def write_pagefind(documents: list[dict[str, str]], site: Path) -> None:
    """Write a page for each document and index them with Pagefind."""
    for row in documents:
        page = site / row["id"] / "index.html"
        page.parent.mkdir(parents=True)
        title, text = escape(row["title"].replace("_", " ")), escape(row["text"])
        html = f'<html lang="vi"><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>'
        page.write_text(html, encoding="utf-8")
    command = ["npx", "--no-install", "pagefind", "--site", str(site)]
    subprocess.run(command, cwd=PEERS, check=True, stdout=subprocess.DEVNULL)


WRITERS: dict[str, Callable[[list[dict[str, str]], Path], None]] = {
    "material": write_material,
    "minisearch": partial(write_by_peer, "minisearch"),
    "orama": partial(write_by_peer, "orama"),
    "pagefind": write_pagefind,
}


def install_peers() -> None:
    """Install the peers' packages from the lock file beside copies of the modules that use them."""
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


def report_results(result: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
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
    if LEADS in files:
        yield first_answer(files[LEADS])
    elif result["scripts"]:
        yield f"scripts, gzip: {result['scripts']:,}"


def first_scripts() -> list[Path]:
    """Return the scripts of search that a first answer needs: the first three and their imports."""
    wanted, found = ["box.js", "searcher.js", "worker.js"], list[Path]()
    while wanted:
        script = SEARCH / wanted.pop()
        if script not in found:
            found.append(script)
            wanted += IMPORTED.findall(script.read_text(encoding="utf-8"))
    return sorted(found)


def weigh_scripts(scripts: Iterable[Path]) -> int:
    """Return the bytes of scripts as served, with gzip."""
    minified = (minify_script(script.read_text(encoding="utf-8")) for script in scripts)
    return sum(len(gzip.compress(script.encode(), 9)) for script in minified)


def first_answer(leads: bytes) -> str:
    """Return a line that tells the bytes of a first answer, and those of scripts for later."""
    first = first_scripts()
    later = weigh_scripts(set(SEARCH.glob("*.js")) - set(first))
    sizes = len(gzip.compress(leads, 9)), weigh_scripts(first)
    return (
        f"first answer, gzip: {sum(sizes):,}, {sizes[0]:,} of leads and {sizes[1]:,} of scripts; "
        f"{later:,} of scripts for later"
    )


@dataclass(frozen=True)
class JudgedQuery:
    """A query with the addresses that answer it, none when no guide does."""

    file: str
    half: str
    text: str
    right: frozenset[str]


def read_rows(files: Sequence[Path], site: Path) -> list[JudgedQuery]:
    """Return the queries of these files, without those for missing pages."""
    pages = {
        path.removesuffix("index.html"): _folded(Path(entry).read_text(encoding="utf-8"))
        for path, entry in walk_files(site)
        if path.endswith("index.html")
    }
    rows = list[JudgedQuery]()
    for file in files:
        for number, each in enumerate(yaml.safe_load(file.read_text(encoding="utf-8"))["queries"]):
            wanted = each.get("pages", [each["page"]] if "page" in each else None)
            if wanted is None:
                hit = _folded(each["must_hit"])
                wanted = [url for url, text in pages.items() if hit in text and _tells(url)]
            right = frozenset(wanted) & pages.keys()
            if right or not wanted:
                rows.append(
                    JudgedQuery(file.stem, ("dev", "test")[number % 2], str(each["q"]), right)
                )
    return rows


def _tells(url: str) -> bool:
    """Return whether an address is a guide or a reference page, not a list of guides."""
    return url in ("toi-o-dau/", "goi-giup/") or (url.startswith("guides/") and url.count("/") > 2)


def _folded(text: str) -> str:
    return " ".join(key_of(word) for words in split_phrases(text) for word in words)


def ask_site(
    rows: Sequence[JudgedQuery],
    site: Path,
    settings: Sequence[Mapping[str, float]] = ({},),
    makers: Path | None = None,
) -> list[dict[str, Any]]:
    """Return, for each setting and way of typing, CPU a query (ms) and the results of the rows."""
    texts = [row.text for row in rows]
    job = {"site": str(site), "settings": settings, "queries": texts, "makers": str(makers or "")}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(job, file)
        file.flush()
        command = ["node", "--no-warnings", str(BENCH / "site.mjs"), file.name]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def site_report(rows: Sequence[JudgedQuery], answers: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a table: for each file and half the shares found and rejected."""
    yield "| queries | half | first | in three | refused | of |"
    yield "|---|---|---:|---:|---:|---:|"
    asked = list(zip(rows, answers, strict=True))
    for file, half in sorted({(row.file, row.half) for row in rows}):
        part = [(row, each) for row, each in asked if (row.file, row.half) == (file, half)]
        first, three = (sum(_is_found(row, each, most) for row, each in part) for most in (1, 3))
        refused = sum(each["sureness"] == "none" for _, each in part)
        yield f"| {file} | {half} | {first} | {three} | {refused} | {len(part)} |"
    for name, is_right in (("answerable", True), ("off topic", False)):
        part = [(row, each) for row, each in asked if bool(row.right) == is_right]
        counts = [sum(_is_found(row, each, most) for row, each in part) for most in (1, 3)]
        counts.append(sum(each["sureness"] == "none" for _, each in part))
        shares = " | ".join(f"{100 * count / len(part):.1f} %" for count in counts)
        yield f"| {name} | both | {shares} | {len(part)} |"


def variant_report(
    rows: Sequence[JudgedQuery], answers: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield a table: for each way of typing the shares found and rejected, among texts it alters.

    Beside them, after a slash, what the same queries find as they are.
    """
    plain = answers[0]
    yield "| variant | altered | first | in three | refused | off topic refused | of |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for answered in answers:
        changed = [a != b for a, b in zip(answered["texts"], plain["texts"], strict=True)]
        changed = changed if any(changed) else [True] * len(changed)
        picked = [n for n, is_changed in enumerate(changed) if is_changed]
        right, wrong = (
            [n for n in picked if bool(rows[n].right) == is_right] for is_right in (True, False)
        )
        cells = [str(len(right))]
        for test in (partial(_is_found, most=1), partial(_is_found, most=3), _is_refused):
            cells.append(_share(rows, (answered, plain), right, test))
        cells += [_share(rows, (answered, plain), wrong, _is_refused), str(len(wrong))]
        yield f"| {answered['variant']} | {' | '.join(cells)} |"


def _share(
    rows: Sequence[JudgedQuery],
    answers: Iterable[Mapping[str, Any]],
    picked: Sequence[int],
    test: Callable[[JudgedQuery, Mapping[str, Any]], bool],
) -> str:
    """Return for each of the answers the percentage of the rows picked that pass."""
    counts = (sum(test(rows[n], each["rows"][n]) for n in picked) for each in answers)
    return " / ".join(f"{100 * count / (len(picked) or 1):.1f}" for count in counts)


def _is_refused(_: JudgedQuery, answer: Mapping[str, Any]) -> bool:
    return bool(answer["sureness"] == "none")


def _is_found(row: JudgedQuery, answer: Mapping[str, Any], most: int) -> bool:
    return bool(row.right & set(answer["urls"][:most]))


def learn(rows: Sequence[JudgedQuery], answers: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the weights of the confidence that a guide answers, by logistic regression on dev."""
    asked = zip(rows, answers, strict=True)
    dev = [(row, each) for row, each in asked if row.half == "dev" and each["shares"]]
    names = list(dev[0][1]["shares"])
    shares = np.array([[1.0, *(each["shares"][name] for name in names)] for _, each in dev])
    right = np.array([float(bool(row.right)) for row, _ in dev])
    mean, spread = shares.mean(0), shares.std(0)
    mean[0], spread[0] = 0, 1
    scaled, weights = (shares - mean) / spread, np.zeros(len(names) + 1)
    penalty = 0.01 * len(dev) * np.diag([0.0, *[1.0] * len(names)])
    for _ in range(30):  # Newton's method
        odds = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (odds - right) + penalty @ weights
        curve = (scaled.T * (odds * (1 - odds))) @ scaled + penalty + 1e-9 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    plain = weights / spread
    bias = weights[0] - float(plain[1:] @ mean[1:])
    return {"bias": bias, **dict(zip(names, map(float, plain[1:]), strict=True))}


def measure_site(
    site: Path, extra: Sequence[Path], sweep: str, learns: bool, makers: Path | None
) -> Iterator[str]:
    """Yield the report on the built site."""
    rows = read_rows([*sorted((BENCH / "queries").glob("*.yml")), *extra], site)
    if makers:
        yield from variant_report(rows, ask_site(rows, site, makers=makers))
        return
    name, _, values = sweep.partition("=")
    settings = [{name: float(value)} for value in values.split(",")] if sweep else [{}]
    for each, answered in zip(settings, ask_site(rows, site, settings), strict=True):
        yield f"{each or ''} CPU of a query: {answered['cpu']:.1f} ms"
        yield from site_report(rows, answered["rows"])
        if learns:
            weights = learn(rows, answered["rows"])
            yield ", ".join(f"{key}: {value:.2f}" for key, value in weights.items())
    yield first_answer((site / LEADS).read_bytes())


def main() -> int:
    """Build the index or use the site's, run the queries, print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("eval", type=Path, nargs="?")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    parser.add_argument("--queries", type=Path, nargs="*", default=[], help="more files of queries")
    parser.add_argument("--sweep", default="", help="NAME=VALUE,VALUE of SETTINGS in ranking.js")
    parser.add_argument("--learn", action="store_true", help="print weights for confidence.js")
    parser.add_argument("--variants", default="", help="names with commas between them")
    parser.add_argument("--makers", type=Path, help="a module that exports VARIANTS")
    parser.add_argument("--split", default="", help="only the queries of this split")
    parser.add_argument("--grow", type=int, default=0, help="documents to count bytes with")
    parser.add_argument("--peer", choices=sorted(WRITERS), help="measure this engine instead")
    options = parser.parse_args()
    if not options.eval:
        asked = (options.queries, options.sweep, options.learn, options.makers)
        print("\n".join(measure_site(options.site, *asked)))
        return 0
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
    print("\n".join(report_results(result, files)))
    return 0


if __name__ == "__main__":
    run_command(main)
