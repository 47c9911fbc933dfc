# Pincite: set up, show, test. GNU make and Python 3.11 or newer; everything lands in this folder, nothing needs root.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
RUNS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
# The first Python that is new enough and can make an environment.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do \
	"$$each" -c '$(RUNS)' >/dev/null 2>&1 && echo "$$each" && break; done)
# Where a CPU build of torch is to be had on Linux; skipped where it cannot be reached. Empty: never asked.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
LOCK_OPTIONS ?=
PYTEST_OPTIONS ?= -n 2

PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet
PAPERS := $(or $(PINCITE_PAPERS),../shared/papers)
export PINCITE_HOME ?= .pincite

.PHONY: help demo test lint format readme lock clean

help: ## list the targets
	@echo "make demo   answers the essay's questions and writes report/index.html"
	@echo "make test   checks style, types, layers, and runs every test"
	@echo
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/installed ## set up, take in the essay's works, answer all its questions, write the report
	@say() { printf '%s\n' "$$*"; }
	say "Pincite: an essay asks, the works it cites answer, and every quote is proven."
	say ""
	if [ -n "$$(find -L '$(PAPERS)' -maxdepth 1 -type f -print -quit 2>/dev/null)" ]; then
		say "Taking in the essay's works from $(PAPERS):"
		$(BIN)/pincite ingest --from '$(PAPERS)' || [ $$? -eq 3 ]
	else
		say "There are no papers in $(PAPERS); trying once to fetch the works from where they live:"
		PINCITE_WAIT="$${PINCITE_WAIT:-30}" $(BIN)/pincite ingest || [ $$? -eq 3 ]
	fi
	say ""
	$(BIN)/pincite answer --out report
	$(BIN)/pincite works --json | $(BIN)/python -c '$(FARED)'
	say ""
	say "Read it:  report/index.html"
	say 'Ask on:   $(if $(filter .pincite,$(PINCITE_HOME)),PINCITE_HOME=.pincite )$(BIN)/pincite ask "What is an alignment tax?"'

test: lint ## everything that must hold: style, types, layers, tests
	@$(BIN)/python -m pytest $(PYTEST_OPTIONS)

lint: $(VENV)/installed ## style, types and layers only
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed ## lay the code out as `make lint` wants it
	@$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

readme: $(VENV)/installed ## write the README's session, tree and settings anew from the code
	@$(BIN)/python -m tests.readme

# What only a CUDA build of torch asks for stays out of the lock, and so does the suffix of any one build: pip finds for
# itself what the build it chooses needs.
lock: $(VENV)/locking ## write requirements.lock from pyproject.toml; LOCK_OPTIONS=--upgrade for newer releases
	@$(VENV)/locking/bin/python -m piptools compile --quiet --extra dev --allow-unsafe --strip-extras --annotation-style line \
		--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options $(LOCK_OPTIONS) \
		--output-file requirements.lock pyproject.toml
	sed -E -i.before -e '/^(nvidia-|cuda-|triton==)/d' -e '/^#/d' -e 's/^(torch==[0-9.]+)\+[^ ]+ */\1  /' requirements.lock
	rm requirements.lock.before

clean: ## take away the environment, the report and what tools left; the library in .pincite stays
	rm -rf $(VENV) report build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

# One stamp for what the lock names, made anew when it changes, and one for the project itself.
$(VENV)/locked: requirements.lock
	@if [ -z '$(PYTHON)' ]; then
		echo "There is no Python 3.11 or newer here that can make an environment (venv)." >&2
		echo "Install one, or name it: make PYTHON=/path/to/python3" >&2
		exit 1
	fi
	echo "Setting up $(VENV) with $$('$(PYTHON)' --version); the first time this takes some minutes."
	'$(PYTHON)' -m venv --clear $(VENV)
	torch=$$(sed -nE 's/^(torch==[0-9.]+).*/\1/p' requirements.lock)
	if [ "$$(uname -s)" = Linux ] && [ -n '$(TORCH_INDEX)' ] && timeout 8 $(BIN)/python -c '$(REACHED)' 2>/dev/null; then
		$(PIP) --no-deps --index-url '$(TORCH_INDEX)' "$$torch" || echo "No CPU build of $$torch there; the usual one will do."
	fi
	$(PIP) -r requirements.lock
	touch $@

$(VENV)/installed: $(VENV)/locked pyproject.toml
	@$(PIP) --no-deps --editable .
	touch $@

$(VENV)/locking: | $(VENV)/locked
	@$(BIN)/python -m venv $@
	PIP_DISABLE_PIP_VERSION_CHECK=1 $@/bin/python -m pip install --quiet pip-tools

REACHED := import urllib.request as net; net.urlopen("$(TORCH_INDEX)/torch/", timeout=5).close()
define FARED
import json, sys
works = json.load(sys.stdin)
whole = [work for work in works if work["state"] == "full text"]
if len(whole) == len(works):
    print(f"\nAll {len(works)} works were read whole: every answer quotes them.")
elif whole:
    print(f"\n{len(whole)} of {len(works)} works were read whole; for the others our annotations stand in.")
else:
    print("\nNone of the works could be had, so annotations answer; the authors' own words follow once they can be fetched.")
    print("Try again on a network, or put the papers in a folder and say: make demo PINCITE_PAPERS=that-folder")
endef
.ONESHELL:
