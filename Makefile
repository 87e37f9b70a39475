# Everything from nothing but Python 3.11+ and make. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: install run test check golden bench bench-full bench-history bench-peers law-pages lock clean
install: $(READY)

$(READY): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mikrosim needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

run: install
	$(BIN)/mikrosim run scenarios/skatt_barnetrygd.yaml

test: install
	$(BIN)/python -m pytest -n 2

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .
	$(BIN)/mikrosim law --check

bench: install
	$(BIN)/python -m pytest benchmarks

bench-full: install
	$(BIN)/python -m pytest benchmarks -m "full or not full"

# Keeps the last figures by commit and draws all that are kept; see benchmarks/README.md.
bench-history: install
	$(BIN)/python benchmarks/history.py

# Other models beside this one; each is installed the first time, which needs the network and 3 GB of disk.
bench-peers: install
	$(BIN)/python benchmarks/peers/run.py

# Rewrites what the tests hold the scenarios against; look at the differences before you keep them.
golden: install
	$(BIN)/python scenarios/golden.py

law-pages: install
	$(BIN)/mikrosim law --write-pages docs/law

# The lock carries hashes and no registry address; it needs `uv` on the path, which nothing else here does.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements/dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
