# `make` tells what there is to make.

ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# What a process compiles is kept for the next one, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check format clean system-run system-test

help:
	@echo 'make run      set everything up and open the explorer (ARGS="song.mp3" for a song)'
	@echo 'make test     set everything up and run every check and test'
	@echo 'make check    only format, lint, types and import contracts'
	@echo 'make format   put the code into its format'
	@echo 'make clean    remove the virtual environment and all caches'

run: system-run $(INSTALLED)
	$(BIN)/dctvae-explorer $(ARGS)

test: system-test check
	$(BIN)/pytest $(ARGS)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find explorer vae tests -name __pycache__ -type d -prune -exec rm -rf {} +

system-run:
	@.ci/system-packages run

system-test:
	@.ci/system-packages test

# The stamp comes last: an installation that broke off is done again. Most of what is
# installed is never imported, so it is compiled when it is.
$(INSTALLED): pyproject.toml constraints.txt | system-run
	python=$$(.ci/find-python) && $$python -m venv $(VENV)
	$(BIN)/python -m pip install --no-compile --editable '.[test]' --constraint constraints.txt
	@touch $@
