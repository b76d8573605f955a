"""The contestants of CSV to scored CSV: how each is set up, started, and measured. Shared by bench/run and bench/plot."""
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/test"
PEERS = ROOT / "build/peers"
DATA = ROOT / "build/bench-data"
PROGRAM = BUILD / "jixiao"
GENERATE = BUILD / "bench/bench_generate"
RULES = {"wide": ROOT / "bench/rules/ten-inputs/ruleset.toml", "long": "cn-mof-2020"}
PEERS_COLUMNS = {"wide": "project,total,rating,rank,region",
                 "long": "project,total,rating,rank,execution_points,output,benefit,satisfaction,region,department,year"}
NODE_PACKAGES = {"DuckDB": ["@duckdb/node-api"], "Polars": ["nodejs-polars", "nodejs-polars-linux-x64-gnu"]}
SCRIPTS = {"DuckDB": "duckdb.cjs", "Polars": "polars.cjs", "NumPy": "numpy_csv.py"}


@dataclass(frozen=True)
class Contestant:
    name: str
    threads: int
    as_peers: bool = False  # jixiao writing no more columns than the others

    def label(self):
        return f"{self.name}{', their columns' if self.as_peers else ''}, {self.threads} thread{'s' if self.threads > 1 else ''}"

    def command(self, shape, source, target):
        if self.name == "jixiao":
            chosen = ["--columns", PEERS_COLUMNS[shape]] if self.as_peers else []
            return [PROGRAM, "batch", source, "--rules", RULES[shape], "--lang", "zh", "-o", target, "--threads", str(self.threads), *chosen]
        interpreter = "/usr/bin/python3" if self.name == "NumPy" else "node"
        return [interpreter, ROOT / "bench/peers" / SCRIPTS[self.name], shape, str(self.threads), source, target]


@dataclass
class Reading:
    seconds: float  # the whole process
    inside: float  # without starting and ending the interpreter, as the script itself says; the whole process for jixiao
    peak: int  # bytes of memory held at most
    cpu: float  # seconds of all cores together, the whole process: what a busy machine disturbs least


def set_up(say):
    """Installs the peers. Returns name -> reason of those that cannot be had."""
    absent = {}
    PEERS.mkdir(parents=True, exist_ok=True)
    for name, packages in NODE_PACKAGES.items():
        if not all((PEERS / "node_modules" / package).is_dir() for package in packages):
            say(f"npm install {' '.join(packages)}")
            try:
                done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", PEERS, *packages],
                                      capture_output=True, text=True, timeout=600)
                if done.returncode:
                    absent[name] = (done.stderr.strip().splitlines() or ["npm install failed"])[-1]
            except (OSError, subprocess.TimeoutExpired) as error:
                absent[name] = str(error)
        if name not in absent:
            done = subprocess.run(["node", "-e", f"require('{packages[0]}')"], env=environment(), capture_output=True, text=True)
            if done.returncode:
                absent[name] = next((line for line in done.stderr.splitlines() if "rror" in line), "it does not load")
    subprocess.run([ROOT / "tools/install-packages", ROOT / "tools/packages-bench"], capture_output=True)
    if subprocess.run(["/usr/bin/python3", "-c", "import numpy"], capture_output=True).returncode:
        absent["NumPy"] = "python3-numpy is not installed"
    return absent


def build(targets):
    for command in (["cmake", "--preset", "test"], ["cmake", "--build", "--preset", "test", "--target", *targets]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)


def has_source(program):
    return (ROOT / "bench" / (program.removeprefix("bench_") + ".cpp")).exists()


def contestants(absent):
    ours = [Contestant("jixiao", threads, as_peers) for as_peers in (False, True) for threads in (1, 2)]
    peers = [Contestant(name, threads) for name in ("DuckDB", "Polars") for threads in (1, 2)]
    return [one for one in ours + peers + [Contestant("NumPy", 1)] if one.name not in absent]


def environment():
    return {**os.environ, "NODE_PATH": str(PEERS / "node_modules")}


def generate(shape, projects, *options):
    """A table in build/bench-data, made unless it is there already."""
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / f"{shape}-{projects}{''.join(options)}.csv"
    if not path.exists():
        making = path.with_suffix(".part")
        subprocess.run([GENERATE, "--shape", shape, "--projects", str(projects), *options, "-o", making], check=True)
        making.rename(path)
    return path


def records(path):
    """Records of a table this program generated: no line ends inside cells."""
    with open(path, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1


def contest(one, shape, source, target):
    """One run from start to exit. Peak memory is the kernel's account of the finished process (at least what this program itself holds)."""
    Path(target).unlink(missing_ok=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        begin = time.perf_counter()
        command = [str(part) for part in one.command(shape, source, target)]
        process = subprocess.Popen(command, env=environment(), text=True, stdout=subprocess.PIPE, stderr=complaints)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        complaints.seek(0)
        error = complaints.read().strip()
    # 1 is jixiao's word for cells that were wrong or missing: the others are scored.
    if process.returncode and not (one.name == "jixiao" and process.returncode == 1 and Path(target).exists()):
        return None, error or f"exit {process.returncode}"
    inside = seconds if one.name == "jixiao" else float(out.split()[-1])
    return Reading(seconds, inside, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime), ""


def better(a, b):
    """The best of each kind of time of two readings: a busy spell may meet one kind and not the other."""
    return Reading(min(a.seconds, b.seconds), min(a.inside, b.inside), max(a.peak, b.peak), min(a.cpu, b.cpu))


def in_memory(one, source):
    """Seconds from columns in memory to totals and ratings in memory."""
    done = subprocess.run([str(part) for part in one.command("memory", source, "-")], env=environment(), capture_output=True, text=True)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None
