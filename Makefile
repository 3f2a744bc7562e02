# Everything that sets up, runs and checks Gặp Gỡ. `make` alone lists what there is.

ENV := .venv
BIN := $(ENV)/bin
DONE := $(ENV)/done
TEMPLATE := matchmaking/translations/messages.pot
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard matchmaking/translations/*/LC_MESSAGES/messages.po))
NEEDS := $(DONE)/packages $(DONE)/assets $(CATALOGUES)

PIN = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install run test check lint translations lock clean

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(NEEDS)  ## Set up what is missing, nothing more

run: export DEMO = 1
run: $(NEEDS)  ## Set up what is missing, load the demo into an empty database, serve it
	@echo "· Bringing the database up to date"
	@$(BIN)/flask db upgrade
	@$(BIN)/flask demo load --if-empty
	@exec $(BIN)/gunicorn

test: $(DONE)/browser $(DONE)/test-packages $(NEEDS)  ## Set up what is missing and run the tests
	@$(BIN)/pytest $(PYTEST)

check: lint test  ## Everything a change must pass: formatting, lint, types, architecture, tests

lint: $(DONE)/test-packages
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

translations: $(DONE)/packages  ## Bring the catalogues up to date with the texts in the code
	@mkdir -p $(dir $(TEMPLATE))
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --no-location --sort-output --omit-header \
		--keywords _l --output-file $(TEMPLATE) .
	@$(BIN)/pybabel --quiet update --input-file $(TEMPLATE) --output-dir matchmaking/translations \
		--ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	@$(BIN)/pybabel --quiet compile --directory matchmaking/translations

lock: $(DONE)/test-packages  ## Pin every dependency again; UPGRADE=1 takes the newest releases
	@$(PIN) pyproject.toml --output-file requirements.lock
	@$(PIN) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@$(PIN) --group node --output-file requirements-node.lock
	@tools/npm.sh $(BIN) install --package-lock-only

clean:  ## Remove everything that was installed or built; the database in instance/ stays
	rm -rf $(ENV) node_modules static/vendor $(CATALOGUES) .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@python3 tools/prepare_machine.py $(ENV)

$(DONE)/packages: requirements.lock | $(BIN)/python
	@echo "· Installing the Python packages"
	@$(PIP_INSTALL) $<
	@mkdir -p $(DONE) && touch $@

$(DONE)/test-packages: requirements-dev.lock | $(DONE)/packages
	@echo "· Installing the Python packages of the tests"
	@$(PIP_INSTALL) $<
	@touch $@

# Asks for everything the system must supply at once, so that nobody is stopped twice.
$(DONE)/browser:
	@python3 tools/prepare_machine.py $(ENV) --browser
	@mkdir -p $(DONE) && touch $@

$(DONE)/assets: package-lock.json tools/vendor_assets.py | $(DONE)/packages
	@echo "· Installing the front end's packages"
	@tools/npm.sh $(BIN) ci --loglevel error
	@$(BIN)/python tools/vendor_assets.py
	@touch $@

%.mo: %.po | $(DONE)/packages
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
