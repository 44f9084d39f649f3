#!/usr/bin/env bash
# What CI runs: format, build and test, all as optimised as the program that ships, so that what the optimiser breaks
# is seen; then the program against its oracles, the Python module against it, and every benchmark kernel once.
# Stops at the first that fails, with its exit code.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*" >&2; }
# Tests look into modules, which the program that ships does not allow: they are built in a folder of their own.
built=.build/tests
flags=(-c release -Xswiftc -enable-testing --scratch-path "$built")

say "swift format lint"
swift format lint --strict --parallel -r Sources Tests Package.swift
say "swift build"
swift build --build-tests "${flags[@]}"
say "swift test, the README's commands with it"
swift test --quiet --skip-build --disable-xctest "${flags[@]}"
say "make oracle, on a few networks"
make --silent oracle NETWORKS=20 ouro="$built/release/ouro" built=
say "make python-check: the Python module and its notebook"
make --silent python-check ouro="$built/release/ouro" built=
say "make kernels: every benchmark kernel once, on small inputs"
make --silent kernels ouro="$built/release/ouro" built=
