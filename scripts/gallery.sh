#!/usr/bin/env bash
# Draws the pictures of docs/gallery.md from the shipped book.
#
#   scripts/gallery.sh [OURO]    the program; .build/release/ouro by default
set -euo pipefail
cd "$(dirname "$0")/.."
ouro=${1:-.build/release/ouro}
book=Examples/ai-economy
to=docs/gallery

draw() { "$ouro" draw "$1" "$book" "${@:3}" -o "$to/$2.svg" 2>/dev/null; }

draw sankey flows-2025
draw sankey promised --basis commitments --loop 1
draw sankey promised-2025-10-01 --basis commitments --as-of 2025-10-01 --loop 1
draw chord chord-2025
draw network network-2025
draw network openai-2025 --focus openai
draw timeline march-2025 --focus coreweave --period 2025-03
draw provenance whose-money-2025 --top 12
draw panel measures-2025
draw trend trend
