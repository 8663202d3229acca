# What a person runs. On Debian with python3, make and git, each target sets up what it needs by itself.
#
#   make study    set up, compile the engine, run the main job, say where the report is
#   make test     set up (with a browser and Go), check, run every test
#   make check    ruff, mypy and the order of the rooms
#   make docs     write again the pages that are made from the program
#   make validation  fly and judge again all that the validation page compares; some minutes
#   make peers    other programs that the benches run beside ours, in an environment of their own
#   make picture  photograph the report for the README
#   make lock     solve requirements.lock and requirements-peers.lock anew (needs uv)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
UV ?= uv
SCENARIO ?= lisbon-2010
OUT ?= equipoise-report
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up
COMPILED := $(VENV)/.compiled
BROWSER := $(VENV)/.browser
PEERS := $(VENV)/peers
GO := $(VENV)/.go
ENGINE := $(shell find src/equipoise -name '*.py' -path '*/flight/*' -o -name '*.py' -path '*/sensing/*' \
	-o -name '*.py' -path '*/defence/*' -o -name '*.py' -path '*/guarantee/*')

# $(call debian,TEST,PACKAGES): where TEST fails, install PACKAGES as root; say what to install where not root.
define debian
if ! { $(1); } >/dev/null 2>&1; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    echo "set-up: installing from Debian: $(2)" >&2; \
    export DEBIAN_FRONTEND=noninteractive; \
    apt-get install -y -qq --no-install-recommends $(2) >/dev/null || \
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(2) >/dev/null; }; \
  else \
    echo "error: missing on this machine; install it, then run make again: sudo apt-get install $(2)" >&2; \
    exit 1; \
  fi; \
fi
endef

.PHONY: study test check set-up docs validation peers picture lock clean

study: $(COMPILED)
	$(BIN)/equipoise study $(SCENARIO) --out $(OUT)

test: $(COMPILED) $(BROWSER) $(GO) check
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(SET_UP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

set-up: $(COMPILED) $(BROWSER) $(GO)

docs: $(COMPILED)
	$(BIN)/python docs/generate.py

validation: $(COMPILED)
	$(BIN)/python docs/validate.py
	$(BIN)/python docs/claims.py

peers: $(PEERS)/.set-up

picture: $(COMPILED) $(BROWSER)
	$(BIN)/equipoise study lisbon-2010 --out $(VENV)/picture
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
	  --hide-scrollbars --window-size=1200,900 --screenshot=docs/images/report.png \
	  file://$(CURDIR)/$(VENV)/picture/report.html

$(SET_UP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) not found; install Python 3.11 or later" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: $(PYTHON) is $$($(PYTHON) --version); Python 3.11 or later is needed" >&2; exit 1; }
	@$(call debian,$(PYTHON) -c 'import ensurepip$(comma) venv',python3-venv)
	@echo "set-up: Python packages from requirements.lock into $(VENV) (once; a minute or two)" >&2
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	  --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# One quick run of the main job fills Numba's cache, so that the run that a person waits for is a warm one.
$(COMPILED): $(SET_UP) $(ENGINE)
	@echo "set-up: compiling the engine (again only when its code changes)" >&2
	@find src -name '*.nb[ic]' -delete  # Numba's cache does not notice a changed callee
	@$(BIN)/python -m compileall -q src
	@$(BIN)/equipoise study $(SCENARIO) --quick --out $(VENV)/warm-up >/dev/null
	@touch $@

$(BROWSER): $(SET_UP)
	@$(call debian,command -v chromium,chromium fonts-dejavu-core)
	@touch $@

# Go's own library for signed notes judges ours.
$(GO): $(SET_UP)
	@$(call debian,command -v go && test -d /usr/share/gocode/src/golang.org/x/mod/sumdb/note,golang-go golang-golang-x-mod-dev)
	@touch $@

# They are under the GPL and the AGPL: run as programs by their own interpreter, and imported by nothing of ours.
$(PEERS)/.set-up: $(SET_UP) requirements-peers.lock $(wildcard scripts/peers/*.py)
	@echo "set-up: peers from requirements-peers.lock into $(PEERS) (once)" >&2
	@[ -x $(PEERS)/bin/python ] || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	  --require-hashes -r requirements-peers.lock
	@cp scripts/peers/*.py $(PEERS)/
	@touch $@

LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate

lock:
	$(LOCK) --extra test pyproject.toml -o requirements.lock
	$(LOCK) --python-version 3.11 scripts/peers/requirements.in -o requirements-peers.lock

clean:
	rm -rf $(VENV) $(OUT) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

comma := ,
