# make run     build and run the three sample deliveries
# make test    check the form of all sources and run all tests; the last lines say which were left
#              out, and for want of what
# make test CITY=1   the same, also where the whole sample city takes minutes
# make lint    check the form of all sources alone
# make conformance DIR=…   run the suites of others (CEL, csv-spectrum) that lie in that folder
# make bench   print how fast Heng is, in a table: beside the least reading of the same files and
#              beside peers that do the same job; UNITS="10000 100000" chooses the sizes, RUNS=5 how
#              often each is measured, SPARK=1000000 up to which size Spark takes part
# make faults  put the release build under kills, failing calls, power cuts, damaged files and more,
#              and print a figure for each; faults-quick tries a sample
# make fuzz    bytes that nobody would think of, for each reader of files and rules: ten seconds each
#              from the texts that are kept, or FUZZ=3600; KEEP=1 keeps what reaches further
# make sanitize      all tests with the address sanitizer, or SANITIZER=thread; SUITES=… chooses some
# make dist    an archive that runs on machines without Swift, in .build/dist
# make format  bring all sources into the house's form
# make deps    install what is missing (Debian and Ubuntu) and offer to fetch Swift; the others do
#              it by themselves
# make bench-page   measure how fast the page of 100,000 subjects opens and is searched
# make pictures     make the pictures of the example's report anew
# make deps-browser   install Chromium and fetch axe-core, with which the tests open and check the
#              report page; without them these tests are left out

SHELL := /bin/bash
UNITS := 10000 100000 1000000
RUNS := 3
SPARK := 100000
PAGE_UNITS := 100000
FUZZ := 10
SANITIZER := address
SUITES := .
DELIVERIES := inputs/example-2018q3 inputs/luoyang-2018q2 inputs/luoyang-2018q3
PACKAGES := libxml-2.0:libxml2-dev libcrypto:libssl-dev libutf8proc:libutf8proc-dev \
  sqlite3:libsqlite3-dev libzip:libzip-dev xlsxwriter:libxlsxwriter-dev
# Reads old workbooks where it is there; nothing is built with it.
READERS := libfreexl.so.1:libfreexl1

# Tests of the suites of others.
CONFORMANCE := ConformanceTests|CSVScannerTests/spectrum|IdentifierTests/publicLists

# The runner's list of tests, and a line for each reason for which some were left out.
TESTED := .build/tests.xml
LEFT_OUT := if [ -f $(TESTED) ]; then \
  sed -n 's/.*<skipped>\(.*\)<\/skipped>.*/\1/p' $(TESTED) | sort | uniq -c \
    | sed 's/^ *\([0-9]*\) /skipped: \1, /'; fi

# The Python package that carries axe-core, of which only the script is used.
AXE := axe-playwright-python==0.1.8

# Where the peers of the benchmark are installed.
PEERS := .build/bench/peers

# Asked for each recipe anew: `deps` may just have fetched one.
SWIFT = $(shell .ci/toolchain path)

.PHONY: run test test-toolchain lint conformance bench bench-page faults faults-quick fuzz sanitize \
  pictures dist format deps deps-browser build

run: build
	@for delivery in $(DELIVERIES); do \
	  if [ ! -f $$delivery/run.yaml ]; then echo "$$delivery: not there, left out"; continue; fi; \
	  status=0; .build/release/heng run $$delivery || status=$$?; \
	  if [ $$status -ne 0 ] && [ $$status -ne 3 ]; then exit $$status; fi; \
	done
	@echo
	@for delivery in $(DELIVERIES); do \
	  page=reports/$$(basename $$delivery)/index.html; \
	  if [ -f $$page ]; then echo "$(CURDIR)/$$page"; fi; \
	done

build: deps
	@$(SWIFT) build -c release --product heng

# What was left out, and for want of what, is told after the runner's own last line.
test: deps lint test-toolchain
	@rm -f $(TESTED); status=0; \
	HENG_CITY=$(CITY) $(SWIFT) test --disable-xctest --xunit-output $(TESTED) || status=$$?; \
	$(LEFT_OUT); exit $$status

# Fetching Swift, against a stand-in for swift.org on this machine.
test-toolchain:
	@if command -v curl >/dev/null && command -v gpg >/dev/null && command -v python3 >/dev/null; \
	then python3 .ci/test-toolchain; \
	else echo "curl, gpg or python3 not found: the fetching of Swift is not tested"; fi

lint: deps
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	@if command -v node >/dev/null; then \
	  for script in Sources/Reports/Page/*.js; do \
	    [ ! -f "$$script" ] || node --check "$$script" || exit 1; \
	  done; \
	else echo "node not found: the page's scripts are not checked"; fi
	@if command -v shellcheck >/dev/null; then shellcheck .ci/dist .ci/install .ci/run .ci/toolchain; \
	else echo "shellcheck not found: the scripts in .ci are not checked"; fi

# Suites that others wrote and that are not passed on here: DIR holds cel/ (the textproto files of
# cel-spec), csv-spectrum/ (its csvs/ and json/) or uscc/ (lists of codes), whichever are there.
conformance: deps
	@if [ ! -d "$(DIR)" ]; then echo "make conformance DIR=folder-with-the-suites" >&2; exit 2; fi
	@rm -f $(TESTED); status=0; \
	HENG_CONFORMANCE="$(abspath $(DIR))" $(SWIFT) test --disable-xctest \
	  --xunit-output $(TESTED) --filter "$(CONFORMANCE)" || status=$$?; \
	$(LEFT_OUT); exit $$status

# What is measured and what is not: Tests/Benchmarks/README.md.
bench: deps $(PEERS)/installed
	@$(SWIFT) build -c release --product heng
	@$(SWIFT) build -c release --product Benchmarks
	@$(PEERS)/bin/python Tests/Benchmarks/peers/table.py --units $(UNITS) --runs $(RUNS) \
	  --spark-most $(SPARK)

# The peers, away from all other Python; where they cannot be had, the table says so.
$(PEERS)/installed: Tests/Benchmarks/peers/requirements.txt
	@python3 -c "import ensurepip, venv" 2>/dev/null || .ci/install python3-venv
	@rm -rf $(PEERS) && python3 -m venv $(PEERS)
	@if $(PEERS)/bin/python -m pip install -q --disable-pip-version-check -r $<; then touch $@; \
	else echo "not all peers of the benchmark could be installed" >&2; fi

# How soon the page of a large run is seen, how fast it is searched, and what memory its tab takes.
bench-page: deps
	@$(SWIFT) build -c release
	@rm -rf .build/bench-page && mkdir -p .build/bench-page
	@.build/release/heng synth .build/bench-page/delivery --units $(PAGE_UNITS) --quiet
	@.build/release/heng run .build/bench-page/delivery --rules inputs/rules/luoyang-2018 \
	  --reports .build/bench-page/reports --quiet || [ $$? -eq 3 ]
	@.build/release/Benchmarks page .build/bench-page/reports/*/index.html

# What is tried, and what must be 0: Tests/Faults/README.md.
faults: build
	@python3 Tests/Faults/faults.py all

faults-quick: build
	@python3 Tests/Faults/faults.py all --quick

# Needs no build of the program itself: what reads is built by itself, with the sanitizers.
fuzz: deps
	@HENG_FUZZ_SECONDS=$(FUZZ) HENG_FUZZ_KEEP=$(KEEP) python3 Tests/Faults/faults.py fuzz --quick

# Leaks are not looked for: what libraries keep until the end is none.
sanitize: deps
	@ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no $(SWIFT) test --disable-xctest \
	  --sanitize $(SANITIZER) --scratch-path .build/$(SANITIZER) --filter '$(SUITES)'

# Light, dark, narrow and printed, for the README.
pictures: deps
	@$(SWIFT) build --product Pictures
	@.build/debug/Pictures reports/example-2018q3/index.html reports

# Swift's libraries go into the executable; it looks for the others, and they for theirs (which takes
# the old kind of search path), in the folder beside its own.
dist: deps
	@command -v objdump >/dev/null || .ci/install binutils
	@$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build/dist/build \
	  -Xlinker -rpath -Xlinker '$$ORIGIN/../lib' -Xlinker --disable-new-dtags --product heng
	@.ci/dist .build/dist/build/release/heng $(SWIFT) .build/dist

format:
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

deps:
	@.ci/toolchain ready
	@missing=; \
	if ! command -v pkg-config >/dev/null; then missing="pkg-config"; fi; \
	for pair in $(PACKAGES); do \
	  pkg-config --exists $${pair%%:*} 2>/dev/null || missing="$$missing $${pair##*:}"; \
	done; \
	for pair in $(READERS); do \
	  PATH=$$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -q $${pair%%:*} || \
	    missing="$$missing $${pair##*:}"; \
	done; \
	[ -z "$$missing" ] || .ci/install $$missing

deps-browser:
	@missing=; \
	command -v chromium >/dev/null || missing="chromium"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	python3 -m pip --version >/dev/null 2>&1 || missing="$$missing python3-pip"; \
	[ -z "$$missing" ] || .ci/install $$missing
	@if [ ! -f .build/axe/axe.min.js ]; then \
	  rm -rf .build/axe && mkdir -p .build/axe && \
	  python3 -m pip download -q --no-deps -d .build/axe $(AXE) && \
	  python3 -m zipfile -e .build/axe/*.whl .build/axe && \
	  mv .build/axe/*/axe.min.js .build/axe/; \
	fi
