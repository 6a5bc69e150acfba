"""Makes the pictures of the pages in docs/images: python -m docs.screenshots

A class is made from the graded samples of an assignment, under made-up names, and photographed in Chromium.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.model import Grade
from grader.reports import write_usual
from grader.runs.record import results
from tests.browser import Browser

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
ASSIGNMENT = "backprop_relu"
NAMES = (
    *("Ada Okafor", "Amélie Girard", "Anjali Rao", "Bence Kovács", "Carlos Núñez", "Chen Wei", "Dilnoza Karimova"),
    *("Elif Yılmaz", "Fatima Zahra", "Georgios Pappas", "Hanna Lindqvist", "Ingrid Østby", "Jakub Wiśniewski"),
    *("Kwame Mensah", "Léa Fontaine", "Łucja Nowak", "Mateo Quispe", "Ngozi Adeyemi", "Olga Sidorova", "Priya Nair"),
    *("Quentin Maes", "Rosa Bianchi", "Siobhán Byrne", "Tomás Ferreira", "Uma Devi", "Vít Dvořák", "Wanjiru Kamau"),
    *("Xavier Roca", "Yuki Tanaka", "Zeynep Demir"),
)
COMMON = ("clean_solution", "loops_and_indices", "other_style", "plots_with_outputs", "pip_cell", "magics")
SLIPS = ("derivative_forgotten", "sum_instead_of_mean", "transposed_gradients", "relu_at_the_output")


@dataclass(frozen=True)
class Shot:
    """One picture: of which page, at which place in it, in what window."""

    image: str
    page: str
    place: str = "body"
    width: int = 1200
    height: int = 1000
    dark: bool = False


SHOTS = (
    Shot("report", "report.html"),
    Shot("report-exercises", "report.html", "#exercises"),
    Shot("report-everybody", "report.html", "#everybody", height=760),
    Shot("report-dark", "report.html", "#wrong", dark=True),
    Shot("report-phone", "report.html", "#exercises", width=390, height=844),
    Shot("feedback", "feedback/Ada_Okafor.ipynb.html", height=1250),
    Shot("feedback-phone", "feedback/Ada_Okafor.ipynb.html", "#output_gradients", width=390, height=844, dark=True),
)


def graded(folder: Path) -> dict[str, Grade]:
    """The samples' grades by the stem of the file."""
    samples = ROOT / "assignments" / ASSIGNMENT / "samples"
    command = [sys.executable, "-m", "grader", "grade", str(samples), "-a", ASSIGNMENT, "-o", str(folder)]
    subprocess.run([*command, "--isolation", "basic"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return {grade.student: grade for grade in results.read(folder)}


def a_class(samples: dict[str, Grade]) -> Iterator[Grade]:
    """Everybody hands in one of the samples; the common ones and the common slips more often."""
    draw = random.Random(7)
    weights = [4 if name in COMMON else 6 if name in SLIPS else 1 for name in samples]
    for name in NAMES:
        sample = samples["derivative_forgotten"] if name == NAMES[0] else draw.choices([*samples.values()], weights)[0]
        yield replace(sample, student=name, submission=f"{name}.ipynb")


def photograph(browser: Browser, folder: Path, shot: Shot) -> None:
    """Take one picture, with details that a reader would open opened."""
    browser.look(shot.width, shot.height, shot.dark)
    browser.open(folder / shot.page)
    browser.evaluate(f"document.querySelector({shot.place!r}).scrollIntoView()")
    browser.evaluate("new Promise(done => setTimeout(done, 300))")
    browser.picture(IMAGES / f"{shot.image}.png")


def main() -> None:
    """Grade, write the pages, take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        grades = list(a_class(graded(Path(folder, "samples"))))
        write_usual(grades, Path(folder))
        for shot in SHOTS:
            photograph(browser, Path(folder), shot)


if __name__ == "__main__":
    main()
