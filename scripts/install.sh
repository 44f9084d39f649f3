#!/usr/bin/env bash
# Puts the program, its man page, its completions and the shipped book below a prefix.
#
#   scripts/install.sh PROGRAM EXTRAS PREFIX
#   ZSH_FOLDER=vendor-completions …    where this system keeps the completions of zsh
set -euo pipefail

cd "$(dirname "$0")/.."
program=$1 extras=$2 prefix=$3
install -D -m 755 "$program" "$prefix/bin/ouro"
install -D -m 644 "$extras/ouro.1" "$prefix/share/man/man1/ouro.1"
install -D -m 644 "$extras/ouro.bash" "$prefix/share/bash-completion/completions/ouro"
install -D -m 644 "$extras/ouro.zsh" "$prefix/share/zsh/${ZSH_FOLDER:-site-functions}/_ouro"
install -D -m 644 "$extras/ouro.fish" "$prefix/share/fish/vendor_completions.d/ouro.fish"
for part in ai-economy scenarios payments reading; do
  install -d "$prefix/share/ouro/$part"
  install -m 644 Examples/"$part"/* "$prefix/share/ouro/$part"
done
