"""Runs our JavaScript modules in Node: the engine is made of pure modules."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conftest import REPOSITORY

from portal.search import index as search
from portal.search.index import PageSource, SearchHelp, SearchPage
from portal.system.files import walk_files

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


def index_of(pages: Sequence[SearchPage], extras: SearchHelp, processes: int = 1) -> Files:
    """Return path within the site → content of every file of the index of these pages."""
    with TemporaryDirectory() as folder:
        assert search.write_index(Path(folder), PageSource.of(pages), extras, processes) == []
        return {path: Path(entry).read_bytes() for path, entry in walk_files(Path(folder))}


ANSWERS = """
import { connect } from "./worker.js";
globalThis.fetch = async (url) => {
  const name = decodeURI(new URL(url).pathname).slice(1);
  return name in taken.files
    ? new Response(Buffer.from(taken.files[name], "base64"))
    : new Response("", { status: 404 });
};
const ask = connect("http://site.example/search/");
const answers = [];
for (const [text, typing] of taken.queries) answers.push(await ask(text, { typing }));
give(answers);
"""


def ask(files: Files, *queries: str, typing: bool = False) -> list[Any]:
    """Return the engine's answers to these queries over an index as written."""
    taken = {"files": encode(files), "queries": [[q, typing] for q in queries]}
    return run_node(ANSWERS, taken)


def encode(files: Files) -> dict[str, str]:
    """Return the files as JSON can hold them."""
    return {name: base64.b64encode(data).decode() for name, data in files.items()}


def found(answer: Any) -> list[str]:
    """Return the addresses of the pages found, best first."""
    return [group["url"] for group in answer["groups"]]
