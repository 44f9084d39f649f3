#!/usr/bin/env bash
# What CI runs: format, build and test; then the program as it is shipped, built for release.
# Stops at the first that fails, with its exit code.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*" >&2; }

say "swift format lint"
swift format lint --strict --parallel -r Sources Tests Package.swift
say "swift build"
swift build --build-tests
say "swift test"
swift test --quiet --skip-build --disable-xctest
say "the release build, and the README's commands with it"
swift build -c release --product ouro
OURO=$PWD/.build/release/ouro swift test --quiet --skip-build --disable-xctest \
  --filter 'ReadmeTests|ShippedBookTests'
say "make oracle, on a few networks"
make --silent oracle NETWORKS=20
say "make kernels: every benchmark kernel once, on small inputs"
make --silent kernels
