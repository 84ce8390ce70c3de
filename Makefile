# Everything a person needs: run, check, test, lint, bench. `make run` installs the runtime lock only.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run check test lint bench soak lock messages pictures replay clean

run: $(VENV)/.runtime
	@$(VENV)/bin/gemba up --or-demo

# Tests start Gemba some 200 times: what is compiled is kept, whatever the environment says.
test check: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.dev
	@$(PY) -m pytest -n auto --dist worksteal $(TESTS)

# What one runs while working, a minute and a half on two cores: no PostgreSQL, no browser, few scenarios.
CHECKED := tests/domain tests/views tests/storage $(patsubst %,tests/scenarios/test_%.py,commands issues kpis tasks weekly_sync)
check: lint
	@$(PY) -m pytest -n auto --dist worksteal -m "not postgres" $(CHECKED)

lint: $(VENV)/.dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.dev
	@$(PY) -m benchmarks

# Plays MACHINE_EXAMPLES (200) of the state machine, then kills bots and their database for SOAK_MINUTES (10).
# MACHINE_SEED and SOAK_SEED repeat a run.
soak: $(VENV)/.dev
	@MACHINE_EXAMPLES=$${MACHINE_EXAMPLES:-200} $(PY) -m pytest tests/machine/test_machine.py
	@$(PY) -m tests.soak

# Locks name hashes and no host; they install on CPython 3.11 to 3.13.
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: $(VENV)/.dev
	@$(LOCK) pyproject.toml --group build -o requirements.txt
	@$(LOCK) pyproject.toml --group build --extra dev -o requirements-dev.txt

# Judges public series by a plain threshold and by our own rules, and draws them for docs/kpis.md.
replay: $(VENV)/.dev
	@$(PY) -m benchmarks.replay docs/pictures

# Catalogues: collect what the code says, merge it into the translations; the table of commands in docs/users.md.
messages: $(VENV)/.dev
	@$(PY) -m tools.catalogues
	@$(PY) -m tools.command_table

# Takes the pictures of docs/ again (needs Chromium and fonts for Chinese).
pictures: $(VENV)/.dev
	@$(PY) -m tests.pictures

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gemba needs Python 3.11 or newer: set PYTHON=python3.12, say." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This python has no venv: install python3-venv (Debian, Ubuntu)." >&2; exit 1; }

$(VENV)/.runtime: $(VENV)/bin/python requirements.txt pyproject.toml
	@echo "Installing Gemba into $(VENV) …"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
