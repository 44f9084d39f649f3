"""A Slurm of one node on this machine, and a projection and a scan on it held against one process.

    node.py OURO [--paths 100000] [--rows 2e5]

Starts munged, slurmctld and slurmd on the loopback with files of their own, runs a projection as an array of 16 of
which one task fails at first, and a scan as an array of 8, and compares their bytes with those of one process. Wants
root, and Debian's munge, slurmctld, slurmd and slurm-client.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ENGINES = Path(__file__).resolve().parent.parent
ROOT = ENGINES.parent
BOOK = [str(ROOT / "Examples/ai-economy"), str(ROOT / "Examples/scenarios/six-months-late.yaml")]
CONFIGURATION = """
ClusterName=ouro
SlurmctldHost={host}({address})
SlurmUser=root
SlurmdUser=root
SlurmctldPort={controller}
SlurmdPort={daemon}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SchedulerParameters=sched_interval=1
NodeName=node NodeAddr={address} NodeHostname={host} CPUs={cores} State=UNKNOWN
PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Node:
    """Slurm's three daemons, with files of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        for name in ("state", "spool"):
            (folder / name).mkdir()
        key = folder / "munge.key"
        key.write_bytes(os.urandom(1_024))
        key.chmod(0o600)
        configuration = folder / "slurm.conf"
        configuration.write_text(
            CONFIGURATION.format(
                address="127.0.0.1", folder=folder, host=socket.gethostname(), cores=os.cpu_count(),
                controller=free_port(), daemon=free_port(),
            )
        )
        os.environ["SLURM_CONF"] = str(configuration)
        paths = [f"--{name}-file={folder}/munge.{name}" for name in ("key", "log", "pid", "seed")]
        munge = ["munged", "--foreground", "--force", f"--socket={folder}/munge.socket", *paths]
        self.processes.append(self.start(munge))
        self.wait(lambda: (folder / "munge.socket").exists())
        self.processes.append(self.start(["slurmctld", "-D"]))
        self.processes.append(self.start(["slurmd", "-D", "-N", "node"]))
        self.wait(lambda: "idle" in said(["sinfo", "-h", "-o", "%T"]))

    def start(self, words: list[str]) -> subprocess.Popen[bytes]:
        """Starts a daemon."""
        with open(self.folder / f"{words[0]}.out", "wb") as log:
            return subprocess.Popen(words, stdout=log, stderr=log)

    def wait(self, is_up: Callable[[], bool]) -> None:
        """Waits until something holds."""
        for _ in range(240):
            if is_up():
                return
            if any(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.25)
        logs = [log.read_text(errors="replace")[-2_000:] for log in self.folder.glob("*.out")]
        sys.exit("Slurm did not come up:\n" + "\n".join(logs))

    def stop(self) -> None:
        """Ends the daemons, those that were started last first."""
        subprocess.run(["scancel", "--user=root"], check=False, capture_output=True)
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def said(words: list[str]) -> str:
    """What a command says."""
    return subprocess.run(words, check=False, capture_output=True, text=True).stdout


def failing_once(ouro: str, folder: Path, shard: str) -> str:
    """A program that is ouro, but fails the first time that it is given a shard."""
    program = folder / "ouro-fails-once"
    program.write_text(
        "#!/bin/bash\n"
        f'if [[ " $* " == *" --shard {shard} "* ]] && mkdir {folder}/failed 2>/dev/null; then exit 1; fi\n'
        f'exec {ouro} "$@"\n'
    )
    program.chmod(0o755)
    return str(program)


def array(node: Node, words: list[str], folder: Path, output: Path) -> tuple[float, list[str]]:
    """Runs the job to its end: the seconds, and what was submitted."""
    began = time.monotonic()
    job = [sys.executable, str(ENGINES / "slurm" / "ouro_slurm.py"), *words[:1]]
    rest = words[1:]
    own, more = rest[: rest.index("--")], rest[rest.index("--") :]
    first = subprocess.run([*job, *own, "--folder", str(folder), "-o", str(output), *more],
                           check=True, capture_output=True, text=True).stdout
    while not output.exists() and said(["squeue", "-h"]).strip():
        time.sleep(0.2)
    log = folder / "merge.log"
    return time.monotonic() - began, [first, *(log.read_text().splitlines() if log.exists() else [])]


def compare(name: str, one: bytes, output: Path, seconds: float, words: list[str]) -> None:
    """Says what a run took, and ends where its bytes are others."""
    told = "\n  ".join(line.strip() for line in words)
    print(f"{name}: {seconds:.1f} s\n  {told}", flush=True)
    if not output.exists() or output.read_bytes() != one:
        sys.exit(f"{name}: not the bytes of one process")


def main() -> None:
    """Runs both, and ends with 1 where bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ouro", help="the program")
    parser.add_argument("--paths", type=int, default=10_000, help="how many paths (default: 10000)")
    parser.add_argument("--rows", type=float, default=2e5, help="how many payments (default: 2e5)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    ouro = str(Path(arguments.ouro).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, whole = str(folder / "payments.csv"), folder / "whole.json"
        subprocess.run([sys.executable, ENGINES / "generate.py", str(arguments.rows), table], check=True)
        paths = ["--paths", str(arguments.paths), "--seed", "1", "--threads", "1"]
        began = time.monotonic()
        subprocess.run([ouro, "project", *BOOK, *paths, "-o", whole], check=True, capture_output=True)
        print(f"one process: {time.monotonic() - began:.1f} s for {arguments.paths} paths", flush=True)
        scan = ["--within", "1d", "--max-hops", "6", "--threads", "1"]
        answer = subprocess.run([ouro, "scan", table, *scan, "--json"], check=True, capture_output=True).stdout
        node = Node(folder)
        try:
            fails = failing_once(ouro, folder, "5/16")
            words = ["project", *BOOK, "--parts", "16", "--ouro", fails, "--", *paths]
            took = array(node, words, folder / "projection", folder / "run.json")
            compare("a projection as an array of 16", whole.read_bytes(), folder / "run.json", *took)
            if not any("submitted 1 of 16" in line for line in took[1]):
                sys.exit("the task that failed was not submitted again by itself")
            words = ["scan", table, "--parts", "8", "--ouro", ouro, "--", *scan]
            took = array(node, words, folder / "slices", folder / "scan.json")
            compare("a scan as an array of 8", answer, folder / "scan.json", *took)
        finally:
            node.stop()
    print("the same bytes each time")


if __name__ == "__main__":
    main()
