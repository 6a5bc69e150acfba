"""A wrong answer → what explains it on every case."""

from .diagnoser import Diagnoser
from .found import Diagnosis, Probe

__all__ = ["Diagnoser", "Diagnosis", "Probe"]
