"""A wrong answer → what explains it on every case."""

from .diagnoser import Diagnoser, no_probe
from .evidence import Diagnosis, Probe

__all__ = ["Diagnoser", "Diagnosis", "Probe", "no_probe"]
