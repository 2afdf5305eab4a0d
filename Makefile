# The commands of this project: `make run` to use it, `make test` to trust it.

PYTHON ?= python3
BIN := .venv/bin
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/kontor
WORKERS ?= 2
MINUTES ?= 10

.PHONY: run test check prove prove-short messages real-data

run: .venv/installed
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py seed_demo
	@$(BIN)/gunicorn crm_project.wsgi --config gunicorn.conf.py

test: .venv/installed-dev
	@TEST_DATABASE_URL=$(TEST_DATABASE_URL) PYTEST="$(BIN)/pytest -n $(WORKERS)" sh .ci/test

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	SECURE_SSL_REDIRECT=on $(BIN)/python manage.py check --deploy --fail-level WARNING

prove: .venv/installed
	@$(BIN)/python -m crm_project.proof.frame --minutes $(MINUTES) --write docs/proof.txt

prove-short: .venv/installed
	@$(BIN)/python -m crm_project.proof.frame --short

messages: .venv/installed
	$(BIN)/python manage.py makemessages --locale ru --no-location --no-obsolete --ignore ".venv/*" --ignore "var/*"
	$(BIN)/python manage.py compilemessages --locale ru --ignore ".venv/*"

real-data: .venv/installed
	@test -n "$(ORGANIZATION)" || { echo "Name the organization: make real-data ORGANIZATION=<slug>"; exit 2; }
	@PYTHON=$(BIN)/python sh examples/crm_sales_opportunities/load $(ORGANIZATION)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ .venv/installed
