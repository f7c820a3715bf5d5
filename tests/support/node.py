"""Runs our JavaScript modules in Node: the engine is made of pure modules."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portal.search import index as search
from portal.search.index import SearchHelp, SearchPage
from portal.system.files import walk_files
from support.project import REPOSITORY

Files = dict[str, bytes]  # path within a site → content
SEARCH = REPOSITORY / "theme/assets/search"


def run_node(script: str, value: object, folder: Path = SEARCH) -> Any:
    """Return what the module `script` passes to `give`, with `value` as its `taken`.

    `script` may import "./engine.js" and its neighbours; text is passed as JSON with only ASCII, so
    that lone surrogates arrive as they are.
    """
    source = f"""
import fs from "node:fs";
const taken = JSON.parse(fs.readFileSync(0, "utf8"));
const give = (value) => fs.writeSync(1, JSON.stringify(value));
{script.replace('from "./', f'from "{folder.as_uri()}/')}
"""
    command = ["node", "--no-warnings", "--input-type=module", "-e", source]
    run = subprocess.run(
        command, input=json.dumps(value), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def index_of(pages: Sequence[SearchPage], extras: SearchHelp) -> Files:
    """Return path within the site → content of every file of the index of these pages."""
    with TemporaryDirectory() as folder:
        search.write_index(Path(folder), pages, extras)
        return {path: Path(entry).read_bytes() for path, entry in walk_files(Path(folder))}


def urls_of(leads: Mapping[str, str]) -> list[str]:
    """Return the addresses of the pages of an index, each whole."""
    folder, urls = "", list[str]()
    for line in leads["urls"].split("\n"):
        at = line[:-1].rfind("/") + 1
        folder = line[:at] or folder
        urls.append((folder + line[at:]).removeprefix("/"))
    return urls


ANSWERS = """
import { session } from "./worker.js";
const { open, extend, answer } = session();
open(taken.leads);
if (taken.texts) await extend(taken.texts);
const answers = [];
for (const text of taken.queries) answers.push(await answer(text, taken.options));
give(answers);
"""


def ask(
    files: Files, *queries: str, typing: bool = False, floor: bool = True, leads_only: bool = False
) -> list[Any]:
    """Return the engine's answers to these queries over an index as written."""
    leads = files[search.LEADS].decode()
    texts = files[f"search/{json.loads(leads)['text']}"].decode()
    options = {"typing": typing, "floor": floor}
    taken = {"leads": leads, "queries": queries, "options": options}
    return run_node(ANSWERS, taken if leads_only else {**taken, "texts": texts})


def found(answer: Any) -> list[str]:
    """Return the addresses of the pages found, best first."""
    return [group["url"] for group in answer["groups"]]
