"""Runs our JavaScript modules in Node: the engine is made of pure modules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from conftest import REPOSITORY

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
    command = ["node", "--input-type=module", "-e", source]
    run = subprocess.run(
        command, input=json.dumps(value), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
