"""Runs a projection or a scan as an array of Slurm jobs, and joins what they come to.

    ouro_slurm.py project BOOK SCENARIO.yaml --parts 16 --folder RUN -o run.json -- --paths 100000 --seed 1
    ouro_slurm.py scan payments.pack --parts 64 --folder SLICES -o scan.json -- --within 7d --max-hops 6
    ouro_slurm.py go-on FOLDER

Each part is a task of an array: of a projection some of the paths, of a scan a slice of time. A job that depends on the
array joins the parts; where some are missing it submits these, and no others, once more, --attempts times in all.
`go-on` does the same by hand. FOLDER is on storage that all nodes see; it holds the parts, what each task said, and
what the whole is. What follows `--` is for ouro.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Work:
    """What is run in parts, as it stands in the folder."""

    command: str
    inputs: list[str]
    options: list[str]
    parts: int
    output: str
    ouro: str
    sbatch: list[str] = field(default_factory=list)
    attempts: int = 3

    def part(self, folder: Path, number: int) -> Path:
        """The file of a part, from 1."""
        return folder / f"part-{number}.json"

    def task(self, folder: Path) -> str:
        """What a task of the array runs."""
        words = [self.ouro, self.command, *self.inputs, *self.options]
        words += ["--resume"] if self.command == "project" else []
        part = shlex.quote(str(folder)) + "/part-$SLURM_ARRAY_TASK_ID.json"
        return f"exec {shlex.join(words)} --shard $SLURM_ARRAY_TASK_ID/{self.parts} -o {part}"

    def missing(self, folder: Path) -> list[int]:
        """The parts that are not there, or not whole."""
        return [number for number in range(1, self.parts + 1) if not self.is_whole(folder, number)]

    def is_whole(self, folder: Path, number: int) -> bool:
        """Whether a part is done: that of a scan is written whole, that of a projection grows."""
        path = self.part(folder, number)
        if not path.exists():
            return False
        if self.command == "scan":
            return True
        run = json.loads(path.read_text())
        paths = run["parameters"]["paths"]
        span = {"from": (number - 1) * paths // self.parts, "until": number * paths // self.parts}
        return bool(run["done"] == [span] or span["from"] == span["until"])

    def merge(self, folder: Path) -> None:
        """Joins the parts."""
        parts = [str(self.part(folder, number)) for number in range(1, self.parts + 1)]
        answer = ["--json"] if self.command == "scan" else []
        listed = ["--list", f"{self.output}.csv"] if "--keep-loops" in self.options else []
        subprocess.run([self.ouro, "merge", *parts, *answer, *listed, "-o", self.output], check=True)


def submit(work: Work, folder: Path, missing: list[int]) -> str:
    """Submits the missing parts, and the job that goes on once they have ended; the number of that job."""
    log = ["--output", str(folder / "task-%a.log"), "--open-mode", "append"]
    array = ["--array", ",".join(map(str, missing)), "--wrap", work.task(folder)]
    first = sbatch([*work.sbatch, "--job-name", f"ouro-{work.command}", *log, *array])
    own = [sys.executable, str(Path(__file__).resolve()), "go-on", str(folder)]
    joins = ["--dependency", f"afterany:{first}", "--output", str(folder / "merge.log"), "--open-mode", "append"]
    last = sbatch([*work.sbatch, "--job-name", "ouro-merge", *joins, "--wrap", shlex.join(own)])
    print(f"submitted {len(missing)} of {work.parts} parts as job {first}, joined by job {last}", flush=True)
    return last


def sbatch(words: list[str]) -> str:
    """Submits a job; its number."""
    done = subprocess.run(["sbatch", "--parsable", *words], check=True, capture_output=True, text=True)
    return done.stdout.strip().split(";")[0]


def go_on(folder: Path) -> None:
    """Joins the parts, or submits those that are missing."""
    state = folder / "work.json"
    work = Work(**json.loads(state.read_text()))
    missing = work.missing(folder)
    if not missing:
        work.merge(folder)
        print(f"joined {work.parts} parts in {work.output}")
        return
    if work.attempts == 0:
        sys.exit(f"parts {', '.join(map(str, missing))} are missing after all attempts; {folder} has what they said")
    work.attempts -= 1
    state.write_text(json.dumps(asdict(work), indent=2))
    submit(work, folder, missing)


def parsed() -> argparse.Namespace:
    """The arguments; what follows `--` is for ouro."""
    own, _, rest = "\0".join(sys.argv[1:]).partition("\0--\0")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, inputs in [("project", "the book and the scenario"), ("scan", "the payments")]:
        command = commands.add_parser(name, help=f"run ouro {name} in parts")
        command.add_argument("inputs", nargs="+", help=inputs)
        command.add_argument("--parts", type=int, required=True, help="how many tasks")
        command.add_argument("--folder", type=Path, required=True, help="where parts go, seen by all nodes")
        command.add_argument("-o", "--output", required=True, help="the run, or the answer of the scan in JSON")
        command.add_argument("--ouro", default="ouro", help="the program (default: ouro)")
        command.add_argument("--sbatch", default="", help="more for sbatch, as '--partition=long --mem=4G'")
        command.add_argument("--attempts", type=int, default=3, help="how often parts are tried (default: 3)")
    commands.add_parser("go-on", help="join, or submit what is missing").add_argument("folder", type=Path)
    arguments = parser.parse_args(own.split("\0"))
    arguments.options = rest.split("\0") if rest else []
    return arguments


def main() -> None:
    """Writes down what is to be run, and begins; or goes on."""
    arguments = parsed()
    folder = arguments.folder.resolve()
    if arguments.command != "go-on":
        folder.mkdir(parents=True, exist_ok=True)
        work = Work(
            arguments.command, arguments.inputs, arguments.options, arguments.parts,
            str(Path(arguments.output).resolve()), arguments.ouro, shlex.split(arguments.sbatch), arguments.attempts,
        )
        state = folder / "work.json"
        if state.exists():
            old = Work(**json.loads(state.read_text()))
            if (old.command, old.inputs, old.options, old.parts) != (
                work.command, work.inputs, work.options, work.parts,
            ):
                sys.exit(f"{folder} has the parts of other work; name another folder")
        state.write_text(json.dumps(asdict(work), indent=2))
    go_on(folder)


if __name__ == "__main__":
    main()
