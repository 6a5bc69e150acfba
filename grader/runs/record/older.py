"""Lines of `results.jsonl` from before causes were values: what they hold as sentences, as today's fields.

What a person set, and what lateness cost, is told from the facts that such a line keeps beside its sentences; only
the reason that a person gave stands in a sentence alone, behind words that the facts give.
"""

from __future__ import annotations

from typing import Any

from ...feedback.words import late, set_by_hand
from ...model import Late, SetByHand, SubmissionStatus

Tree = dict[str, Any]


def upgraded(tree: Tree) -> Tree:
    """A line's tree as one of today's. Raises LookupError or TypeError if it is none of before, either."""
    record = dict(tree["record"])
    days, penalty = record.pop("days_late", 0), record.pop("penalty", 0.0)
    raw = record.get("raw")
    problem = raw["message"] if raw else tree["message"]
    earned = raw["exercises"] if raw else {}
    exercises = [_exercise(one, earned.get(one["exercise"]), problem) for one in tree["exercises"]]
    lateness = Late(days, penalty, sum(one["points"] for one in exercises)) if days else None
    override = _by_hand_of_all(tree, problem, lateness) if raw else None
    is_settled = raw and override and raw["status"] == SubmissionStatus.GRADER_FAULT
    return tree | {
        "problem": "" if is_settled else problem,
        "exercises": exercises,
        "late": lateness and {"days": lateness.days, "lost": lateness.lost, "of": lateness.of},
        "override": override,
        "record": record | {"raw": raw and _raw(raw)},
    }


def _exercise(tree: Tree, raw: list[Any] | None, problem: str) -> Tree:
    """An exercise; raw: the status, points and message that its cases gave, where somebody changed anything."""
    override = None
    if raw and raw != [tree["status"], tree["points"], tree["message"]]:
        words = set_by_hand(SetByHand(tree["points"], ""), tree["max_points"])
        override = {"points": tree["points"], "reason": tree["message"][len(words) :]}
    verdicts = [_verdict(one) for one in tree["verdicts"]]
    not_run = "" if verdicts else problem
    return tree | {"verdicts": verdicts, "not_run": not_run, "override": override, "remarks": _remarks(tree)}


def _verdict(tree: Tree) -> Tree:
    says = {"is": "sentence", "says": tree["message"], "stage": tree["stage"], "part": tree["part"]}
    return tree | {"cause": None if tree["passed"] else says, "remarks": _remarks(tree)}


def _remarks(tree: Tree) -> list[Tree]:
    return [{"is": "sentence", "says": note} for note in tree["notes"]]


def _by_hand_of_all(tree: Tree, problem: str, lateness: Late | None) -> Tree | None:
    """What a person set for the whole: it stands behind why there was no grade, and behind what lateness cost."""
    before = [said for said in (problem, late(lateness) if lateness else "") if said]
    is_settled = tree["record"]["raw"]["status"] == SubmissionStatus.GRADER_FAULT
    said = tree["message"][0 if is_settled else len(" ".join(before)) :].strip()
    words = set_by_hand(SetByHand(tree["score"], ""))
    return {"points": tree["score"], "reason": said[len(words) :]} if said else None


def _raw(raw: Tree) -> Tree:
    exercises = [
        {"exercise": name, "status": status, "points": points} for name, (status, points, _) in raw["exercises"].items()
    ]
    return {"status": raw["status"], "score": raw["score"], "problem": raw["message"], "exercises": exercises}
