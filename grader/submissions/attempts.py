"""Which of several attempts at one thing counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum

from ..model import Submission


class Attempts(StrEnum):
    """newest: the last one, and only that is graded. best: the one with the highest score. all: each has its row."""

    NEWEST = "newest"
    BEST = "best"
    ALL = "all"


def chosen(submissions: Iterable[Submission], which: Attempts) -> tuple[list[Submission], list[Submission]]:
    """Those that are to be graded, and the older ones that do not count any more."""
    listed = list(submissions)
    if which is Attempts.NEWEST:
        return _without_older(listed)
    if which is Attempts.BEST:
        listed = [replace(one, receipt=replace(one.receipt, best_of=one.receipt.attempt_of)) for one in listed]
    return listed, []


def _without_older(submissions: list[Submission]) -> tuple[list[Submission], list[Submission]]:
    newest: dict[str, Submission] = {}
    for submission in submissions:
        of = submission.receipt.attempt_of
        if of and (of not in newest or _age(newest[of]) <= _age(submission)):
            newest[of] = submission
    older = {id(one) for one in submissions if one.receipt.attempt_of and newest[one.receipt.attempt_of] is not one}
    return [one for one in submissions if id(one) not in older], [one for one in submissions if id(one) in older]


def _age(submission: Submission) -> tuple[int, datetime]:
    at = submission.receipt.at
    return submission.receipt.attempt, at.replace(tzinfo=at.tzinfo or UTC) if at else datetime.min.replace(tzinfo=UTC)
