# Every target sets up what it needs: a virtual environment in the checkout, dependencies by hash.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help install run demo test check lint types layers rules unit integration e2e fix bench accuracy lock clean

help: ## what there is
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): requirements/dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

install: $(READY) ## set up .venv with everything

run: $(READY) ## the service; FEEDS="URL …" polls just those
	$(BIN)/tocsin run $(FEEDS)

demo: $(READY) ## a recorded war on a fast clock, from loopback
	$(BIN)/tocsin demo

test: $(READY) ## rule tests, unit, integration, faults, end to end
	$(BIN)/tocsin test
	$(BIN)/pytest -n 2 tests

check: lint types layers test ## all that CI asks

lint: $(READY)
	$(BIN)/ruff format --check service tests
	$(BIN)/ruff check service tests

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

fix: $(READY) ## format, and mend what the linter can
	$(BIN)/ruff format service tests
	$(BIN)/ruff check --fix service tests

bench: $(READY) ## speed, as ratios against a reference in the same run
	$(BIN)/python -m tests.bench

accuracy: $(READY) ## one table: our own set, and shared data where present
	$(BIN)/python -m tests.accuracy

lock: ## renew the locks (hashes, no index addresses)
	@test -x $(BIN)/pip-compile || { $(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet pip-tools; }
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --allow-unsafe --extra dev --output-file requirements/dev.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --constraint requirements/dev.lock --output-file requirements/run.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --constraint requirements/dev.lock --all-build-deps --only-build-deps --output-file requirements/build.lock pyproject.toml

clean: ## remove what the build made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
