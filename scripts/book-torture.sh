#!/bin/bash
# Kills, fills and crowds a book, and checks that it holds what it said it holds.
#
#   scripts/book-torture.sh [FOLDER] [kill|full|crowd]…
#
#   kill    an import of FOLDER is killed at every write-class system call
#   full    the disk, or the longest file allowed, ends at every size
#   crowd   8 processes add 200 claims each, one by one
#
# FOLDER is a book folder, Examples/ai-economy by default. It needs .build/release/ouro, or the one that OURO names, and, to kill,
# strace; to fill a disk it mounts a small one, which takes root: otherwise only file sizes are limited.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
ouro=${OURO:-$root/.build/release/ouro}
folder=$root/Examples/ai-economy
if [[ -d ${1:-} ]]; then folder=$(cd "$1" && pwd); shift; fi
parts=("$@")
if [[ ${#parts[@]} == 0 ]]; then parts=(kill full crowd); fi

work=$(mktemp -d)
disk=$work/disk
cleanup() {
  mountpoint -q "$disk" 2>/dev/null && umount "$disk"
  rm -rf "$work"
}
trap cleanup EXIT
cd "$work"

fail() { echo "FAILED: $*" >&2; exit 1; }

# The number of rows of a book that must verify.
rows() {
  "$ouro" verify "$1" --json > verified 2> words || fail "$2: $(cat words)"
  sed -n 's/.*"rows" : \([0-9]*\).*/\1/p' verified
}

"$ouro" import "$folder" whole.ouro 2> words || fail "import: $(cat words)"
batch=$(rows whole.ouro "the import")

# A book with four acknowledged rows, to write into.
mkdir small
for table in claims facts assumptions; do head -1 "$folder/$table.csv" > small/$table.csv; done
cat > small/parties.csv << END
id,name,kind,parent,inside,identifiers,note
zz-a,A,company,,yes,,
zz-b,B,company,,yes,,
END
cat > small/sources.csv << END
id,publisher,title,published,url,kind,seen_as,note
zz-s,S,T,2026,,news,,
END
cat > small/deals.csv << END
id,payer,payee,kind,title,capacity,capacity_unit,note
zz-d,zz-a,zz-b,purchase,t,,,
END
"$ouro" import small first.ouro 2> words

# The book must hold what it held, or that and the batch; all of it, when the import said so.
check() { # book, rows before, exit code, where
  local found
  found=$(rows "$1" "$4")
  if [[ $3 == 0 ]]; then
    [[ $found == $(($2 + batch)) ]] || fail "$4: acknowledged, but has $found rows"
  else
    [[ $found == "$2" || $found == $(($2 + batch)) ]] || fail "$4: half a batch: $found rows"
  fi
}

kill_one() { # system call, its number, book to start from or nothing
  local code=0 before=0
  rm -rf run && mkdir run
  if [[ $3 ]]; then cp "$3" run/book.ouro; before=4; fi
  # The braces keep the shell from telling of each kill.
  {
    strace -f -qq -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" \
      "$ouro" import "$folder" run/book.ouro > /dev/null 2> words || code=$?
  } 2> /dev/null
  [[ $code == 0 || $code == 137 ]] || fail "$1 $2: exit $code: $(cat words)"
  [[ -e run/book.ouro-journal ]] && hot=$((hot + 1))
  if [[ -e run/book.ouro ]]; then
    check run/book.ouro $before $code "killed at $1 $2"
    # Whatever was left behind is no hindrance to the next.
    "$ouro" import "$folder" run/book.ouro 2> words || fail "after $1 $2: $(cat words)"
    check run/book.ouro $before 0 "import after $1 $2"
  elif [[ $3 || $code == 0 ]]; then
    fail "$1 $2: the book is gone"
  else
    "$ouro" import "$folder" run/book.ouro 2> words || fail "after $1 $2: $(cat words)"
  fi
  [[ $(ls -A run) == book.ouro ]] || fail "$1 $2: left behind: $(ls -A run)"
  [[ $code == 137 ]]
}

torture_kill() {
  command -v strace > /dev/null || apt-get install -y strace > /dev/null
  local kills=0 hot=0 number
  for start in "" first.ouro; do
    for call in write pwrite64 fsync fdatasync ftruncate unlink link rename; do
      number=1
      while kill_one $call $number "$start"; do
        number=$((number + 1))
        kills=$((kills + 1))
      done
      echo "  ${start:-new book}: $call: $((number - 1))" >&2
    done
  done
  echo "kill: $kills kills, $hot of them left a journal to roll back; no row lost, no half batch"
}

full_one() { # where, before, command…
  local code=0 place=$1
  shift
  "$@" > /dev/null 2> words || code=$?
  [[ $code == 0 || $code == 74 ]] || fail "$place: exit $code: $(cat words)"
  [[ $code == 0 || $(wc -l < words) == 1 ]] || fail "$place: not one sentence: $(cat words)"
  [[ $code == 0 ]] || { refused=$((refused + 1)); sentence=$(cat words); }
  return 0
}

torture_full() {
  local size refused=0 sentence="" tried=0
  mkdir -p "$disk"
  if [[ $(id -u) == 0 ]]; then
    for size in $(seq 16 64 4096); do
      mount -t tmpfs -o size=${size}k tmpfs "$disk"
      if cp first.ouro "$disk/book.ouro" 2> /dev/null; then
        tried=$((tried + 1))
        full_one "disk of ${size}k" "$ouro" import "$folder" "$disk/book.ouro"
        found=$(rows "$disk/book.ouro" "disk of ${size}k")
        [[ $found == 4 || $found == $((batch + 4)) ]] || fail "disk of ${size}k: $found rows"
        full_one "export to disk of ${size}k" "$ouro" export whole.ouro -o "$disk/out"
      fi
      umount "$disk"
    done
    echo "full: $tried disks: $refused refusals, as: $sentence"
  fi
  refused=0 tried=0
  for size in $(seq 8 64 4096); do
    cp first.ouro book.ouro
    rm -f book.ouro-journal
    tried=$((tried + 1))
    full_one "files up to ${size}k" \
      bash -c "ulimit -f $size; exec \"$ouro\" import \"$folder\" book.ouro"
    found=$(rows book.ouro "files up to ${size}k")
    [[ $found == 4 || $found == $((batch + 4)) ]] || fail "files up to ${size}k: $found rows"
  done
  echo "full: $tried limits of file size: $refused refusals, as: $sentence"
}

torture_crowd() {
  local started=$SECONDS pids=() writer
  cp first.ouro crowd.ouro
  for writer in 1 2 3 4 5 6 7 8; do
    (for row in $(seq 200); do
      "$ouro" add crowd.ouro claims id=w$writer-$row deal=zz-d source=zz-s reported=2026 \
        status=announced 2> words.$writer || fail "writer $writer, row $row: $(cat words.$writer)"
    done) &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || fail "a writer gave up"; done
  [[ $(rows crowd.ouro crowd) == 1604 ]] || fail "crowd: $(cat verified)"
  echo "crowd: 8 processes added 200 claims each in $((SECONDS - started)) s"
}

for part in "${parts[@]}"; do "torture_$part"; done
