# Two commands do everything on a machine with nothing but Python >= 3.11: make demo, make test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := demo

.PHONY: help setup client demo plan test readers check fix bench serve lock docs clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) client ## make the virtual environment, install everything, pinned, and build the web client

client: $(STAMP) ## build the web client, where its sources changed
	@$(BIN)/python hatch_build.py

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Paiban needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m scheduler.warm
	touch $@

demo: setup ## run the service with a living demo group of three sites
	$(BIN)/paiban demo --folder $(DEMO)/service

plan: setup ## without a server: write the example, plan its next month, name the report
	$(BIN)/paiban example $(DEMO)/example
	$(BIN)/paiban plan $(DEMO)/example/site.yaml --calls $(DEMO)/example/calls.csv.gz --people $(DEMO)/example/people.csv \
	  --month 2026-12 --out $(DEMO)/plan --seconds 60
	@echo; echo "report: file://$(CURDIR)/$(DEMO)/plan/report.html"

test: setup ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile
	$(BIN)/python hatch_build.py run --silent test

readers: ## install other makers' calendar readers (node, libical, khal), so that the tests judge calendars by them
	mkdir -p .readers
	-cd tests/readers && npm install --silent --no-audit --no-fund --no-package-lock
	-$(PYTHON) -m venv .readers/venv && .readers/venv/bin/pip install --quiet khal==0.14.* vdirsyncer==0.21.*
	-cc -O2 -o .readers/libical_reader tests/readers/libical_reader.c $$(pkg-config --cflags --libs libical)

check: setup ## lint, types, import rules, generated docs: what CI runs
	$(BIN)/python hatch_build.py run --silent check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/paiban rules --out $(VENV)/rules.md && cmp docs/rules.md $(VENV)/rules.md
	$(BIN)/paiban rules --laws --out $(VENV)/laws.md && cmp docs/laws.md $(VENV)/laws.md
	$(BIN)/paiban rules --rights --out $(VENV)/rights.md && cmp docs/rights.md $(VENV)/rights.md
	$(BIN)/paiban rules --events --out $(VENV)/events.md && cmp docs/events.md $(VENV)/events.md
	$(BIN)/paiban rules --contract --out $(VENV)/openapi.json && cmp web/openapi.json $(VENV)/openapi.json

fix: setup ## format, and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python hatch_build.py run --silent fix

bench: setup ## measure; tables and JSON go to bench-out/
	mkdir -p bench-out
	$(BIN)/python -m benchmarks.staffing --json bench-out/staffing.json
	$(BIN)/python -m benchmarks.forecast --json bench-out/forecast.json
	$(BIN)/python -m benchmarks.sites --json bench-out/sites.json
	$(BIN)/python -m benchmarks.nrp --folder ../shared/data/nrp --quiet --json bench-out/nrp.json
	$(BIN)/python -m benchmarks.partner_search --json bench-out/partner_search.json
	$(BIN)/python -m benchmarks.clearing --json bench-out/clearing.json
	$(BIN)/python -m benchmarks.sheets --json bench-out/sheets.json
	# benchmarks.board wants a running service: paiban demo

serve: setup ## run the service; its database lies in paiban-data/
	$(BIN)/paiban serve

docs: setup ## write the pages that the code writes
	$(BIN)/paiban rules --out docs/rules.md
	$(BIN)/paiban rules --laws --out docs/laws.md
	$(BIN)/paiban rules --rights --out docs/rights.md
	$(BIN)/paiban rules --events --out docs/events.md
	$(BIN)/paiban rules --contract --out web/openapi.json

lock: ## pin anew, with hashes and without addresses (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group dev pyproject.toml -o requirements.lock

clean: ## remove what was made
	rm -rf $(VENV) .readers tests/readers/node_modules web/node_modules api/front/client $(DEMO) bench-out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
