# Two commands are enough: `make run` and `make test`; both work on a fresh machine.
PY := .venv/bin/python
PORT ?= 8501
# A language model for the page, as docs/guide-demarrage.md names them: make run LLM=ollama:mistral
ifdef LLM
export APPUI_LLM := $(LLM)
endif
export HF_HUB_DISABLE_TELEMETRY := 1
export DO_NOT_TRACK := 1

# Where the bundled knowledge is indexed to be measured.
MEASURED := build/measured
BUNDLED := knowledge/corpus/dispositifs knowledge/corpus/consultation

.PHONY: setup run model test check e2e measured eval gate retrieval bench check-knowledge

setup: .venv/.done

.venv/.done: pyproject.toml constraints.txt
	python3 -m venv .venv
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

run: setup
	$(PY) -m ingestion add $(BUNDLED) --sync
	$(PY) -m pages --port $(PORT)

# A small open language model for offline demonstrations (1.1 GB); says how to use it.
model: setup
	$(PY) -m assistant.model_file

# The sheets on dispositifs, against themselves and the documents that they cite.
check-knowledge: setup
	$(PY) -m knowledge.check_sheets

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

# One process a core; a file's tests stay together, since they share what it builds.
test: check
	$(PY) -m pytest -m "not browser" --numprocesses auto --dist loadfile --no-loadscope-reorder \
	  --cov --cov-report=term

# On a busy machine a browser test can lose a race: what fails is tried twice again, and named.
e2e: setup
	$(PY) -m pytest -m browser tests/e2e --reruns 2 -rR

measured: setup
	$(PY) -m ingestion add $(BUNDLED) --sync --index $(MEASURED)

# Every public question; the table, then $(MEASURED)/all.html to read it question by question.
eval: measured
	$(PY) -m evaluation answers evaluation/sets/conseillers.jsonl --index $(MEASURED) \
	  --json $(MEASURED)/all.json --html $(MEASURED)/all.html

# What CI demands of the answers, on the development half.
gate: measured
	$(PY) -m evaluation answers evaluation/sets/conseillers.jsonl --split dev \
	  --index $(MEASURED) --json $(MEASURED)/dev.json --html $(MEASURED)/dev.html
	$(PY) -m evaluation gate $(MEASURED)/dev.json

retrieval: setup
	$(PY) -m evaluation retrieval ../shared/eval/piaf
	$(PY) -m evaluation retrieval ../shared/eval/vdd-2020
	$(PY) -m evaluation retrieval ../shared/eval/fiches-travail-headings

bench: setup
	$(PY) -m evaluation bench
