# waqai. `make help` lists the targets. Needs Python 3.11-3.13, make and a C compiler; network only for the set-up.

CORPUS ?= corpus
OUT ?= outputs
PUBLISHED ?=
PYTHON ?= python3
PIP_ARGS ?=
RUN_ARGS ?=
PYTEST_ARGS ?=
DRILL_ARGS ?=
ANNOTATOR ?=
REVIEW_ARGS ?=
BENCH_ARGS ?=
CASES ?= 10000
# Exported, and read by the shell as "$$CORPUS": paths may hold spaces and quotes.
export CORPUS OUT PUBLISHED ANNOTATOR

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/set-up
REFERENCE := ../shared
# Programs that exports are opened with: environments of their own.
EXPORTS := .venv-exports
CONSUMERS := label-studio doccano-brat

# What is installed before the project itself, so that a later change of pyproject.toml needs no network.
define REQUIREMENTS
import tomllib
with open("pyproject.toml", "rb") as file:
    data = tomllib.load(file)
project = data["project"]
extras = project["optional-dependencies"]
print(*data["build-system"]["requires"], *project["dependencies"], *extras["dev"], *extras["review"], sep="\n")
endef
export REQUIREMENTS

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run report review setup test test-all check check-exports drill fuzz bench eval models schema lint clean distclean help

run: $(STAMP) ## run CORPUS=corpus into OUT=outputs (PUBLISHED=YYYY-MM-DD: date of articles without one)
	@$(BIN)/waqai run "$$CORPUS" --out "$$OUT" $${PUBLISHED:+--published "$$PUBLISHED"} $(RUN_ARGS)

review: run ## run, then open the review page on OUT (ANNOTATOR=who, REVIEW_ARGS= handed to waqai review)
	@$(BIN)/waqai review "$$OUT" $${ANNOTATOR:+--annotator "$$ANNOTATOR"} $(REVIEW_ARGS)

setup: $(STAMP) ## set up .venv, once (PYTHON=python3, PIP_ARGS= handed to pip)

$(STAMP): pyproject.toml requirements.lock
	@for python in "$(PYTHON)" python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then break; fi; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then echo "waqai needs Python 3.11, 3.12 or 3.13 with venv: make PYTHON=/path/to/python" >&2; exit 2; fi; \
	if [ ! -x $(BIN)/python ]; then \
	  echo "Setting up $(VENV) with $$("$$python" --version), once: this downloads the libraries and takes some minutes."; \
	  "$$python" -m venv $(VENV); \
	fi
	@$(BIN)/python -c "$$REQUIREMENTS" > $(VENV)/requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check $(PIP_ARGS) -c requirements.lock -r $(VENV)/requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --no-index --no-build-isolation --no-deps -e .
	@touch $@

report: $(STAMP) ## write the report.html of OUT anew (every run writes it)
	@$(BIN)/waqai report "$$OUT"

test: $(STAMP) ## run the tests (PYTEST_ARGS= handed to pytest)
	@$(BIN)/python -m pytest -m "not slow" $(PYTEST_ARGS)

test-all: $(STAMP) ## run all tests, the slow ones too
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(STAMP) ## validate the knowledge files and run every example in them
	@$(BIN)/waqai check

check-exports: $(STAMP) $(EXPORTS)/set-up ## open every export with the program that it is for (set up once; network needed then)
	@WAQAI_EXPORTS_VENVS=$(EXPORTS) $(BIN)/python -m pytest tests/exports $(PYTEST_ARGS)

# Label Studio's SDK and doccano pin libraries that do not go with ours, or with each other's.
$(EXPORTS)/set-up: $(CONSUMERS:%=tests/exports/consumers/%.txt)
	@for name in $(CONSUMERS); do \
	  echo "Setting up $(EXPORTS)/$$name, once."; \
	  $(BIN)/python -m venv $(EXPORTS)/$$name && \
	  $(EXPORTS)/$$name/bin/python -m pip install --disable-pip-version-check --quiet --no-deps $(PIP_ARGS) \
	    -r tests/exports/consumers/$$name.txt || \
	  { echo "make check-exports: $$name could not be set up; its packages have to be fetched once (network, or PIP_ARGS)" >&2; exit 2; }; \
	done
	@touch $@

drill: $(STAMP) ## kill processes of a run at random and compare what it writes (ARTICLES=path, DRILL_ARGS=)
	@PYTHONPATH=tests $(BIN)/python -m drill.drill $${ARTICLES:+--articles "$$ARTICLES"} $(DRILL_ARGS)

fuzz: $(STAMP) ## 10,000 hostile inputs for every entry point (CASES=10000)
	@WAQAI_FUZZ_CASES=$(CASES) $(BIN)/python -m pytest tests/fuzz $(PYTEST_ARGS)

bench: $(STAMP) ## measure speed and memory beside Stanza and spaCy (CORPUS=, BENCH_ARGS= handed to waqai bench)
	@$(BIN)/waqai bench "$$CORPUS" --out outputs/bench.json $(BENCH_ARGS)

eval: $(STAMP) ## score the records against both gold sets, and the two reference articles if they are here
	@$(BIN)/waqai run corpus --out outputs/gold
	@$(BIN)/waqai evaluate tests/gold/dev.jsonl outputs/gold/events.jsonl
	@$(BIN)/waqai run tests/gold/blind --out outputs/blind
	@$(BIN)/waqai evaluate tests/gold/blind.jsonl outputs/blind/events.jsonl
	@if [ -e $(REFERENCE)/gold/seeds.jsonl ]; then \
	  $(BIN)/waqai run $(REFERENCE)/corpus --out outputs/reference && \
	  $(BIN)/waqai evaluate $(REFERENCE)/gold/seeds.jsonl outputs/reference/events.jsonl --merge-reported; \
	fi

schema: $(STAMP) ## write the JSON Schemas and the tables of docs/records.md from the code
	@$(BIN)/waqai schema --write .

models: $(STAMP) ## fetch the official Stanza package and CAMeLBERT (needs a network), for --engine stanza and --ner camel
	@$(BIN)/waqai models --fetch all

lint: $(STAMP) ## ruff (rules and format) and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

clean: ## remove what runs wrote to outputs/, and caches; decisions of annotators stay
	@find outputs -mindepth 1 ! -name .gitkeep ! -name 'decisions.jsonl*' ! -type d -delete
	@find outputs -mindepth 1 -type d -empty -delete
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	@find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## clean, and remove .venv and .venv-exports too
	@rm -rf $(VENV) $(EXPORTS)

help: ## list the targets
	@echo "make [TARGET] [CORPUS=dir] [OUT=dir] [PUBLISHED=date] [PYTHON=python3] [PIP_ARGS=...]"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | awk -F '\t' '{printf "  make %-13s %s\n", $$1, $$2}'
