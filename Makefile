# make demo      build ouro and write the report on the book that ships with it
# make test      format, build, test: what CI runs
# make oracle    check ouro's figures against independent implementations, in Python; NETWORKS=N on N
# make reading-score   how well the reader reads sixty labelled texts, by style and kind
# make laws      take out every row of the shipped book in turn, and try 1,000 random books, against the laws
# make browser-test   walk the page in a browser; harm it, kill it, crowd it, and hold it against its OpenAPI document
# make fuzz      every reader of what comes from outside, and whole commands, for a minute each; SECONDS=N for N
# make reliability   that, books and runs killed, crowded and on full disks, and 10,000 bits of a book flipped
# make spark-test   scan payments on a standalone Spark cluster of this machine: the bytes of one scan; ROWS=N payments
# make slurm-test   a projection and a scan as arrays of a Slurm of one node: the bytes of one process; wants root
# make kernels   run every benchmark kernel once on small inputs and check its answer
# make release   build an ouro that needs no Swift where it runs, its man page and its shell completions
# make install   put them and the shipped book under PREFIX (/usr/local), or under DESTDIR/PREFIX
# make deb       a Debian package of them, for Debian 12 and later
# make wheel     a Python wheel: the program, the shipped book and the module ouroboros
# make python-test   the Python module as the wheel installs it: its types, its tests, the notebook of Examples
# make python-check  the same as it stands in the sources, against the program as it is built
# make install-test  both packages in clean roots of Debian 12 and 13, as a stranger would; wants root

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: demo test browser-test oracle laws fuzz reliability reading-score kernels release install setup binary
.PHONY: deb wheel python-test python-check install-test spark-test slurm-test

PREFIX ?= /usr/local
ouro := .build/release/ouro
built := binary
released := .build/static/release/ouro
extras := .build/extras
packages := .build/packages
venv := .venv-oracle
python_venv := .venv-python
browser := .venv-browser
spark := .venv-spark
networks := $(if $(NETWORKS),--networks $(NETWORKS))

demo: binary
	@echo "Reading Examples/ai-economy" >&2
	@$(ouro) report Examples/ai-economy --html report > .build/report.txt
	@mv .build/report.txt report/report.txt
	@cat report/report.txt
	@echo "The report is written in report/report.txt, and with pictures in report/index.html"

test: setup $(venv)/ready
	@scripts/check.sh

oracle: $(built) $(venv)/ready
	$(venv)/bin/python oracle/oracle.py $(ouro) $(networks)
	$(venv)/bin/python oracle/clearing.py $(ouro) $(networks)
	$(venv)/bin/python oracle/exchange.py $(ouro)
	$(venv)/bin/python oracle/flips.py $(ouro) $(networks)
	$(venv)/bin/python oracle/scales.py $(ouro) $(networks)
	$(venv)/bin/python oracle/trails.py $(ouro) $(networks)
	$(venv)/bin/python oracle/returns.py $(ouro) $(networks)
	$(venv)/bin/python oracle/statements.py $(ouro) $(networks)
	$(venv)/bin/python oracle/rings.py $(ouro) Examples/payments/year.csv --payer payer --payee payee --amount amount \
		--time date --within 14 --max-hops 5
	PYTHONPATH=oracle $(venv)/bin/python -m projection $(ouro) $(networks)

reading-score:
	@swift build --build-tests >&2
	@READING_SCORE=1 swift test --skip-build --disable-xctest --filter ScoreTests 2>/dev/null | grep -v '^[◇✔↳]'

laws: setup
	swift build -c release --product laws >&2
	.build/release/laws Examples/ai-economy
	.build/release/laws random 1000

fuzz: $(built)
	scripts/fuzz.sh $(or $(SECONDS),60)
	python3 scripts/fuzz-commands.py $(ouro) --runs 1000000 --seconds $(or $(SECONDS),60)

reliability: binary $(venv)/ready fuzz
	scripts/setup.sh reliability
	scripts/book-torture.sh
	python3 scripts/power-loss.py $(ouro)
	python3 scripts/system-faults.py $(ouro)
	scripts/projection-torture.sh
	$(venv)/bin/python oracle/flips.py $(ouro) --networks 10000

kernels: $(venv)/ready
	$(if $(built),swift build -c release --product kernels >&2)
	$(venv)/bin/python Benchmarks/check.py $(dir $(ouro))kernels

$(venv)/ready: oracle/requirements.txt
	@scripts/setup.sh oracle
	python3 -m venv $(venv)
	$(venv)/bin/python -m pip install --quiet -r oracle/requirements.txt
	@touch $@

browser-test: $(built) $(browser)/ready
	$(browser)/bin/python Tests/BrowserTests/walk.py $(ouro)
	$(browser)/bin/python Tests/BrowserTests/harmless.py $(ouro)
	$(browser)/bin/python Tests/BrowserTests/described.py $(ouro)
	$(browser)/bin/python Tests/BrowserTests/killed.py $(ouro)
	$(browser)/bin/python Tests/BrowserTests/crowded.py $(ouro)

$(browser)/ready: Tests/BrowserTests/requirements.txt
	@scripts/setup.sh browser
	python3 -m venv $(browser)
	$(browser)/bin/python -m pip install --quiet -r Tests/BrowserTests/requirements.txt
	@touch $@

spark-test: $(built) $(spark)/ready
	$(spark)/bin/python engines/spark/cluster.py $(ouro) $(if $(ROWS),--rows $(ROWS))

# PySpark is some 450 MB, so that it stays out of `make test`.
$(spark)/ready: engines/spark/requirements.txt
	@scripts/setup.sh spark
	python3 -m venv $(spark)
	$(spark)/bin/python -m pip install --quiet -r engines/spark/requirements.txt
	@touch $@

slurm-test: $(built)
	@scripts/setup.sh slurm
	python3 engines/slurm/node.py $(ouro) $(if $(PATHS),--paths $(PATHS))

setup:
	@scripts/setup.sh

binary: setup
	@echo "Building ouro" >&2
	@swift build -c release --product ouro >&2

# C++'s library goes in as well: that of Debian 12 is newer than what wheels may ask for. A folder that holds no other
# form of it, first in the linker's path, decides that; so does libxlsxwriter, which each Debian calls by another name.
# The commit is what `ouro --version` says it was built from.
release: export OURO_COMMIT = $(shell git describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null)
release:
	@scripts/setup.sh release
	@echo "Building ouro with Swift's library inside" >&2
	@mkdir -p .build/static/lib
	@ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/static/lib/
	@scripts/static-xlsxwriter.sh .build/static/lib
	@swift build -c release --product ouro --static-swift-stdlib --scratch-path .build/static \
	  -Xlinker --strip-all -Xlinker --no-export-dynamic -Xlinker -L.build/static/lib >&2
	@scripts/check-release.sh $(released)
	@echo "Writing the man page and the completions" >&2
	@scripts/extras.sh $(released) $(extras)
	@echo "The program is $(released); its man page and completions are in $(extras)"

install: release
	scripts/install.sh $(released) $(extras) $(DESTDIR)$(PREFIX)

deb: release
	@scripts/setup.sh deb
	@scripts/deb.sh $(released) $(extras) $(packages)

wheel: release $(python_venv)/ready
	@scripts/wheel.sh $(released) $(python_venv)/bin/python $(packages)

python-test: wheel
	@scripts/python-test.sh $(python_venv)/bin/python $(packages)/ouroboros-*.whl

python-check: $(built) $(python_venv)/ready
	@scripts/python-test.sh $(python_venv)/bin/python $(ouro)

install-test: deb wheel
	@scripts/setup.sh roots
	@scripts/install-test.sh $(packages)

$(python_venv)/ready: python/requirements.txt
	@scripts/setup.sh oracle
	python3 -m venv $(python_venv)
	$(python_venv)/bin/python -m pip install --quiet -r python/requirements.txt
	@touch $@
