# `make setup` and `make check` are the scripts of the same names; the rest are conveniences.
.PHONY: help setup check oldest format lock build clean

BIN := .venv/bin
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

help:            ## this list
	@grep -E '^[a-z]+: .*##' Makefile | sed 's/ *##/	/'

setup:           ## environment, system libraries, and the sample company's two documents
	./setup

check:           ## lint, format, types and tests
	./check

oldest:          ## the tests with the oldest versions that pyproject.toml allows (needs uv)
	uv venv --quiet --clear --python 3.11 build/oldest
	uv pip install --quiet --python build/oldest --resolution lowest-direct --editable '.[dev]' -r requirements/build.in
	build/oldest/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile --deselect tests/functional/test_wheel.py

format:          ## rewrite the code in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:            ## resolve the newest allowed versions (needs uv); UPGRADE=--upgrade to move pins
	$(COMPILE) $(UPGRADE) --extra dev pyproject.toml requirements/build.in -o requirements/dev.lock
	$(COMPILE) $(UPGRADE) -c requirements/dev.lock pyproject.toml -o requirements/runtime.lock
	$(COMPILE) $(UPGRADE) -c requirements/dev.lock requirements/build.in -o requirements/build.lock

build:           ## the wheel and the source archive, in dist/
	$(BIN)/python -m build --no-isolation

clean:           ## caches and dist/; the environment and output/ stay
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
