# run, test, lint: each sets up by itself whatever it needs. Settings: PORT, HOST, DEMO, PYTHON, ARGS; of endurance
# HISTORIES, SEED, MINUTES.

VENV := .venv
BIN  := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
DEMO ?= 1
CORES := $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header $(UPGRADE)

# Whoever starts the portal reads one language: what the commands speak too (`terminal_language` in portal/config.py).
ENGLISH := $(filter en%,$(firstword $(LC_ALL) $(LC_MESSAGES) $(LANG)))

export PORT HOST
export PYTHONNOUSERSITE := 1
# Where compiled modules may not be kept, each of the many processes compiles every library anew.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint pictures bench endurance lock clean

help:
	@echo "make run       the portal on this machine, with an example commune  (PORT=8001, DEMO=0)"
	@echo "make test      every test                                           (ARGS='-k absence', ARGS=--engine=postgresql)"
	@echo "make lint      style, types, import rules, templates, translations"
	@echo "make pictures  every page as a picture"
	@echo "make bench     how fast, with much data"
	@echo "make endurance thousands of histories of phones, on both engines    (MINUTES=60, HISTORIES=2000, SEED=1)"
	@echo "make lock      lock the packages anew                               (UPGRADE=--upgrade)"
	@echo "make clean     remove the environment and what was compiled; the data stay"

run:
	@echo "1/4 $(if $(ENGLISH),Environment: installing what is missing into,Môi trường: cài đặt những gì còn thiếu vào) $(VENV)"
	@$(MAKE) --silent --no-print-directory $(VENV)/runtime.done
	@echo "2/4 $(if $(ENGLISH),Translations,Bản dịch)"
	@$(BIN)/python scripts/translations compile
	@echo "3/4 $(if $(ENGLISH),Database,Cơ sở dữ liệu)"
	@$(BIN)/flask --app wsgi prepare $(if $(filter 0,$(DEMO)),--no-demo,--demo)
	@echo "4/4 $(if $(ENGLISH),Server: starting on,Máy chủ: đang khởi động tại) http://$(HOST):$(PORT)"
	@exec $(BIN)/gunicorn --config gunicorn.conf.py wsgi:app

test:
	@echo "1/4 Environment: installing what is missing into $(VENV)"
	@$(MAKE) --silent --no-print-directory $(VENV)/dev.done
	@echo "2/4 Browser and fonts"
	@$(MAKE) --silent --no-print-directory browser
	@echo "3/4 Translations"
	@$(BIN)/python scripts/translations compile
	@echo "4/4 Tests, on $(CORES) cores"
	@$(BIN)/pytest --numprocesses=$(CORES) $(ARGS)

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet portal/templates
	$(BIN)/python scripts/translations check

pictures: scripts/pictures.py $(VENV)/dev.done browser
	@$(BIN)/python scripts/translations compile
	@$(BIN)/python scripts/pictures.py $(ARGS)

bench: bench/run.py $(VENV)/dev.done
	@$(BIN)/python scripts/translations compile
	@$(BIN)/python bench/run.py $(ARGS)

# An hour an engine at most: what was not lived by then is told as skipped. docs/endurance.md
endurance: export HISTORIES ?= 2000
endurance: export SEED ?= 1
endurance: export MINUTES ?= 60
endurance: $(VENV)/dev.done
	@$(BIN)/python scripts/translations compile
	@$(BIN)/pytest tests/offline/test_histories.py --engine=sqlite $(ARGS); sqlite=$$?; \
		$(BIN)/pytest tests/offline/test_histories.py --engine=postgresql $(ARGS) && exit $$sqlite

lock: $(VENV)/dev.done
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find portal -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +

# Where the system offers no Chromium, the test library fetches one of its own.
.PHONY: browser
browser: $(VENV)/dev.done
	@scripts/system-packages libatomic1 fonts-dejavu-core
	@scripts/system-packages chromium || $(BIN)/playwright install chromium

$(VENV)/runtime.done: requirements.txt scripts/venv
	@scripts/venv $(VENV) requirements.txt
	@touch $@

$(VENV)/dev.done: requirements-dev.txt scripts/venv
	@scripts/venv $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/runtime.done

scripts/pictures.py bench/run.py:
	@echo "$@ is not part of this checkout: make $(MAKECMDGOALS) has nothing to run." >&2
	@exit 1
