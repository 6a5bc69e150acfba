"""`report.html`: the class at a glance, for the instructor. One file that loads nothing; its only script is ours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from ...feedback.words import SAID, points
from ...model import install_line
from .. import files, statistics
from ..frames import Frames, column
from . import html, plots

MOST_MISTAKES, MOST_NAMED, MOST_ATTENTION = 12, 20, 50
NO_PICTURES = (
    f"The pictures need matplotlib, which is not installed here: {install_line('plots')}, "
    "then grader report FOLDER --to html."
)
TONES = {"passed": "whole", "partial": "some"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, its title, and the same in words for those who do not see it."""

    title: str
    told: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the table; cells are (tone, points) per exercise, found is what a search finds it by."""

    submission: str
    student: str
    link: str
    score: str
    percent: str
    status: str
    cells: tuple[tuple[str, str], ...]
    found: str
    kinds: str


def page(tables: Frames, title: str = "", pages: str = "feedback") -> str:
    """The page as one HTML file; its links lead to the feedback pages, in that folder."""
    script = html.text("report.js")
    look_at = statistics.attention(tables)
    links = page_links(tables, pages)
    drawable = len(statistics.scored(tables)) > 1
    return (
        html.environment()
        .get_template("report.html")
        .render(
            assignment=title or ", ".join(tables.submissions["assignment"].unique()) or "No submissions",
            counts=_counts(tables),
            facts=_facts(tables),
            attention=look_at,
            mistakes=statistics.mistakes(tables),
            unexplained=list(statistics.unexplained(tables).itertuples(index=False)),
            pictures=list(_pictures(tables)) if drawable and plots.available() else [],
            why_no_pictures=NO_PICTURES if drawable and not plots.available() else "",
            exercises=list(_exercises(tables)),
            names=[Markup("_<wbr>").join(name.split("_")) for name in tables.names],
            rows=list(_rows(tables, links, {one.submission for one in look_at})),
            link=links.get,
            student=dict(zip(tables.submissions["submission"], tables.submissions["student"], strict=True)).get,
            prose=html.prose,
            said=SAID,
            most_mistakes=MOST_MISTAKES,
            most_named=MOST_NAMED,
            most_attention=MOST_ATTENTION,
            style=html.text("style.css", "report.css"),
            script=script,
            script_digest=html.digest(script),
        )
    )


def page_links(tables: Frames, pages: str) -> dict[str, str]:
    """Where each submission's feedback page lies, as a link."""
    found = files.names(tables.submissions["submission"], ".html")
    return {submission: f"{pages}/{quote(name)}" for submission, name in found.items()}


def _counts(tables: Frames) -> dict[str, int]:
    status = tables.submissions["status"]
    kinds = ("graded", "unreadable", "grader_fault")
    return {"total": len(status)} | {kind: int((status == kind).sum()) for kind in kinds}


def _facts(tables: Frames) -> Iterator[tuple[str, str]]:
    found = statistics.summary(tables)
    if found:
        yield "Median", f"{found['median']:.0f}%"
        yield "Mean", f"{found['mean']:.0f}%"
        yield "Middle half", f"{found['lower']:.0f}–{found['upper']:.0f}%"
    if not math.isnan(alpha := statistics.alpha(tables)):
        yield "Cronbach’s alpha", f"{alpha:.2f}"


def _exercises(tables: Frames) -> Iterator[dict[str, str]]:
    for name, row in statistics.by_exercise(tables).iterrows():
        yield {
            "name": str(name),
            "max_points": points(row["max_points"]),
            "passed": f"{row['passed']:.0%}",
            "points": f"{row['points']:.0%}",
            "discrimination": "–" if math.isnan(row["discrimination"]) else f"{row['discrimination']:.2f}",
            "seconds": _duration(row["seconds"]),
        }


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _rows(tables: Frames, links: Mapping[str, str], look_at: set[str]) -> Iterator[Row]:
    found = _found_by(tables)
    tones = _tones(tables)
    columns = [column(name) for name in tables.names]
    fields = ["submission", "student", "score", "percent", "status", *columns]
    for submission, student, score, percent, status, *earned in zip(
        *(tables.submissions[f] for f in fields), strict=True
    ):
        kinds = ["look"] * (submission in look_at) + ["lost"] * (percent < 100)
        yield Row(
            submission,
            student,
            links[submission],
            _number(score),
            "" if pd.isna(percent) else f"{percent:.0f}",
            status,
            tuple(zip(tones.get(submission, [""] * len(earned)), map(_number, earned), strict=True)),
            found.get(submission, ""),
            " ".join(kinds),
        )


def _number(value: float) -> str:
    return "" if pd.isna(value) else points(value)


def _found_by(tables: Frames) -> dict[str, str]:
    """Each submission's mistakes and the statuses of its exercises, as `exercise:mistake`."""
    lost = tables.exercises[tables.exercises["status"] != "passed"]
    what = lost["mistake"].where(lost["mistake"] != "", lost["status"])
    return dict((lost["exercise"] + ":" + what).groupby(lost["submission"]).agg(" ".join))


def _tones(tables: Frames) -> dict[str, list[str]]:
    tones = tables.exercises["status"].map(TONES).fillna("lost")
    return dict(tones.groupby(tables.exercises["submission"], sort=False).agg(list))


def _pictures(tables: Frames) -> Iterator[Picture]:
    counts = statistics.distribution(tables)
    told = ", ".join(f"{count} from {label} percent" for label, count in counts.items() if count)
    yield Picture("Scores", f"Submissions by percent of the points: {told}.", Markup(plots.distribution(counts)))
    shares = outcome_shares(tables)
    told = ", ".join(f"{name} {share:.0%}" for name, share in shares["right"].items())
    yield Picture("Who got each exercise right", f"Share who got it right: {told}.", Markup(plots.outcomes(shares)))
    telling = statistics.by_exercise(tables)["discrimination"]
    if telling.notna().any():
        told = ", ".join(f"{name} {value:.2f}" for name, value in telling.dropna().items())
        yield Picture("How well each exercise tells", f"Discrimination: {told}.", Markup(plots.discrimination(telling)))


def outcome_shares(tables: Frames) -> pd.DataFrame:
    """Per exercise the shares of submissions, 0 to 1, that are right, partly right, and without points."""
    rows = tables.exercises[tables.exercises["status"] != "grader_fault"]
    kinds = rows["status"].map({"passed": "right", "partial": "partly"}).fillna("no points")
    shares = pd.crosstab(rows["exercise"], kinds, normalize="index")
    return shares.reindex(index=tables.names, columns=["right", "partly", "no points"]).fillna(0.0)
