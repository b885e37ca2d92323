# Everything a newcomer needs: `make run`, `make test`, `make check`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test check bench lock css messages catalogues clean

# pip reads the lock with its hashes, so what is installed is what was tested.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Relais needs Python 3.11 or newer: install it, or run make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

run: $(VENV)/run.stamp
	$(BIN)/python -m lms serve

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint lms/web/templates --lint --quiet
	$(BIN)/deptry .
	$(BIN)/python -m tests.house.catalogues
	$(BIN)/python -m lms courses check
	LMS_INSTANCE_DIR=$$(mktemp -d) LMS_DEMO=0 $(BIN)/python -m lms migrations check
	$(MAKE) --no-print-directory test

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench
	$(BIN)/python -m bench people

# Development only: renew the locks (needs uv), the styles (needs node), the catalogues.
lock:
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt --upgrade
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra postgres --extra sso --group dev -c requirements/run.txt -o requirements/dev.txt --upgrade

css:
	npm ci --ignore-scripts && npm run build

messages: $(VENV)/dev.stamp
	$(BIN)/pybabel -q extract -F translations/babel.cfg -k sentence -k _l -o translations/messages.pot --no-location --omit-header --sort-output lms
	$(BIN)/pybabel -q update -i translations/messages.pot -d translations -l fr --no-fuzzy-matching --omit-header
	$(BIN)/pybabel -q compile -d translations

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
