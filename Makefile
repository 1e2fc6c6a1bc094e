# The only entry points; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
PROGRAM := .build/release/pi-runner
LAUNCHER := .build/release/pi-launcher

# Without a search for libraries beside the program: at thirty places, at every start.
RELEASE := swift build -c release --disable-local-rpath

# What `--version` says of the build.
export PI_COMMIT := $(shell git describe --always --dirty --abbrev=12 2>/dev/null)
export PI_TOOLCHAIN := $(shell swift --version 2>/dev/null | sed -n 's/^\(Apple \)\?\(Swift version [0-9.]*\).*/\2/p')

.PHONY: help build demo mutants test test-as-user vm file-systems library lint golden catalogue interop strangers bench bench-agents bench-long bench-gate programs fuzz soak install uninstall clean \
    toolchain build-packages test-packages lint-packages vm-packages file-systems-packages bench-packages interop-packages strangers-packages programs-packages

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

build: build-packages ## build the program: .build/release/pi-runner
	@$(RELEASE) --product pi-runner
	@$(RELEASE) --product pi-launcher
	@$(RELEASE) --product pi-tool

demo: build ## install what is missing, build, and show what it does
	@containers/demo $(PROGRAM)

test: test-packages ## run the tests
	@swift build --build-tests
	@timeout 900 swift test --skip-build --disable-xctest

test-as-user: test-packages ## as root: run the tests as an ordinary user made for the run
	@swift build --build-tests
	@Tests/as-user

vm: vm-packages build ## boot virtual machines, each a configuration that hosts have (VMS=--short)
	@mkdir -p .build/vm
	@clang -O1 -static -D_GNU_SOURCE -Wall -Wextra -Werror -o .build/vm/vm-probe Tests/VM/probe.c
	@Tests/VM/run --as root --as guest --add Tests/VM/suite:/vm/suite \
	    --add .build/vm/vm-probe:/vm/vm-probe $(or $(VMS),--all) -- /vm/suite
	@Tests/VM/run --as root --as guest --add Tests/VM/sandbox:/vm/sandbox \
	    --add $(PROGRAM):/vm/pi-runner --add $(LAUNCHER):/vm/pi-launcher \
	    $(or $(VMS),--all) -- /vm/sandbox

file-systems: test-packages file-systems-packages ## as root: test the workspace on ext4, xfs, btrfs and tmpfs (SYSTEMS=... SUITES=...)
	@swift build --build-tests
	@Tests/file-systems "$(SUITES)" $(SYSTEMS)

library: test-packages ## build and run somebody else's programs that use the sandbox, or the agent, as a library
	@swift build --build-tests
	@swift build --package-path Tests/Library --scratch-path .build/library
	@.build/library/debug/box "$$(swift build --show-bin-path)/pi-launcher" 1215001
	@.build/library/debug/sums

lint: lint-packages test-packages ## formatters, warnings, static analysis, the rules of the house
	@swift format lint --strict --recursive --parallel Sources Tests bench Package.swift
	@git ls-files -z '*.c' '*.h' | xargs -0 clang-format --dry-run -Werror
	@git ls-files -z '*.c' | xargs -0 -I{} clang --analyze --analyzer-output text -Xclang \
	    -analyzer-werror -D_GNU_SOURCE -DPI_COMMIT='""' -DPI_TOOLCHAIN='""' -ISources/CSystem/include \
	    -ISources/CSandbox/include -ISources/CGate/include {}
	@shellcheck containers/debian-packages containers/demo Tests/as-user Tests/file-systems Tests/Fuzz/run Tests/Mutants/run \
	    Tests/Interop/run Tests/Catalogue/snapshot \
	    Tests/VM/{init,run,sandbox,suite} .ci/run
	@swift build --build-tests --explicit-target-dependency-import-check error
	@swift test --skip-build --disable-xctest --filter RepositoryTests

golden: test-packages ## rewrite what the tests compare with; review the difference
	@swift build --build-tests
	@PI_GOLDEN=write swift test --skip-build --disable-xctest --filter "CommandTests|PiPolicyTests|PiSandboxTests"
	@git diff --stat

catalogue: build-packages ## make the list of models anew (FROM=a file in the shape of models.dev)
	@swift build --product pi-runner
	@Tests/Catalogue/snapshot "$(FROM)" > .build/Snapshot.swift && mv .build/Snapshot.swift Sources/PiAI/Catalogue/Snapshot.swift
	@git diff --stat

strangers: strangers-packages ## have every kind of conversation with servers of others, which are fetched and built (minutes)
	@swift build --product converse
	@Tests/Interop/strangers

interop: interop-packages ## have every kind of conversation with a server that judges it by the vendors' own libraries
	@swift build --product converse
	@Tests/Interop/run

programs: test-packages programs-packages ## have Go, Java and Node go through the gate, too
	@swift build --build-tests
	@PI_ALL_PROGRAMS=1 swift test --skip-build --disable-xctest --filter GateProgramTests

mutants: test-packages ## take each step out of the launcher: the containment suite has to notice (slow)
	@swift build --build-tests
	@Tests/Mutants/run "$(STEP)"

bench: bench-packages ## measure what is promised, against peers, in one run
	@$(RELEASE)
	@.build/release/bench $(FIGURES)

bench-agents: interop-packages ## the same task by agents of others, which are fetched, on one model
	@$(RELEASE)
	@test -x .build/agents/bin/mini || { python3 -m venv .build/agents && .build/agents/bin/pip install -q mini-swe-agent==2.4.6; }
	@python3 bench/agents/compare.py .build/release/pi-runner .build/agents/bin

bench-long: bench-packages ## one run of TURNS turns (10000): what a turn takes in the beginning and in the end
	@$(RELEASE)
	@python3 bench/agents/long.py .build/release/pi-runner $(TURNS)

bench-gate: bench-packages ## what the way out of a sandbox costs, beside socat, tinyproxy and passt
	@$(RELEASE)
	@python3 bench/gate/compare.py .build/release/pi-runner

fuzz: build-packages ## feed the parsers random input (TIME=60 seconds for each)
	@Tests/Fuzz/run

soak: test-packages ## run what must hold for ever for a while (ROUNDS=1000)
	@swift build --build-tests
	@PI_SOAK_ROUNDS=$${ROUNDS:-1000} swift test --skip-build --disable-xctest --filter "SoakTests|OrderTests|IndependentTests|AgentLoopModelTests|HostileWorkspaceTests|RunCrashTests"

install: ## install what was built below PREFIX (/usr/local), with man pages and completion
	@test -x $(PROGRAM) || { echo "There is nothing to install yet: 'make build' first." >&2; exit 1; }
	@bin="$(DESTDIR)$(PREFIX)/bin"; { test -d "$$bin" || install -d -m 755 "$$bin"; } && test -w "$$bin" || { \
	    echo "$$bin can't be written: run it as root, or with another PREFIX=" >&2; exit 1; }
	@install -D -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/pi-runner"
	@install -D -m 755 $(LAUNCHER) "$(DESTDIR)$(PREFIX)/libexec/pi-runner/pi-launcher"
	@install -D -m 755 .build/release/pi-tool "$(DESTDIR)$(PREFIX)/libexec/pi-runner/pi-tool"
	@if [ -n "$(DESTDIR)" ] || { [ -d /etc/apparmor.d ] && [ -w /etc/apparmor.d ]; }; then \
	    sed 's|@PREFIX@|$(PREFIX)|' containers/apparmor/pi-runner | \
	        install -D -m 644 /dev/stdin "$(DESTDIR)/etc/apparmor.d/pi-runner"; fi
	@for page in docs/man/*.1; do \
	    install -D -m 644 "$$page" "$(DESTDIR)$(PREFIX)/share/man/man1/$${page##*/}"; done
	@put() { $(PROGRAM) completion "$$1" | install -D -m 644 /dev/stdin "$(DESTDIR)$(PREFIX)/share/$$2"; }; \
	put bash bash-completion/completions/pi-runner; \
	put zsh zsh/site-functions/_pi-runner; \
	put fish fish/vendor_completions.d/pi-runner.fish
	@echo "installed below $(DESTDIR)$(PREFIX)"

uninstall: ## remove what install put there
	@rm -f "$(DESTDIR)/etc/apparmor.d/pi-runner" "$(DESTDIR)$(PREFIX)/bin/pi-runner" "$(DESTDIR)$(PREFIX)/libexec/pi-runner/"{pi-launcher,pi-tool} \
	    "$(DESTDIR)$(PREFIX)"/share/man/man1/pi-runner{,-*}.1 \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/pi-runner" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_pi-runner" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/pi-runner.fish"

clean: ## remove what was built
	@rm -rf .build .build-fuzz

toolchain:
	@command -v swift >/dev/null || { \
	    echo "There is no 'swift' in PATH. pi-runner is built with Swift 6.3 or newer: swift.org/install" >&2; \
	    exit 1; }

build-packages: toolchain
	@containers/debian-packages build

test-packages: toolchain
	@containers/debian-packages build test

lint-packages: toolchain
	@containers/debian-packages lint

vm-packages: toolchain
	@containers/debian-packages vm

file-systems-packages: toolchain
	@containers/debian-packages file-systems

bench-packages: toolchain
	@containers/debian-packages build bench

programs-packages: toolchain
	@containers/debian-packages programs

strangers-packages: toolchain
	@containers/debian-packages build test interop strangers

interop-packages: toolchain
	@containers/debian-packages build test interop
