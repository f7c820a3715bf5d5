"""What surrounds an editor on a git host: jobs, templates, owners, commit hooks."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.project import REPOSITORY

WORKFLOWS = [f".github/workflows/{name}.yml" for name in ("content", "code", "care", "publish")]
JOBS = [*WORKFLOWS, ".gitlab-ci.yml"]


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def commands(value: Any) -> list[str]:
    """Return the shell commands of a job file, wherever they stand."""
    if isinstance(value, list):
        return [each for item in value for each in commands(item)]
    if isinstance(value, dict):
        found = [item for key, item in value.items() if key in ("run", "script", "before_script")]
        rest = [item for key, item in value.items() if key not in ("run", "script")]
        lines = [line for item in found for line in (item if isinstance(item, list) else [item])]
        return lines + commands(rest)
    return []


@pytest.mark.parametrize("name", JOBS)
def test_jobs_call_targets_of_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z$(./][^\s:=]*):", read("Makefile"), re.MULTILINE))
    known = {target.replace("$(VENV)", ".venv") for target in targets}
    lines = commands(yaml.safe_load(read(name)))
    made = {line.split()[1] for line in lines if line.startswith("make ")}
    assert made
    assert made <= known
    others = [line for line in lines if not line.startswith(("make ", "apt-get "))]
    assert [line for line in others if isinstance(line, str)] == []


@pytest.mark.parametrize("name", JOBS)
def test_jobs_hold_no_secret_and_may_only_read(name: str) -> None:
    text = read(name)
    assert "secrets" not in text
    if name.startswith(".github"):
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in text


def test_code_is_tested_when_anything_but_content_changed_and_every_night() -> None:
    when = yaml.safe_load(read(".github/workflows/code.yml"))[True]  # YAML's reading of `on`
    content = {"paths-ignore": ["docs/**", "data/**"]}
    assert (when["push"], when["pull_request"]) == (content, content)
    assert when["schedule"]
    jobs = yaml.safe_load(read(".gitlab-ci.yml"))
    at_night, when_changed = jobs["test"]["rules"]
    assert at_night["if"].endswith('"schedule" && $NIGHTLY')
    listed = ["git", "ls-tree", "-d", "--name-only", "HEAD"]
    run = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    code = sorted({*run.stdout.split()} - {"docs", "data"})
    hidden = [name[1:] for name in code if name.startswith(".")]
    shown = [name for name in code if not name.startswith(".")]
    assert when_changed["changes"] == [
        "*",
        f".{{{','.join(hidden)}}}/**/*",
        f"{{{','.join(shown)}}}/**/*",
    ]
    assert [name for name, job in jobs.items() if "make test" in commands(job)] == ["test"]


def test_only_the_comment_is_written_by_trusted_code_for_branches_of_this_repository() -> None:
    jobs = yaml.safe_load(read(".github/workflows/content.yml"))["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items() if "permissions" in job} == {
        "comment": {"contents": "read", "pull-requests": "write"}
    }
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    assert same in jobs["comment"]["if"]
    assert jobs["comment"]["steps"][0]["with"]["ref"] == "${{ github.base_ref }}"
    rules = yaml.safe_load(read(".gitlab-ci.yml"))["comment"]["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in rules[0]["if"]


def test_what_is_published_runs_no_code_of_a_proposal_with_the_right_to_write() -> None:
    jobs = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]
    writing = {name for name, job in jobs.items() if "permissions" in job}
    assert writing == {"publish", "preview"}
    assert jobs["publish"]["if"] == "github.event_name == 'push' && vars.SITE_URL"
    assert jobs["preview"]["needs"] == "trial"
    assert jobs["preview"]["steps"][0]["with"]["ref"] == "${{ github.base_ref }}"
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    assert same in jobs["trial"]["if"]


def test_a_preview_tells_search_engines_to_leave_it_alone() -> None:
    trial = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]["trial"]
    (release,) = (step for step in trial["steps"] if step.get("run") == "make release")
    gitlab = yaml.safe_load(read(".gitlab-ci.yml"))["preview"]
    assert (release["env"]["TRIAL"], gitlab["variables"]["TRIAL"]) == ("true", "true")


def test_summary_reaches_the_page_of_the_job_and_fails_when_it_cannot_be_made() -> None:
    steps = yaml.safe_load(read(".github/workflows/content.yml"))["jobs"]["content"]["steps"]
    step = next(step for step in steps if "make summary" in step.get("run", ""))
    assert step["run"].endswith('| tee tom-tat.md >> "$GITHUB_STEP_SUMMARY"')
    assert step["shell"] == "bash"  # the one that stops at the first command of a pipe that fails


def test_merge_request_asks_four_questions_on_both_hosts() -> None:
    template = read(".github/pull_request_template.md")
    assert re.findall(r"^(\d)\. \*\*.+\?\*\*", template, re.MULTILINE) == ["1", "2", "3", "4"]
    assert template == read(".gitlab/merge_request_templates/Default.md")


def run_hook(identifier: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one commit hook as pre-commit would."""
    hooks = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    hook = next(hook for hook in hooks if hook["id"] == identifier)
    assert hook["language"] == "system"
    command = [*shlex.split(hook["entry"]), *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)


def test_commit_hooks_pass_on_what_is_committed(project: Path) -> None:
    subprocess.run(["git", "init", "--quiet", project], check=True)
    page = project / "docs/index.md"
    assert run_hook("letters", "--root", project, page).returncode == 0
    assert run_hook("data", "--root", project).returncode == 0
    assert run_hook("format", Path(__file__)).returncode == 0


def test_commit_hooks_are_local_and_read_as_pre_commit_reads_them() -> None:
    command = [".venv/bin/pre-commit", "validate-config"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")
    repositories = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
