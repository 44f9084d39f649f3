#!/usr/bin/env bash
# Writes the man page and the shell completions of a program.
#
#   scripts/extras.sh PROGRAM FOLDER
set -euo pipefail

program=$1 folder=$2
mkdir -p "$folder"
python3 scripts/manual.py "$program" >"$folder/ouro.1"
# A script that a shell reads in has no use for the line that names an interpreter.
for shell in bash zsh fish; do
  "$program" --generate-completion-script "$shell" | sed '1{/^#!/d}' >"$folder/ouro.$shell"
done
