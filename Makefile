# Zuoxi. `make run` and `make test` do everything on a fresh Debian or Ubuntu; `make help` lists the rest.
#
# ARGS are handed on:            make test ARGS="-k outbox -x"
# Another Python than the found: make run PYTHON=/usr/bin/python3.12

.DEFAULT_GOAL := help
.NOTPARALLEL:
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
# A suite starts the desk, its engine and the server hundreds of times: compiled once for all.
unexport PYTHONDONTWRITEBYTECODE
# A copy from a folder or a container image often keeps no locale; Qt and file names need UTF-8.
ifeq ($(filter %UTF-8 %utf8 %utf-8,$(firstword $(LC_ALL) $(LC_CTYPE) $(LANG))),)
export LC_ALL := C.UTF-8
endif

BIN := .venv/bin
CODE := agent_app ui sip sync server tests bench installer
export PYTHON
PREPARE = @installer/prepare
SCREEN = @exec $(BIN)/python -m installer.screen --with-parent
# Each worker has a screen of its own: a key goes to the window that has the keyboard.
WORKER = $(BIN)/python -m installer.screen --with-parent --private --no-vnc -- $(BIN)/python

.PHONY: help run demo screenshots exchange exchange-stop test soak check bench lock fmt hooks clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\): ## /  make \1	/p' Makefile | expand -t 22

run: ## open the practice centre, with everything it needs
	$(PREPARE) run
	$(SCREEN) -- $(BIN)/zuoxi practice $(ARGS)

demo: ## play one whole call unattended; screenshots and report.json in build/demo
	$(PREPARE) demo
	$(SCREEN) --no-vnc -- $(BIN)/zuoxi demo --out build/demo $(ARGS)

screenshots: ## pictures of every page in build/screenshots (ARGS=--docs renews docs/pictures)
	$(PREPARE) test
	@exec $(BIN)/python -m installer.pictures $(ARGS)

exchange: ## bring a real exchange up on loopback and say how to use it (ARGS="--port 5070")
	$(PREPARE) exchange
	@$(BIN)/python -m installer.exchange trial $(ARGS)

exchange-stop: ## stop that exchange
	$(PREPARE) exchange
	@$(BIN)/python -m installer.exchange stop

AT_A_TIME = $(BIN)/python -m pytest --dist worksteal --tx "$(1)*popen//python=$(WORKER)"
# Real sound, networks and windows keep time, and a busy machine does not: who fails there is tried
# twice more, and the report shows each failure. What keeps data gets no second chance.
AGAIN = --reruns 2 --reruns-delay 1 --rerun-show-tracebacks -raR \
  $(patsubst %,--rerun-exclude-path=tests/%,shift_model server store sync faults contract)

test: ## every test, with real processes on a private screen
	$(PREPARE) test
	@status=0; \
	$(call AT_A_TIME,2) -m 'not processes' $(AGAIN) $(ARGS) || [ $$? -eq 5 ] || status=1; \
	$(call AT_A_TIME,3) -m processes $(AGAIN) $(ARGS) || [ $$? -eq 5 ] || status=1; \
	exit $$status

soak: ## 5 000 random shifts of seats and server where make test plays 300, and 50 times its requests
	$(PREPARE) test
	@exec env ZUOXI_SHIFT_RUNS=5000 ZUOXI_REQUESTS=50 $(call AT_A_TIME,2) \
	  tests/shift_model tests/server/test_any_request.py $(ARGS)

check: ## ruff, mypy, import order, the quickest tests: before every commit
	$(PREPARE) check
	@status=0; \
	$(BIN)/ruff check --quiet . || status=1; \
	$(BIN)/ruff format --quiet --check . || { echo 'not formatted (make fmt)'; status=1; }; \
	$(BIN)/mypy || status=1; \
	said=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$said"; status=1; }; \
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 -m "not processes and not slow" $(ARGS) || status=1; \
	exit $$status

bench: ## measurements as ratios, into build/bench; decides nothing
	$(PREPARE) bench
	$(SCREEN) --private --no-vnc -- $(BIN)/python -m bench $(ARGS)

lock: ## resolve requirements/*.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(PREPARE) check
	@installer/lock $(ARGS)

fmt: ## let ruff repair and format
	$(PREPARE) check
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

hooks: ## run `make check` before every commit of this checkout
	@printf '#!/bin/sh\nexec make check\n' > "$$(git rev-parse --git-path hooks)/pre-commit"
	@chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

clean: ## remove what was built, not .venv
	@rm -rf build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
