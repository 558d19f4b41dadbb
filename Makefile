# Every line a newcomer needs. `make` alone prints this list.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SLOWEST := --durations=15 --durations-min=5
STAMP  := $(VENV)/.installed
.DEFAULT_GOAL := help
.PHONY: help install demo test test-fast check format bench accuracy fuzz kafka run lock generate check-containers sbom sanitize clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

$(STAMP): requirements-dev.txt pyproject.toml hatch_build.py $(wildcard lists/compiled/*.[ch] schemas/compiled/*.[ch])
	@$(PYTHON) -c 'import sys; sys.exit("payment-filter needs Python 3.11 or later, and %s is %s: call make PYTHON=python3.11" % (sys.executable, sys.version.split()[0]) if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (about a minute the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

install: $(STAMP) ## virtual environment from the hashed locks

demo: install ## real Kafka, 600 payments, one table (KEEP=1 leaves it running; LISTS=DIR PAYMENTS=DIR JSON=1; FULL=1: a watched hour)
	@$(BIN)/payment-filter demo $(if $(FULL),--full) $(if $(KEEP),--keep) $(if $(JSON),--json) $(if $(LISTS),--lists "$(LISTS)") $(if $(PAYMENTS),--payments "$(PAYMENTS)")

test: install ## everything: unit, cases, integration on a real broker
	@$(BIN)/python -m pytest -m "not integration and not faults" --numprocesses=auto --maxprocesses=4 --cov --cov-report= --cov-fail-under=0 $(SLOWEST); first=$$?; \
	$(BIN)/python -m pytest -m "integration or faults" --cov --cov-append --cov-report=term $(SLOWEST) && exit $$first

test-fast: install ## without a broker
	@$(BIN)/python -m pytest -m "not integration and not faults" --numprocesses=auto --maxprocesses=4

check: install ## ruff, mypy strict, import contracts, tidy code, generated files up to date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml
	@$(BIN)/python -m pytest -q tests/test_tidy.py
	@$(BIN)/payment-filter schemas --check
	@$(BIN)/python deploy/samples/generate.py --check
	@$(BIN)/python deploy/kubernetes/generate.py --check
	@$(BIN)/python deploy/metrics.py --check
	@$(BIN)/python deploy/processing.py --check
	@$(BIN)/python deploy/grafana/generate.py --check

format: install ## let ruff format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install ## speed beside references on this machine: a report, not a test (QUICK=1 LISTS=DIR RATE=N JSON=1)
	@$(BIN)/payment-filter bench $(if $(QUICK),--quick) $(if $(RATE),--rate $(RATE)) $(if $(JSON),--json) $(if $(LISTS),--lists "$(LISTS)")

accuracy: install ## recall, alert rate and speed of the screening engine by class, kept as lists/ACCURACY.md; the lexicon
	@$(BIN)/python -m tests.bench.accuracy --peers --write
	@$(BIN)/python -m tests.bench.lexicon_accuracy

fuzz: install ## 200,000 hostile messages of every format through the whole path (INPUTS=N SEED=N)
	@$(BIN)/python -m tests.bench.fuzz --inputs $(or $(INPUTS),200000) --seed $(or $(SEED),1) --keep .build/fuzz

kafka: install ## a local Kafka broker in the foreground (NODES=3 for three)
	@$(BIN)/python deploy/kafka/broker.py --nodes $(or $(NODES),1)

run: install ## a worker (PAYMENT_FILTER_KAFKA_BOOTSTRAP, _LISTS, _POLICY)
	@$(BIN)/payment-filter run

check-containers: install ## build the image with podman and run a worker from it, read-only, not root (BASE=IMAGE COMPOSE=1)
	@deploy/check-containers.sh
	@$(if $(COMPOSE),deploy/check-compose.sh,:)

sbom: install ## .build/sbom.json: every locked package with version and hashes (CycloneDX)
	@mkdir -p .build
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON --output-file .build/sbom.json requirements-otel.txt

generate: install ## the JSON Schemas, the tables of requirements and metrics, the dashboards and the demo's samples
	@$(BIN)/payment-filter schemas
	@$(BIN)/python deploy/kubernetes/generate.py
	@$(BIN)/python -m tests.requirements
	@$(BIN)/python deploy/samples/generate.py
	@$(BIN)/python deploy/metrics.py
	@$(BIN)/python deploy/processing.py
	@$(BIN)/python deploy/grafana/generate.py

SANITIZED := .build/sanitized
ASAN       = $(shell gcc -print-file-name=libasan.so 2>/dev/null)
sanitize: install ## the compiled loops' tests with gcc's address and undefined-behaviour sanitizers, in a copy of the code
	@case "$(ASAN)" in /*) ;; *) echo "make sanitize needs gcc with libasan (Debian: apt install gcc libasan8), and found none here." >&2; exit 1;; esac
	@rm -rf $(SANITIZED) && mkdir -p $(SANITIZED) && cp -R schemas lists streams tests hatch_build.py pyproject.toml $(SANITIZED)
	@cd $(SANITIZED) && $(abspath $(BIN))/python hatch_build.py -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
	@cd $(SANITIZED) && LD_PRELOAD="$(ASAN)" ASAN_OPTIONS=detect_leaks=0 PYTHONMALLOC=malloc PYTHONPATH=. PAIRS=50000 $(abspath $(BIN))/python -m pytest -q -p no:cacheprovider tests/lists/test_compiled.py tests/lists/test_sieve.py tests/lists/test_places_and_numbers_sieve.py tests/lists/test_text_sieve.py tests/schemas/test_compiled.py

lock: install ## renew requirements*.txt from pyproject.toml, with hashes
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra otel -o requirements-otel.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra otel --group dev -o requirements-dev.txt

clean: ## remove what the targets made
	@rm -rf $(VENV) .build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
