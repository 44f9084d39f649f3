"""A standalone Spark cluster on this machine, and a scan on it held against one machine.

    cluster.py OURO [--rows 1e6] [--slices 4 16 64] [--payments FILE --columns payer=from …] [--within 1d]

Starts a master and two workers as processes of their own on the loopback, generates payments, scans them with each
number of slices, once more with a worker killed halfway, and once with speculative execution, and compares the bytes of
answer and list with those of one `ouro scan`. Prints what each run and its tasks took.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pyspark

ENGINES = Path(__file__).resolve().parent.parent
HOME = Path(pyspark.__file__).parent
LOOPBACK = "127.0.0.1"
OPTIONS = ["--max-hops", "6"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


class Cluster:
    """A master and workers, each a process of its own."""

    def __init__(self, folder: Path, workers: int, memory: str) -> None:
        self.folder, self.memory, self.killed = folder, memory, 0
        self.port, self.page = free_port(), free_port()
        self.url = f"spark://{LOOPBACK}:{self.port}"
        self.environment = {
            **os.environ,
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_LOCAL_DIRS": str(folder / "local"),
            "SPARK_DAEMON_MEMORY": "512m",
        }
        self.environment.pop("SPARK_HOME", None)
        master = ["Master", "--host", LOOPBACK, "--port", str(self.port), "--webui-port", str(self.page)]
        self.processes = [self.start(master, "master")]
        self.workers = [self.add_worker(f"worker{number}") for number in range(workers)]
        self.wait(workers)

    def start(self, words: list[str], name: str) -> subprocess.Popen[bytes]:
        """Starts one process of the cluster, in a group of its own."""
        role = f"org.apache.spark.deploy.{words[0].lower()}.{words[0]}"
        command = [str(HOME / "bin" / "spark-class"), role, *words[1:]]
        with open(self.folder / f"{name}.log", "wb") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def add_worker(self, name: str) -> subprocess.Popen[bytes]:
        """Starts a worker of one core."""
        room = ["--cores", "1", "--memory", self.memory, "--work-dir", str(self.folder / name)]
        place = ["--host", LOOPBACK, "--webui-port", str(free_port())]
        self.processes.append(self.start(["Worker", *place, *room, self.url], name))
        return self.processes[-1]

    def wait(self, workers: int) -> None:
        """Waits until the master knows its workers."""
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://{LOOPBACK}:{self.page}/json/", timeout=5) as page:
                    if page.read().count(b'"state" : "ALIVE"') >= workers:
                        return
            except OSError:
                pass
            time.sleep(0.5)
        sys.exit("the cluster did not come up; its logs say why")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kills a process and all that it started, as a machine that goes away."""
        children = executors(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Ends what is left."""
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


def executors(worker: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    found = []
    for children in Path(f"/proc/{worker}/task").glob("*/children"):
        try:
            numbers = children.read_text().split()
        except OSError:
            continue
        for number in numbers:
            found += [int(number), *executors(int(number))]
    return found


@dataclass
class Run:
    """One job, and what is done to the cluster while it runs."""

    words: str
    job: list[str]
    slices: int = 0
    kills: bool = False
    speculates: bool = False


def processor_seconds(cluster: Cluster) -> float:
    """What the workers and all that they started and saw end have taken."""
    total = 0.0
    for worker in cluster.workers:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def submit(cluster: Cluster, ouro: str, run: Run, folder: Path) -> tuple[float, float]:
    """Runs a job; the seconds it took, and those of processors on the cluster."""
    settings = {
        "spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK, "spark.ui.enabled": "false",
        "spark.executor.memory": cluster.memory, "spark.executor.cores": "1", "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "16",
    }
    if run.speculates:
        settings |= {"spark.speculation": "true", "spark.speculation.multiplier": "1.05",
                     "spark.speculation.quantile": "0.1", "spark.speculation.minTaskRuntime": "10ms"}
    conf = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    job = [str(ENGINES / "spark" / "ouro_spark.py"), *run.job]
    command = [str(HOME / "bin" / "spark-submit"), "--master", cluster.url, *conf, "--files", ouro, *job]
    began, before = time.monotonic(), processor_seconds(cluster)
    with open(folder / "job.log", "wb") as log:
        child = subprocess.Popen(command, env=cluster.environment, stdout=log, stderr=log, start_new_session=True)
        cluster.processes.append(child)
        if run.kills:
            threading.Thread(target=kill_halfway, args=(cluster, child, run.slices), daemon=True).start()
        if child.wait():
            sys.exit(f"the job ended with {child.returncode}:\n{(folder / 'job.log').read_text()[-3_000:]}")
    took = time.monotonic() - began
    # Executors end a moment after their job, and are counted then.
    time.sleep(3)
    return took, processor_seconds(cluster) - before


def kill_halfway(cluster: Cluster, job: subprocess.Popen[bytes], slices: int) -> None:
    """Kills a worker in the midst of a slice, a quarter of all on it, and starts another in its place."""
    seen: set[int] = set()
    worker = cluster.workers[0]
    while job.poll() is None and len(seen) < max(1, slices // 4):
        for child in executors(worker.pid):
            try:
                if Path(f"/proc/{child}/exe").resolve().name == "ouro":
                    seen.add(child)
            except OSError:
                pass
        time.sleep(0.01)
    if job.poll() is None:
        cluster.kill(worker)
        print(f"killed a worker that had begun {len(seen)} slices", flush=True)
        cluster.workers[0] = cluster.add_worker("worker-again")
        cluster.killed += 1


def one_machine(ouro: str, table: str, folder: Path, within: str, columns: list[str]) -> dict[str, bytes]:
    """What the files of a run must hold: the answer and the list of one scan, and the sums."""
    began = time.monotonic()
    scan = [ouro, "scan", table, "--within", within, *OPTIONS, *columns]
    answer = subprocess.run([*scan, "--json"], check=True, capture_output=True).stdout
    took = time.monotonic() - began
    listed = folder / "one.csv"
    subprocess.run([*scan, "--list", str(listed)], check=True, capture_output=True)
    sums = subprocess.run([ouro, "sum", table, "--by", "month", *columns], check=True, capture_output=True).stdout
    print(f"{'one machine':28} {took:6.1f} s, {listed.read_bytes().count(b'ring-')} payments on loops", flush=True)
    return {"answer.json": answer, "loops.csv": listed.read_bytes(), "sums.csv": sums}


def tell(run: Run, seconds: float, cluster: float, tasks: Path) -> None:
    """A line of what a run and its tasks took."""
    # What ran on a worker that was killed nobody has counted.
    told = f"{run.words:28} {seconds:5.0f} s " + ("" if run.kills else f"{cluster:5.0f} CPU s ")
    if not tasks.exists():
        print(told, flush=True)
        return
    with tasks.open() as file:
        rows = list(csv.DictReader(file))
    needed, most = (max(int(row[key]) for row in rows) for key in ("needed", "megabytes"))
    wall, processor = ([float(row[key]) for row in rows] for key in ("seconds", "processor"))
    print(
        f"{told} {len(rows):3} tasks, the largest {needed} payments, {max(wall):.1f} s, "
        f"{max(processor):.2f} CPU s, {most} MB; all {sum(processor):.1f} CPU s",
        flush=True,
    )


def runs(table: str, arguments: argparse.Namespace, columns: list[str], folder: Path) -> list[Run]:
    """All that is tried."""
    names = {"-o": "answer.json", "--list": "loops.csv", "--tasks": "tasks.csv"}
    outputs = [word for option, name in names.items() for word in (option, str(folder / name))]

    def scan(slices: int, most: float = 2e7) -> list[str]:
        job = ["scan", table, "--within", arguments.within, "--slices", str(slices), "--most-rows", str(int(most))]
        return [*job, *outputs, *columns, "--", *OPTIONS]

    middle = arguments.slices[len(arguments.slices) // 2]
    tried = [Run(f"{slices} slices", scan(slices)) for slices in arguments.slices]
    tried.append(Run(f"{middle} slices, a worker killed", scan(middle), middle, kills=True))
    tried.append(Run(f"{middle} slices, speculation", scan(middle), speculates=True))
    if not arguments.payments:
        tried.append(Run("2 slices, cut again", scan(2, arguments.rows / 5)))
    tried.append(Run("sums by month", ["sum", table, "--by", "month", "-o", str(folder / "sums.csv"), *columns]))
    return tried


def main() -> None:
    """Runs all, and ends with 1 where bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ouro", help="the program")
    parser.add_argument("--rows", type=float, default=1e6, help="how many payments (default: 1e6)")
    parser.add_argument("--slices", type=int, nargs="+", default=[4, 16, 64])
    parser.add_argument("--payments", help="a file of one's own")
    parser.add_argument("--columns", nargs="*", default=[], help="its columns, as payer=from")
    parser.add_argument("--within", default="1d", help="the window (default: 1d)")
    parser.add_argument("--memory", default="1500m", help="what an executor may take (default: 1500m)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    ouro = str(Path(arguments.ouro).resolve())
    columns = [f"--{column}" for column in arguments.columns]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = arguments.payments or str(folder / "payments.csv")
        if not arguments.payments:
            subprocess.run([sys.executable, ENGINES / "generate.py", str(arguments.rows), table], check=True)
        wanted = one_machine(ouro, table, folder, arguments.within, columns)
        cluster = Cluster(folder, 2, arguments.memory)
        try:
            for run in runs(table, arguments, columns, folder):
                for name in [*wanted, "tasks.csv"]:
                    (folder / name).unlink(missing_ok=True)
                tell(run, *submit(cluster, ouro, run, folder), folder / "tasks.csv")
                if run.kills and not cluster.killed:
                    sys.exit("the job had ended before a worker was killed")
                for name in ["sums.csv"] if run.job[0] == "sum" else ["answer.json", "loops.csv"]:
                    if (folder / name).read_bytes() != wanted[name]:
                        sys.exit(f"{run.words}: {name} has not the bytes of one machine")
        finally:
            cluster.stop()
    print("the same bytes each time")


if __name__ == "__main__":
    main()
