#!/bin/bash
# Checks that a projection comes to the same bits however it is run, at full size.
#
#   scripts/projection-torture.sh [BOOK SCENARIO]
#
# One run with 1, 2, 3 and 8 threads; 1, 2, 7 and 64 shards joined in a random order; a run that is
# killed 20 times (by SIGKILL and Ctrl-C in turn) and resumed. Each file must have the same SHA-256.
# PATHS, SEED and OURO may be set. The last line says that all are the same, with time and memory of
# the run on two threads.
set -euo pipefail
cd "$(dirname "$0")/.."
book=${1:-Examples/ai-economy}
scenario=${2:-Examples/scenarios/six-months-late.yaml}
paths=${PATHS:-100000}
ouro=${OURO:-.build/release/ouro}
RANDOM=${SEED:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() { "$ouro" project "$book" "$scenario" --paths "$paths" --seed 1 "$@"; }
hash_of() { sha256sum "$1" | cut -d ' ' -f 1; }
wanted=

# The first hash is the one all others must have.
same() {
  local hash
  hash=$(hash_of "$1")
  wanted=${wanted:-$hash}
  echo "$hash  $2" >&2
  [[ $hash == "$wanted" ]] || { echo "$2 comes to other bits: $hash, not $wanted" >&2; exit 1; }
}

for threads in 1 2 3 8; do
  TIMEFORMAT="%R s, %U s of processor time"
  spent=$({ time run --threads "$threads" -o "$folder/whole" > /dev/null; } 2>&1)
  same "$folder/whole" "$threads threads: $spent"
done

for parts in 1 2 7 64; do
  for part in $(seq "$parts"); do
    run --shard "$part/$parts" -o "$folder/part-$part" > /dev/null
  done
  for _ in $(seq "$parts"); do echo "$RANDOM"; done > "$folder/order"
  mapfile -t files < <(seq "$parts" | paste "$folder/order" - | sort -n | cut -f 2 | sed "s|^|$folder/part-|")
  "$ouro" merge "${files[@]}" -o "$folder/merged" 2> /dev/null
  same "$folder/merged" "$parts shards"
done

for kill in $(seq 20); do
  run --resume -o "$folder/resumed" > /dev/null 2>&1 &
  child=$!
  sleep "$((RANDOM % 6)).$((RANDOM % 10))"
  if ((kill % 2)); then kill -KILL "$child" 2> /dev/null || true; else kill -INT "$child" 2> /dev/null || true; fi
  wait "$child" 2> /dev/null || true
done
run --resume -o "$folder/resumed" > /dev/null
same "$folder/resumed" "20 kills and resumes"
"$ouro" rerun "$folder/resumed"
echo "all the same: $wanted"
