"""Settings from the environment, failing loudly on nonsense."""

import os


def env_bool(name: str, default: bool = False) -> bool:
    """`1 true yes on` or `0 false no off`. Raises ValueError for anything else."""
    word = os.environ.get(name, "").strip().lower()
    if not word:
        return default
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be yes or no, not {word!r}")


def env_int(name: str, default: int) -> int:
    """A whole number. Raises ValueError for anything else."""
    word = os.environ.get(name, "").strip()
    try:
        return int(word) if word else default
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {word!r}") from None


def env_list(name: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
