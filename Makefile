# Sabir. `make help` lists what there is.
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run test check bench clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "· Making the Python environment (once, about a minute) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo "· Adding what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/node.stamp: $(VENV)/run.stamp requirements-node.lock
	@$(BIN)/python -m config.node --ensure
	@touch $@

frontend/dist/built.stamp: $(VENV)/node.stamp $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print 2>/dev/null)
	@echo "· Building the front end (once, about half a minute) …"
	@$(BIN)/python -m config.node --build
	@touch $@

run: $(VENV)/run.stamp frontend/dist/built.stamp ## set up everything with the demonstration network and serve it on PORT
	@$(BIN)/sabir run

test: $(VENV)/dev.stamp frontend/dist/built.stamp ## everything CI runs
	@$(BIN)/python -m tests.all

check: $(VENV)/dev.stamp frontend/dist/built.stamp ## the fast part of the tests, under a minute
	@$(BIN)/python -m tests.all --fast

bench: $(VENV)/run.stamp frontend/dist/built.stamp ## measure speed and memory, as JSON lines
	@$(BIN)/python -m bench

clean: ## remove what was built; the homes stay
	@rm -rf $(VENV) frontend/node_modules frontend/dist
