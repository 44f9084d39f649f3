#!/usr/bin/env bash
# Builds libxlsxwriter as an archive, for a program that carries it: Debian has it only as a shared library, whose name
# differs from release to release, so that one package could not serve two.
#
#   scripts/static-xlsxwriter.sh FOLDER     writes FOLDER/libxlsxwriter.a, unless it is there
#
# The source is that of the installed package, from Debian, checked by apt. Files of its own are the C library's, and
# images, of which alone it takes sums, are not written.
set -euo pipefail

folder=$(realpath -m "$1")
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
version=$(dpkg-query -W -f '${source:Version}' libxlsxwriter-dev)
archive=$folder/libxlsxwriter.a
if [[ -s $archive && $(cat "$archive.version" 2>/dev/null) == "$version" ]]; then exit 0; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source" "$folder"
echo "deb-src $mirror $suite main" >"$work/sources.list"
apt=(apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)")
"${apt[@]}" update >&2
(cd "$work/source" && "${apt[@]}" source --download-only "libxlsxwriter=$version" >&2 && tar -xf ./*.orig.tar.* --strip-components=1)

cd "$work/source"
sources=(src/*.c third_party/minizip/ioapi.c third_party/minizip/zip.c)
for file in "${sources[@]}"; do
  clang -c -O2 -fPIC -ffunction-sections -fdata-sections -ffile-prefix-map="$work/source"=libxlsxwriter \
    -DUSE_STANDARD_TMPFILE -DUSE_NO_MD5 -Iinclude -Ithird_party/minizip "$file" -o "$(basename "$file" .c).o"
done
rm -f "$archive"
ar rcsD "$archive" ./*.o
echo "$version" >"$archive.version"
