#!/usr/bin/env python3
"""Cuts the power of a book at any moment of its writing, and looks whether it holds what it said it holds.

    scripts/power-loss.py OURO [--points 500] [--seed 1]

Commands that write are run under strace, which tells every write, with its bytes, and every fsync. From that the disk is
built as it may stand after a loss of power at a random call. What was synced before is there. Of what was not, each sector
of 512 bytes was written or was not, by chance and in any order; names that a folder was not synced for were made, renamed or
taken away up to a point, in their order. Then `ouro verify` must find a whole book, with the head that it had after one of the
commands: the last that was acknowledged, or the one that was under way. It wants strace, and runs in a folder of its own.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SECTOR = 512
TRACED = "open,openat,creat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)(?:<((?:\\x[0-9a-f]{2})*)>)?")
HANDLE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>")


def plain(hexadecimal):
    return bytes.fromhex(hexadecimal.replace("\\x", ""))


def calls(log, folder):
    """What was asked of the files of a folder, in order: (kind, name, offset or other name, bytes)."""
    places = collections.Counter()
    inside = os.fsencode(str(folder)) + b"/"

    def name(path):
        return path[len(inside):].decode() if path.startswith(inside) else None

    unfinished = {}
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        process = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            unfinished[process] = line.removesuffix("<unfinished ...>")
            continue
        if "resumed>" in line:
            line = unfinished.pop(process) + line.split("resumed>", 1)[1]
        found = CALL.match(line)
        if not found or found[3].startswith("-"):
            continue
        call, arguments, result, opened = found[1], found[2], int(found[3]), found[4]
        texts = [plain(text) for text in TEXT.findall(arguments)]
        handle = HANDLE.match(arguments)
        of = name(plain(handle[1])) if handle else None
        if call in ("open", "openat", "creat"):
            path = name(plain(opened)) if opened else None
            if path and "O_CREAT" in arguments:
                yield "make", path, None, None
            if path and "O_TRUNC" in arguments:
                yield "cut", path, 0, None
            if path:
                places[path] = 0
        elif call in ("rename", "renameat", "renameat2") and name(texts[0]):
            yield "rename", name(texts[0]), name(texts[1]), None
        elif call in ("link", "linkat") and name(texts[0]):
            yield "link", name(texts[0]), name(texts[1]), None
        elif call in ("unlink", "unlinkat") and name(texts[0]):
            yield "remove", name(texts[0]), None, None
        elif call in ("fsync", "fdatasync") and handle:
            if of is not None:
                yield "sync", of, None, None
            elif plain(handle[1]) == os.fsencode(str(folder)):
                yield "sync names", "", None, None
        elif of is None:
            continue
        elif call == "pwrite64":
            yield "write", of, int(arguments.rsplit(",", 1)[1]), texts[0][:result]
        elif call == "write":
            yield "write", of, places[of], texts[0][:result]
            places[of] += result
        elif call == "ftruncate":
            yield "cut", of, int(arguments.rsplit(",", 1)[1]), None


class Disk:
    """Names, and the files behind them: what is on the platter, and what is only on its way there."""

    def __init__(self):
        self.names = {}
        self.safe_names = {}
        self.changes = []
        self.files = {}
        self.safe = {}
        self.pending = collections.defaultdict(list)
        self.made = 0

    def take(self, kind, name, other, data):
        if kind == "make":
            if name not in self.names:
                self.made += 1
                self.files[self.made] = self.safe[self.made] = b""
                self.change(name, self.made)
        elif kind == "rename":
            self.change(other, self.names[name])
            self.change(name, None)
        elif kind == "link":
            self.change(other, self.names[name])
        elif kind == "remove":
            self.change(name, None)
        elif kind == "sync names":
            self.safe_names, self.changes = dict(self.names), []
        elif kind == "sync":
            file = self.names[name]
            self.safe[file] = self.files[file]
            self.pending.pop(file, None)
        else:
            file = self.names[name]
            self.files[file] = applied(self.files[file], kind, other, data)
            self.pending[file].append((kind, other, data))

    def change(self, name, file):
        self.changes.append((name, file))
        set_name(self.names, name, file)

    def after_loss(self, chance):
        """What a disk may hold once the power is gone: by name."""
        names = dict(self.safe_names)
        for name, file in self.changes[: chance.randint(0, len(self.changes))]:
            set_name(names, name, file)
        return {name: self.torn(file, chance) for name, file in names.items()}

    def torn(self, file, chance):
        contents = self.safe[file]
        # A drive that takes nearly all, or nearly nothing, is as likely as any between.
        share = chance.random()
        for kind, at, data in self.pending.get(file, []):
            if kind == "cut":
                contents = applied(contents, kind, at, data) if chance.random() < share else contents
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < share:
                    contents = applied(contents, "write", at + start, data[start : start + SECTOR])
        return contents


def set_name(names, name, file):
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def applied(contents, kind, at, data):
    if kind == "cut":
        return contents[:at].ljust(at, b"\0")
    return contents[:at].ljust(at, b"\0") + data + contents[at + len(data) :]


def head_of(ouro, book):
    """The head of a book that verifies, `None` where there are no rows; and the words of what is wrong where it does not."""
    if not book.exists():
        return None, None
    done = subprocess.run([ouro, "verify", book, "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None, done.stderr
    found = json.loads(done.stdout)
    return found["head"] if found["rows"] else None, None


def commands(ouro, root, book):
    """What is written: an import, claims one by one, some of them taken back."""
    shipped = root / "Examples" / "ai-economy"
    yield [ouro, "import", shipped, book]
    for number in range(6):
        yield [ouro, "add", book, f"Nvidia pays OpenAI {number + 1}bn in 2026"]
        if number % 2 == 1:
            yield [ouro, "undo", book]
            yield [ouro, "redo", book]


def recorded(ouro, root, folder):
    """All calls, and after how many of them which head was acknowledged."""
    book, events, heads = folder / "b.ouro", [], [(0, None)]
    for command in commands(ouro, root, book):
        log = folder.parent / "log"
        traced = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={TRACED}", "-o", log]
        done = subprocess.run([*traced, *command], capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode != 0:
            print(f"not written: {' '.join(map(str, command[1:]))}: {done.stderr.strip()}", file=sys.stderr)
            continue
        events += calls(log, folder)
        heads.append((len(events), head_of(ouro, book)[0]))
        check_whole(events, folder)
    return events, heads


def check_whole(events, folder):
    """Whether all calls together come to what lies in the folder: else some call was not understood."""
    disk = Disk()
    for event in events:
        disk.take(*event)
    for path in folder.iterdir():
        built = disk.files.get(disk.names.get(path.name))
        actual = path.read_bytes()
        if built != actual:
            place = next((i for i, (a, b) in enumerate(zip(built or b"", actual)) if a != b), None)
            sys.exit(f"{path.name}: {len(built or b'')} bytes were seen written, {len(actual)} are there, from {place} on others")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ouro", type=pathlib.Path)
    parser.add_argument("--points", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ouro, root = options.ouro.resolve(), pathlib.Path(__file__).resolve().parent.parent
    chance = random.Random(options.seed)
    work = pathlib.Path(tempfile.mkdtemp()).resolve()
    (work / "live").mkdir()
    events, heads = recorded(ouro, root, work / "live")
    found, lost = collections.Counter(), []
    for _ in range(options.points):
        # Most calls are of the import: half of the losses are among the others.
        first = heads[1][0] if chance.random() < 0.5 else 0
        moment = chance.randint(first, len(events))
        disk = Disk()
        for event in events[:moment]:
            disk.take(*event)
        after = work / "after"
        after.mkdir()
        contents = disk.after_loss(chance)
        for name, data in contents.items():
            (after / name).write_bytes(data)
        acknowledged = [head for count, head in heads if count <= moment]
        allowed = {acknowledged[-1], *(head for _, head in heads[len(acknowledged) : len(acknowledged) + 1])}
        head, words = head_of(ouro, after / "b.ouro")
        begun = len(acknowledged) == 1
        if words is not None and begun:
            found["before anything was acknowledged: refused as no book"] += 1
        elif words is not None or head not in allowed:
            lost.append((moment, words or f"head {head}, not one of {allowed}"))
        else:
            journal = "with a journal to roll back" if any("journal" in name for name in contents) else "without a journal"
            where = "the import was under way: nothing of it, or all" if begun else "what was acknowledged, and perhaps the next"
            found[f"{where}; {journal}"] += 1
        shutil.rmtree(after)
    shutil.rmtree(work)
    print(f"{len(events)} calls of {len(heads) - 1} commands; the power lost {options.points} times")
    for words, count in sorted(found.items()):
        print(f"  {count}  {words}")
    for moment, words in lost[:20]:
        print(f"LOST after call {moment}: {words.strip()}")
    sys.exit(1 if lost else 0)


main()
