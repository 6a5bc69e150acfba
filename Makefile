# `make grade` grades a sample class, `make test` runs all tests; each sets up what it needs in .venv first.

PYTHON ?= python3
VENV := .venv
PIP_INSTALL := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SAMPLES := assignments/backprop_relu/samples

.PHONY: grade test validate lint types format clean

grade: $(VENV)/.can-grade
	$(VENV)/bin/grader grade $(SAMPLES) --assignment backprop_relu --output graded --isolation $$($(VENV)/bin/python -m grader doctor --best)

test: $(VENV)/.can-test
	$(VENV)/bin/python -m pytest

validate: $(VENV)/.can-test
	for declaration in assignments/*/declaration.py; do $(VENV)/bin/grader validate $$declaration || exit 1; done

lint: $(VENV)/.can-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.can-test
	$(VENV)/bin/mypy

format: $(VENV)/.can-test
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.can-grade: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP_INSTALL) --editable '.[grade,plots]'
	touch $@

$(VENV)/.can-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP_INSTALL) --editable '.[grade,plots,dask,test,dev]'
	touch $@

clean:
	rm -rf $(VENV) graded build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
