#!/usr/bin/env bash
# Gives each reader bytes that libFuzzer makes up from small files of ours: no crash, no hang above 5 s, no 256 MB.
#
#   scripts/fuzz.sh                     every reader for 60 seconds
#   scripts/fuzz.sh 600 payments pack   some of them, for as long as that
#
# What it learns is kept in .build/fuzz/corpus; what broke a reader lies in .build/fuzz/found, and belongs into a test.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
built=.build/fuzz
mapfile -t readers < <(if (($#)); then printf '%s\n' "$@"; else
  sed -n '/^enum FuzzedReader/,/^$/s/^  case \([a-zA-Z]*\)\( = "\(.*\)"\)\?$/\1 \3/p' Tests/Fuzz/Fuzz.swift | awk '{ print $NF }'
fi)

scripts/setup.sh release
echo "Building the fuzzed readers" >&2
wrapped=()
for name in trace_pc_guard_init trace_pc_guard pcs_init; do wrapped+=(-Xlinker "--wrap=__sanitizer_cov_$name"); done
OURO_FUZZ_BUILD=1 swift build -c release --product fuzz --scratch-path "$built" -Xswiftc -sanitize=fuzzer \
  -Xswiftc -use-ld=lld "${wrapped[@]}" >&2
mkdir -p "$built/corpus" "$built/found"
broken=0
for reader in "${readers[@]}"; do
  mkdir -p "$built/corpus/$reader"
  python3 Tests/Fuzz/seeds.py "$reader" "$built/corpus/$reader"
  log=$built/$reader.log
  if OURO_FUZZ=$reader "$built/release/fuzz" "$built/corpus/$reader" -max_total_time="$seconds" -timeout=5 \
    -malloc_limit_mb=256 -rss_limit_mb=768 -max_len=65536 -artifact_prefix="$built/found/$reader-" >"$log" 2>&1; then
    verdict=held
  else
    verdict="BROKEN, see $log" broken=1
  fi
  runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p; s/^#\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  printf '%-14s %12s runs  %s\n' "$reader" "${runs:-?}" "$verdict"
done
exit "$broken"
