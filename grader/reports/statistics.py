"""What a class's results say of the exercises and of the mistakes, and whom a person should look at.

Everything is a function of the tables of `frames`. Submissions that the grader itself failed on are left out of every
figure; those that could not be read count as they are graded, with no points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from .frames import Frames, column

BINS = np.arange(0, 101, 10)
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in one exercise: how many submissions, which, and one of them to show (the shortest source)."""

    exercise: str
    mistake: str
    diagnosis: str
    submissions: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Attention:
    """A submission that a person should look at, and why."""

    submission: str
    student: str
    why: str


def scored(tables: Frames) -> pd.DataFrame:
    """The submissions that have a score."""
    return tables.submissions[tables.submissions["score"].notna()]


def distribution(tables: Frames) -> pd.Series:
    """How many submissions reached each tenth of the points; the last one takes 100 percent in."""
    counts, _ = np.histogram(scored(tables)["percent"].astype(float), bins=BINS)
    labels = [f"{low}–{high}" for low, high in pairwise(BINS)]
    return pd.Series(counts, index=labels, name="submissions")


def summary(tables: Frames) -> dict[str, float]:
    """Mean, median, quartiles and standard deviation of the percentages; empty if nothing has a score."""
    percent = scored(tables)["percent"].astype(float)
    if percent.empty:
        return {}
    low, middle, high = percent.quantile([0.25, 0.5, 0.75])
    spread = float(percent.std(ddof=1)) if len(percent) > 1 else 0.0
    return {"mean": float(percent.mean()), "lower": low, "median": middle, "upper": high, "deviation": spread}


def by_exercise(tables: Frames) -> pd.DataFrame:
    """A row per exercise: who passed it (share, 0 to 1), mean share of its points, discrimination, median seconds.

    Discrimination is the point-biserial correlation of passing the exercise with the points in all the others, and
    missing if either is the same for everybody.
    """
    rows = tables.exercises[tables.exercises["status"] != "grader_fault"]
    grouped = rows.groupby("exercise", sort=False)
    table = pd.DataFrame(
        {
            "passed": grouped["status"].agg(lambda status: (status == "passed").mean()),
            "points": grouped["points"].sum() / grouped["max_points"].sum(),
            "max_points": grouped["max_points"].first(),
            "seconds": grouped["seconds"].median(),
        }
    )
    table["discrimination"] = [discrimination(tables, name) for name in table.index]
    return table


def discrimination(tables: Frames, exercise: str) -> float:
    """Correlation of passing (0 or 1) with the points in the other exercises, -1 to 1; NaN if there is none."""
    rows = tables.exercises[(tables.exercises["exercise"] == exercise) & (tables.exercises["status"] != "grader_fault")]
    passed = rows.set_index("submission")["status"].eq("passed").astype(float)
    others = points(tables).drop(columns=exercise).sum(axis=1)
    return correlation(passed, others.reindex(passed.index))


def alpha(tables: Frames) -> float:
    """Cronbach's alpha of the exercises' points, at most 1; NaN for fewer than two exercises or equal totals."""
    table = points(tables)
    items, total = table.shape[1], table.sum(axis=1).var(ddof=1)
    if items < 2 or len(table) < 2 or not total > 0:
        return float("nan")
    return float(items / (items - 1) * (1 - table.var(ddof=1).sum() / total))


def points(tables: Frames) -> pd.DataFrame:
    """Points per submission (rows) and exercise (columns), of the submissions that have a score."""
    wide = scored(tables).set_index("submission")[[column(name) for name in tables.names]].astype(float)
    return wide.set_axis(tables.names, axis=1)


def correlation(one: pd.Series, other: pd.Series) -> float:
    """Pearson's, -1 to 1; NaN if one of them does not vary."""
    if len(one) < 3 or np.ptp(one) == 0 or np.ptp(other) < 1e-9:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def mistakes(tables: Frames) -> list[Mistake]:
    """Every named mistake in every exercise, the most frequent first."""
    named = tables.exercises[tables.exercises["mistake"] != ""]
    found = [
        _mistake(str(exercise), str(name), rows) for (exercise, name), rows in named.groupby(["exercise", "mistake"])
    ]
    order = {name: i for i, name in enumerate(tables.names)}
    return sorted(found, key=lambda mistake: (-len(mistake.submissions), order[mistake.exercise], mistake.mistake))


def _mistake(exercise: str, name: str, rows: pd.DataFrame) -> Mistake:
    sources = [source for source in rows["source"] if source]
    example = min(sources, key=lambda source: (len(source), source), default="")
    return Mistake(exercise, name, str(rows["diagnosis"].iloc[0]), tuple(rows["submission"]), example)


def unexplained(tables: Frames) -> pd.DataFrame:
    """Lost points that no known mistake explains: how many submissions per exercise and status, most first."""
    lost = tables.exercises[
        (tables.exercises["mistake"] == "") & ~tables.exercises["status"].isin(["passed", "grader_fault"])
    ]
    counts = lost.groupby(["exercise", "status"]).size().rename("submissions").reset_index()
    return counts.sort_values(["submissions", "exercise", "status"], ascending=[False, True, True])


def attention(tables: Frames) -> list[Attention]:
    """Submissions that need a person: faults of the grader's first, then unreadable ones, then suspicious ones."""
    found = [*_with_status(tables, "grader_fault"), *_with_status(tables, "unreadable"), *_suspicious(tables)]
    merged: dict[str, Attention] = {}
    for one in found:
        earlier = merged.get(one.submission)
        merged[one.submission] = Attention(one.submission, one.student, f"{earlier.why} {one.why}") if earlier else one
    return list(merged.values())


def _with_status(tables: Frames, status: str) -> Iterable[Attention]:
    what = {"grader_fault": "The grader itself failed", "unreadable": "It could not be read"}[status]
    rows = tables.submissions[tables.submissions["status"] == status]
    for submission, student, message in zip(rows["submission"], rows["student"], rows["message"], strict=True):
        yield Attention(submission, student, f"{what}: {message}")


def _suspicious(tables: Frames) -> Iterable[Attention]:
    """Answers that are right only on cases that everybody is given, and functions that end their process."""
    for submission, student, exercise in _known_cases_only(tables):
        yield Attention(submission, student, f"{exercise} is right on cases that everybody is given, and on no other.")
    crashed = tables.exercises[tables.exercises["status"] == "crashed"]
    for submission, student, exercise in zip(*(crashed[c] for c in ("submission", "student", "exercise")), strict=True):
        yield Attention(submission, student, f"{exercise} ended its process.")


def _known_cases_only(tables: Frames) -> Iterable[tuple[str, str, str]]:
    """Each (submission, student, exercise) of which a fixed case passes and all drawn ones, two or more, do not."""
    keys = ["submission", "student", "exercise"]
    named = tables.exercises.loc[tables.exercises["mistake"] != "", keys]
    cases = tables.cases.assign(returned=tables.cases["stage"] != "")
    fixed, drawn = cases[cases["fixed"]], cases[~cases["fixed"]]
    if fixed.empty or drawn.empty:
        return
    knows = fixed.groupby(keys)["passed"].any()
    fails = drawn.groupby(keys).agg(passed=("passed", "any"), returned=("returned", "all"), count=("passed", "size"))
    both = fails.join(knows.rename("knows"), how="inner")
    found = both[both["knows"] & ~both["passed"] & both["returned"] & (both["count"] > 1)].index
    yield from found.difference(pd.MultiIndex.from_frame(named)).to_list()
