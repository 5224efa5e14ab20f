# Every target sets up what it needs (.ci/setup); after the first time the network is not used.
.DEFAULT_GOAL := help
.PHONY: help site example manual serve test test-all fuzz catalogs check audit bench lock release clean

PYTHON := .venv/bin/python
# Python compiles its modules once, even where the environment forbids keeping what it compiled, as many containers do.
unexport PYTHONDONTWRITEBYTECODE
# Chosen tests: make test ARGS="tests/checks/test_check.py -k title"
ARGS ?=
FUZZ_SECONDS ?= 60

help: ## List these targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: ## Build the website into site/.
	@.ci/setup site
	.venv/bin/charter build

example: ## Build a fictional charter with a history of versions into site-example/.
	@.ci/setup site
	.venv/bin/charter --source tests/example/brambleford build --site-dir site-example

manual: ## Build the generator's own manual into site-manual/.
	@.ci/setup site
	.venv/bin/mkdocs build --strict -f manual.yml

serve: ## Serve the website locally, and rebuild it after every change.
	@.ci/setup site
	.venv/bin/charter serve

test: ## Run the tests, with a browser too: five minutes. docs/developers/testing.md says what they prove.
	@.ci/setup tests chromium
	.venv/bin/pytest -n 3 --dist worksteal $(ARGS)

test-all: ## Run every test there is, and check, fuzz and audit as well: at most an hour.
	@.ci/setup tests chromium
	.venv/bin/pytest -n 3 --dist worksteal -m "not serial" --hypothesis-profile=long
	.venv/bin/pytest -m serial
	$(MAKE) check
	$(MAKE) fuzz FUZZ_SECONDS=3
	$(MAKE) audit

fuzz: ## Fuzz the readers of outside input. ARGS names some, FUZZ_SECONDS is the time for each.
	@.ci/setup tests fuzz
	.cache/fuzz/bin/python tests/fuzz/atheris_run.py --seconds $(FUZZ_SECONDS) $(ARGS)

catalogs: ## Bring the catalogs of the interface in step with the code. LANGUAGE=fr begins one.
	@.ci/setup tests
	$(PYTHON) .ci/catalogs.py $(LANGUAGE)

check: ## Check the code's style and types.
	@.ci/setup tests
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

audit: ## Check packages, site and workflows: vulnerabilities, HTML, links, Lighthouse. Needs Java and Node.
	@.ci/setup tests chromium java node
	$(PYTHON) .ci/audit.py
	.venv/bin/charter build
	$(PYTHON) tests/audit/audit.py

bench: ## Measure a build beside other tools, and how it scales. QUICK=1 is shorter, and only prints.
	@.ci/setup tests chromium
	@.ci/setup peers || echo "bench: tools that could not be installed are left out" >&2
	@! command -v node >/dev/null || .ci/setup node || echo "bench: Lighthouse could not be installed" >&2
	$(PYTHON) tests/bench/bench.py

lock: ## Compile the pinned packages and the bill of materials. ARGS=--upgrade takes newer versions.
	@.ci/setup tests
	.ci/lock $(ARGS)
	@.ci/setup tests
	$(PYTHON) .ci/bill.py

release: ## Prepare the distribution of the package in dist/, from a clean checkout. Nothing is uploaded.
	@.ci/setup tests
	@$(PYTHON) .ci/release.py

clean: ## Remove everything that these targets made.
	rm -rf .venv site site-example site-manual dist .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/audit/node_modules hooks/*.egg-info
