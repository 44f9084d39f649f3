# make demo      build ouro and write the report on the book that ships with it
# make test      format, build, test: what CI runs
# make oracle    check ouro's figures against independent implementations, in Python; NETWORKS=N on N
# make reading-score   how well the reader reads sixty labelled texts, by style and kind
# make laws      take out every row of the shipped book in turn, and try 1,000 random books, against the laws
# make browser-test   walk the page in a browser, and look at every view for what axe finds
# make kernels   run every benchmark kernel once on small inputs and check its answer
# make release   build ouro, its man page and its shell completions
# make install   put them under PREFIX (/usr/local), or under DESTDIR/PREFIX

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: demo test browser-test oracle laws reading-score kernels release install setup binary

PREFIX ?= /usr/local
ouro := .build/release/ouro
built := binary
extras := .build/extras
venv := .venv-oracle
browser := .venv-browser
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
	PYTHONPATH=oracle $(venv)/bin/python -m projection $(ouro) $(networks)

reading-score:
	@swift build --build-tests >&2
	@READING_SCORE=1 swift test --skip-build --disable-xctest --filter ScoreTests 2>/dev/null | grep -v '^[◇✔↳]'

laws: setup
	swift build -c release --product laws >&2
	.build/release/laws Examples/ai-economy
	.build/release/laws random 1000

kernels: $(venv)/ready
	swift build -c release --package-path Benchmarks >&2
	$(venv)/bin/python Benchmarks/check.py Benchmarks/.build/release/kernels

$(venv)/ready: oracle/requirements.txt
	@scripts/setup.sh oracle
	python3 -m venv $(venv)
	$(venv)/bin/python -m pip install --quiet -r oracle/requirements.txt
	@touch $@

browser-test: $(built) $(browser)/ready
	$(browser)/bin/python Tests/BrowserTests/walk.py $(ouro)

$(browser)/ready: Tests/BrowserTests/requirements.txt
	@scripts/setup.sh browser
	python3 -m venv $(browser)
	$(browser)/bin/python -m pip install --quiet -r Tests/BrowserTests/requirements.txt
	@touch $@

setup:
	@scripts/setup.sh

binary: setup
	@echo "Building ouro" >&2
	@swift build -c release --product ouro >&2

release: binary
	@echo "Writing the man page and the completions" >&2
	@swift package plugin generate-manual >&2
	@mkdir -p $(extras)
	@cp .build/plugins/GenerateManual/outputs/ouro/ouro.1 $(extras)/ouro.1
	@for shell in bash zsh fish; do \
	  $(ouro) --generate-completion-script $$shell > $(extras)/ouro.$$shell; \
	done
	@echo "The program is $(ouro); its man page and completions are in $(extras)"

install: release
	install -D -m 755 $(ouro) $(DESTDIR)$(PREFIX)/bin/ouro
	install -D -m 644 $(extras)/ouro.1 $(DESTDIR)$(PREFIX)/share/man/man1/ouro.1
	install -D -m 644 $(extras)/ouro.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/ouro
	install -D -m 644 $(extras)/ouro.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_ouro
	install -D -m 644 $(extras)/ouro.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/ouro.fish
