# One entry point for users (`make run`) and for checks (`make test`). Everything is installed into
# $(VENV); nothing is fetched but packages from the configured index.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
WORKERS ?= 2
SITE ?= out/site

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
RUN_READY := $(VENV)/.affectgraph-run
DEV_READY := $(VENV)/.affectgraph-dev
COMPILED := kg/packaged/GRAPH
PREPARING := $(addprefix linkers/,prepared.py entry.py lexicon.py lexicon_rows.py normalise.py idioms.py phrase_patterns.py phrase_words.py \
  annotation/matcher.py annotation/stems.py annotation/tokens.py)

define CHECK_SHAPES
from affectgraph.ontology.shacl import validate_core
report = validate_core()
print("SHACL: conforms" if report.conforms else report.text)
raise SystemExit(not report.conforms)
endef
export CHECK_SHAPES

define COMPILE
from affectgraph.kg.compiled import FOLDER, compile_packaged
from affectgraph.linkers.prepared import write_prepared
print(f"compiled the graph into {FOLDER}: {compile_packaged() + write_prepared():,} bytes")
endef
export COMPILE

define WRITE_DATA
from pathlib import Path
from affectgraph.ontology.build import PACKAGED, write_dumps
for name, size in write_dumps(Path("ontology/built"), names=PACKAGED).items():
    print(f"ontology/built/{name}: {size:,} bytes")
endef
export WRITE_DATA

define EMBED
from affectgraph.kg import EmotionGraph
from affectgraph.linkers.embedding_rows import embedded_texts, pack_vectors
from affectgraph.linkers.encoder import TextEncoder
from affectgraph.ontology.errors import MissingExtraError
from affectgraph.ontology.word_embeddings import model_folder
try:
    path = pack_vectors(TextEncoder(model_folder()), embedded_texts(EmotionGraph.load()))
    print(f"embedded the words of the graph into {path}: {path.stat().st_size:,} bytes")
except MissingExtraError as error:
    print(f"The words of the graph are not embedded: {error}")
endef
export EMBED

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help:  ## Say what each target does.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
	  while IFS="$$(printf '\t')" read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done
	@echo "  Variables: PYTHON=$(PYTHON) VENV=$(VENV) PORT=$(PORT) WORKERS=$(WORKERS) SITE=$(SITE)"

.PHONY: run
run: $(RUN_READY) $(COMPILED)  ## Install, check the example predictions, serve on 127.0.0.1:$PORT until stopped.
	$(BIN)/affectgraph check examples/predictions.jsonl --summary
	$(BIN)/affectgraph serve --port $(PORT)

.PHONY: test
test: $(DEV_READY) java lint type unit gate virtuoso  ## Install what tests need, then lint, types, tests, gates.

.PHONY: dev
dev: $(DEV_READY)  ## Install for development and set up the pre-commit hooks.
	$(BIN)/pre-commit install

.PHONY: lint
lint: $(DEV_READY)  ## Check style and that generated pages are up to date.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python docs/notice.py --check
	$(BIN)/python docs/reference.py --check

.PHONY: type
type: $(DEV_READY)  ## Check types.
	$(BIN)/mypy
	$(BIN)/mypy docs benchmarks examples

.PHONY: unit
unit: $(DEV_READY) $(COMPILED)  ## Run the tests without the slow ones.
	$(BIN)/python -m pytest -n $(WORKERS)

.PHONY: gate
gate: $(DEV_READY)  ## Check every table row, the shapes and, if there is Java, the OWL layer by HermiT and profile.
	@if command -v java >/dev/null; then \
	  set -x; $(BIN)/affectgraph build --check --gate; \
	else \
	  echo "Gates of HermiT and OWL profiles skipped: they need Java 11 or newer, and there is no java on the PATH" \
	    "(Debian: apt-get install default-jre-headless)."; \
	  set -ex; $(BIN)/affectgraph build --check; $(BIN)/python -c "$$CHECK_SHAPES"; \
	fi

.PHONY: slow
slow: $(DEV_READY) $(COMPILED) java  ## Run the slow tests only.
	$(BIN)/python -m pytest -n $(WORKERS) -m slow

.PHONY: bench
bench: $(DEV_READY) $(COMPILED)  ## Run every script of benchmarks/ but those that pack word lists.
	@for script in $(filter-out benchmarks/noun_words.py benchmarks/english_words.py,$(wildcard benchmarks/*.py)); do \
	  echo "== $$script"; $(BIN)/python "$$script" || exit 1; echo; \
	done

.PHONY: data
data: $(RUN_READY)  ## Rebuild the packaged graph (ontology/built) from ontology/tables, and the vectors of its words.
	$(BIN)/affectgraph build --check
	$(BIN)/python -c "$$WRITE_DATA"
	$(BIN)/python -c "$$COMPILE"
	$(BIN)/python -c "$$EMBED"

.PHONY: docs
docs: $(RUN_READY)  ## Regenerate NOTICE and the reference in docs/data-model.md.
	$(BIN)/python docs/notice.py
	$(BIN)/python docs/reference.py

.PHONY: site
site: $(DEV_READY)  ## Write a page for every IRI, and one for the schema by pyLODE, into $(SITE).
	$(BIN)/affectgraph export $(SITE) --format site
	$(BIN)/python docs/schema_page.py $(SITE)/schema.html

.PHONY: golden
golden: $(DEV_READY)  ## Rewrite the golden files of the tests; read the diff before you commit it.
	$(BIN)/python -m pytest tests --golden

# Java for HermiT: only as root on Debian and its kin; elsewhere the gate says why it is skipped.
.PHONY: java
java:
	@if ! command -v java >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing a Java runtime for the HermiT gate."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; } || \
	    echo "The Java runtime could not be installed; going on without it."; \
	fi

# Virtuoso 7, as Java: installed as root on Debian and its kin; elsewhere its tests say why they are skipped.
.PHONY: virtuoso
virtuoso: $(DEV_READY) $(COMPILED)  ## Hold a real Virtuoso 7 to the suite of stores, if there is one.
	@if ! command -v virtuoso-t >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Virtuoso for its tests."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends virtuoso-opensource >/dev/null; } || \
	    echo "Virtuoso could not be installed; going on without it."; \
	fi
	$(BIN)/python -m pytest -m virtuoso -rs tests/kg/test_virtuoso.py

$(VENV)/.affectgraph-venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Expected Python 3.11 or newer, got $$($(PYTHON) --version 2>&1)." \
	    "Name another with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot make a virtual environment (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@touch $@

$(RUN_READY): $(VENV)/.affectgraph-venv pyproject.toml constraints.txt
	$(PIP) --editable ".[web]"
	@touch $@

$(DEV_READY): $(VENV)/.affectgraph-venv pyproject.toml constraints.txt
	$(PIP) --editable ".[dev]"
	@touch $@ $(RUN_READY)

# The installation compiles the graph too; this is for a clone whose graph has changed since.
$(COMPILED): ontology/built/affectgraph.trig.sha256 $(wildcard kg/queries/*.rq) kg/compiled.py kg/grouped.py kg/words.py \
    $(PREPARING) | $(RUN_READY)
	$(BIN)/python -c "$$COMPILE"
