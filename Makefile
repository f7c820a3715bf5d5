# Every command of the project. Bare `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A release that is being made; only `release` and `cms` write to dist/, so that nothing changes one unseen.
STAGED := dist/.next
# Material announces its end at every start; an editor can do nothing about it, see `staged`.
export NO_MKDOCS_2_WARNING := 1
# Set in many container images; each build would compile this project's 180 modules again.
unexport PYTHONDONTWRITEBYTECODE

# $(call on,VALUE): empty when a switch is off, for people also write ROLLBACK=0.
on = $(filter-out 0 no off false không,$(1))

# $(call asking,COMMAND): runs what asks a registry of packages, whose tools answer a missing network with tracebacks.
asking = @said=$$($(1) 2>&1); status=$$?; case "$$status $$said" in \
  [1-9]*Traceback* | [1-9]*ConnectionError* | [1-9]*"Could not find a version"* | [1-9]*"npm error network"*) \
    printf '%s\n' "$$said" | tail -n 1 | cut -c 1-200 >&2; \
    printf '%s\n' 'không hỏi được kho gói: máy này không có mạng, hoặc kho không có gói cần' \
      '    Cách sửa: xem mạng rồi chạy lại' >&2 ;; \
  *) [ -z "$$said" ] || printf '%s\n' "$$said" ;; esac; exit $$status

.DEFAULT_GOAL := help
# No target but those in $(VENV) and node_modules is a file.
.PHONY: $(shell sed -nE 's/^([a-z-]+):.*/\1/p' Makefile)

help: ## list these targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(VENV)/.run: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(call asking,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt)
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	  --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(call asking,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt)
	@touch $@

fix: $(VENV)/.run ## mend what a command can mend: letters, tone placement
	$(BIN)/python scripts/check_content.py --fix

guide: $(VENV)/.run ## start a guide: make guide TITLE="Lấy lại passcode VNeID" TOPIC=dinh-danh (asks when bare)
	@$(BIN)/python scripts/new_page.py guide --title "$$TITLE" --topic "$$TOPIC"

story: $(VENV)/.run ## start a story: make story TITLE="Tổ xóm Đình" (asks when bare; TOLD_BY=team for a team's own)
	@$(BIN)/python scripts/new_page.py $(if $(filter team,$(TOLD_BY)),team-story,story) --title "$$TITLE"

practice: $(VENV)/.run ## start a rehearsal: make practice TITLE="Giữ kín mã OTP"
	@$(BIN)/python scripts/new_rehearsal.py --title "$$TITLE"

serve: $(VENV)/.run ## build the site and show it at http://localhost:8000/, again after every change
	PREVIEW=true $(BIN)/mkdocs serve --livereload $(if $(SERVE),--dev-addr $(SERVE))

build: $(VENV)/.run ## write the site to site/ to look at, warnings are errors
	$(BIN)/mkdocs build --strict

check: $(VENV)/.run ## check every page and data file, without building
	@$(BIN)/python scripts/check_content.py $(if $(FORMAT),--format "$$FORMAT")
	@$(BIN)/python scripts/draw_pictures.py --check

summary: $(VENV)/.run ## what this branch changes for readers, as Markdown (BASE=origin/main CARDS=folder)
	@$(BIN)/python scripts/summarise_branch.py $(if $(BASE),--base "$$BASE") $(if $(CARDS),--cards "$$CARDS")

view: $(VENV)/.dev browser ## each changed page as residents get it, before and after, in mat-nguoi-doc/ (BASE=origin/main)
	nice $(BIN)/python scripts/show_changes.py $(if $(BASE),--base "$$BASE")

comment: ## what CI does with tom-tat.md: the one comment of a merge request
	@$(PYTHON) scripts/post_summary.py tom-tat.md

review-list: $(VENV)/.run ## pages and figures due for review, by owner (ICS=file for a calendar)
	@$(BIN)/python scripts/list_reviews.py $(if $(ICS),--ics "$$ICS")

paper: $(VENV)/.run ## print each team its booklets and posters: make paper TEAMS=rieng/cac-to.csv (columns name,phone)
	@$(BIN)/python scripts/print_teams.py "$(TEAMS)"

links: $(VENV)/.run ## ask official addresses whether they still answer; needs the network
	@$(BIN)/python scripts/check_external_links.py $(if $(FORMAT),--format "$$FORMAT")

hooks: $(VENV)/.dev ## check what is about to be committed, before each commit
	$(BIN)/pre-commit install

report: $(VENV)/.run ## write the editors' report: reading level, age of review, sources, numbers
	@$(BIN)/python scripts/write_report.py

npm:
	@command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends npm >/dev/null; }

node_modules/.run: package.json package-lock.json | npm
	$(call asking,npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error)
	@touch $@

node_modules/.dev: node_modules/.run
	$(call asking,npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
	@touch node_modules/.run $@

servers:
	@(for each in nginx caddy sshd ssh rsync kiwix-serve; do PATH=$$PATH:/usr/sbin command -v $$each >/dev/null || exit 1; done) || { \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light libnginx-mod-http-brotli-static \
	  openssl caddy openssh-server openssh-client rsync kiwix-tools >/dev/null; }

audit: $(VENV)/.dev browser servers node_modules/.dev build ## weigh, Lighthouse, axe and a tour without JavaScript, behind nginx and Caddy
	nice $(BIN)/python scripts/audit_site.py --site site

stats: $(VENV)/.run ## add figures from a table: make stats FILE=so-lieu.xlsx (ACCEPT="key key" DRY=1)
	@$(BIN)/python scripts/update_statistics.py $(if $(FILE),"$$FILE") $(foreach key,$(ACCEPT),--accept $(key)) $(if $(call on,$(DRY)),--dry-run)

messages: $(VENV)/.run ## write the list of messages in CONTRIBUTING.md from the code
	$(BIN)/python scripts/list_messages.py

cms: staged node_modules/.run ## a release with the web editor at /bien-tap/: SITE_URL=https://… make cms
	$(BIN)/python scripts/build_cms.py --site $(STAGED)
	@$(BIN)/python scripts/seal_release.py

cms-try: build node_modules/.run ## try the web editor on this machine: http://localhost:8001/bien-tap/
	$(BIN)/python scripts/build_cms.py --site site --serve 8001

browser: $(VENV)/.dev npm
	@$(BIN)/python scripts/install_browser.py

test: $(VENV)/.dev browser servers node_modules/.dev ## lint, types and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --reruns 1 -rR --hypothesis-seed=0

errands: $(VENV)/.dev browser build ## fifteen errands on Chromium 80 and today's, as on a cheap phone: taps, seconds, KB
	SITE=$(CURDIR)/site SLOW_PHONE=1 $(BIN)/pytest -s tests/browser/test_errands.py

rehearsals: $(VENV)/.dev browser build ## every choice of every rehearsal on Chromium 80 and today's, without JavaScript and with, and axe
	SITE=$(CURDIR)/site $(BIN)/pytest -s tests/browser/test_practice.py -k each

canary: $(VENV)/.dev ## the same build under ProperDocs, the drop-in successor of MkDocs
	$(BIN)/properdocs build --strict -f mkdocs.yml -d .cache/canary-site

# Operators hear once of what Material announces; decisions/0015-without-material.md.
staged: export NO_MKDOCS_2_WARNING :=
staged: $(VENV)/.run
	@$(BIN)/python scripts/check_release.py
	RELEASE=true $(BIN)/mkdocs build --strict --site-dir $(STAGED)

release: staged ## build for publishing, to dist/<date>-<digest>/: SITE_URL=https://… make release
	@$(BIN)/python scripts/seal_release.py

$(VENV)/.s3 $(VENV)/.zim: $(VENV)/.%: requirements-%.txt $(VENV)/.run
	$(call asking,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<)
	@touch $@

publish: $(VENV)/.run $(if $(filter s3:%,$(TO)),$(VENV)/.s3) $(if $(filter %.zim,$(TO)),$(VENV)/.zim) ## show readers the last release: make publish TO=ssh://server/srv/portal (ROLLBACK=1: the one before)
	@$(BIN)/python scripts/publish.py --to "$$TO" $(if $(call on,$(ROLLBACK)),--rollback)

pages: release ## a release as GitLab Pages takes it, the folder public/: SITE_URL=https://… make pages
	rm -rf public
	cp -rL dist/latest public

publish-list: $(VENV)/.run ## after publishing: note the published addresses in data/published.txt
	@$(BIN)/python scripts/update_published.py

measure: $(VENV)/.dev ## time the build of 100 and 1,000 pages; time and weigh cards and handouts
	$(BIN)/python scripts/measure_build.py --pages 100,1000
	$(BIN)/python scripts/measure_cards.py

# $(call compile,FILE,OPTIONS): the exact versions of what pyproject.toml names, with hashes and no addresses.
compile = $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(if $(call on,$(UPGRADE)),--upgrade) $(2) -o $(1) pyproject.toml

lock: $(VENV)/.dev ## resolve the pinned versions again
	$(call asking,$(call compile,requirements-s3.txt,--extra s3))
	$(call asking,$(call compile,requirements.txt,-c requirements-s3.txt))
	$(call asking,$(call compile,requirements-zim.txt,--extra zim -c requirements-s3.txt))
	$(call asking,$(call compile,requirements-dev.txt,--extra s3 --extra zim --extra dev -c requirements-s3.txt))

upgrade: $(VENV)/.dev ## take the newest versions of all packages, say which changed, run all tests
	$(MAKE) --no-print-directory lock UPGRADE=1
	@$(BIN)/python scripts/list_upgrades.py
	$(MAKE) --no-print-directory test

advisories: $(VENV)/.dev ## ask whether a pinned package has a known weakness; needs the network
	$(call asking,$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements-dev.txt)

screenshots: $(VENV)/.dev browser node_modules/.run ## take the pictures of CONTRIBUTING.md again
	$(BIN)/python scripts/take_screenshots.py

pictures: $(VENV)/.run ## draw the schematic pictures in docs/ from data/drawings/
	$(BIN)/python scripts/draw_pictures.py

prune: $(VENV)/.run ## delete from .cache/ what no build has used for 30 days
	$(BIN)/python scripts/prune_cache.py

clean: ## remove what was built (not what you wrote)
	rm -rf site dist .cache .site-*
