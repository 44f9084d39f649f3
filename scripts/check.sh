#!/usr/bin/env bash
# Format, build, test: what CI runs. Stops at the first that fails, with its exit code.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*" >&2; }

say "swift format lint"
swift format lint --strict --parallel -r Sources Tests Package.swift
say "swift build"
swift build --build-tests
say "swift test"
swift test --quiet --skip-build --disable-xctest
