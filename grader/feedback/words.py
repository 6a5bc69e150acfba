"""Causes become sentences: here, and nowhere else.

A sentence says everything, numbers included. What may be told of a case whose inputs are secret is for `secrecy`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import (
    ArgumentsChanged,
    Broken,
    Cause,
    ComparedPart,
    CountedElsewhere,
    Counterexample,
    Crashed,
    Difference,
    Entries,
    ExerciseGrade,
    Extended,
    Grade,
    Keys,
    Kinds,
    Lack,
    Late,
    Lengths,
    Members,
    Missing,
    PartEarned,
    Raised,
    Remark,
    Sentence,
    SetByHand,
    Shapes,
    SinglePrecision,
    Stage,
    Status,
    SubmissionStatus,
    TimedOut,
    TimeFor,
    Unexplained,
)

SAID: dict[str, str] = {
    Status.PASSED: "right",
    Status.PARTIAL: "partly right",
    Status.WRONG: "not right yet",
    Status.RAISED: "raises an error",
    Status.TIMED_OUT: "ran out of time",
    Status.CRASHED: "ended its process",
    Status.MISSING: "not written yet",
    Status.GRADER_FAULT: "could not be checked",
}
MARKS: dict[str, str] = {Status.PASSED: "✓", Status.PARTIAL: "◐", Status.MISSING: "○", Status.GRADER_FAULT: "?"}
NEXT: dict[str, str] = {
    Status.PARTIAL: "Take a case that fails and follow it through your function on paper, line by line.",
    Status.WRONG: "Take the smallest case that fails and follow it through your function on paper, line by line.",
    Status.RAISED: "Call the function in a new cell with small inputs; the last line of the error says what does not "
    "fit.",
    Status.TIMED_OUT: "Look for a loop that cannot end, or one that runs over far more than its input.",
    Status.CRASHED: "Look for recursion without an end, for very large arrays, and for calls that end Python.",
    Status.MISSING: "Define a function of exactly this name at the top level of a cell, and let it return its result.",
    Status.GRADER_FAULT: "This is no fault of yours and costs no points; a person will look at it.",
}
LACKS = {
    Lack.STUB: "its body is still the template's stub",
    Lack.UNDEFINED: "the notebook defines no function of this name",
    Lack.NOT_YET: "no function of this name has been defined; run its cell first",
    Lack.NOT_IMPLEMENTED: "it raises NotImplementedError",
    Lack.NOT_LOADED: "it could not be loaded",
}
MOST_KEYS = 5
MOST_PARTS = 2  # of an example, as a sentence shows it


def points(value: float | None) -> str:
    """Points as people write them: at most two decimals, and none that are zero; a dash where there are none."""
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"


def points_of(earned: float | None, most: float) -> str:
    """Points of those that there are, with the word for them."""
    return f"{points(earned)} of {points(most)} {'point' if most == 1 else 'points'}"


def sentence(cause: Cause) -> str:
    """Why a case did not pass, with every number."""
    match cause:
        case Difference():
            return _capitalized(_difference(cause))
        case Raised():
            return _raised(cause)
        case TimedOut(limit, TimeFor.WHOLE):
            return f"The notebook's {limit:g} s were used up before it had answered."
        case TimedOut(limit, of):
            what = "Running what it needs" if of is TimeFor.LOADING else "The call"
            return f"{what} took longer than {limit:g} s and was stopped."
        case Crashed(reason):
            return f"The process did not survive the call: {reason}."
        case Missing():
            return f"Nothing to grade: {lack(cause)}."
        case Sentence(says):
            return says


def lack(missing: Missing) -> str:
    """Why there is nothing to call, as a phrase."""
    detail, place = missing.detail, missing.place
    match missing.lack:
        case Lack.SYNTAX:
            return f"its cell {detail} ({place})"
        case Lack.CELL_MAGIC:
            return f"it stands in a {detail} ({place}), which is not run as Python"
        case Lack.SPELLING:
            return f"the notebook defines no function of this name, but `{detail}` ({place}), which is another name"
        case Lack.LOOK_ALIKE:
            return f"the notebook defines no function of this name, but {spelled_out(detail)} ({place})"
        case Lack.TEXT_CELL:
            above = (
                f"the Markdown cell below cell {place.cell}" if place and place.cell else "a Markdown cell at the top"
            )
            return f"it stands in {above}, which is not run; make that a code cell"
        case Lack.NESTED:
            return f"it is defined inside `{detail}` ({place}), so that nothing else can call it"
        case Lack.NOT_CALLABLE:
            return f"the name is bound to a value of type {detail}, which cannot be called"
    return LACKS[missing.lack]


def spelled_out(name: str) -> str:
    """A name with letters that look like Latin ones, these named by their codes."""
    others = sorted({letter for letter in name if not letter.isascii()})
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in others)
    return f"`{name}`, with letters of another alphabet that look the same ({codes})"


def message(exercise: ExerciseGrade) -> str:
    """Why points were lost, in one text: what a person set, else what explains it and the first case that failed."""
    if exercise.override:
        return set_by_hand(exercise.override, exercise.max_points)
    if exercise.not_run:
        return not_run(exercise)
    return " ".join(filter(None, [exercise.diagnosis, _first_failure(exercise)]))


def not_run(exercise: ExerciseGrade) -> str:
    """Why nothing of it was called."""
    return f"Not run: {exercise.not_run.rstrip('.')}."


def message_of(grade: Grade) -> str:
    """Why a submission has no points, and what counted beside its cases."""
    said = [grade.problem]
    if grade.late:
        said.append(late(grade.late))
    if grade.override:
        said.append(set_by_hand(grade.override))
    return " ".join(filter(None, said))


def set_by_hand(override: SetByHand, most: float | None = None) -> str:
    """What a person set, and why; most: the points that there are, where it is about an exercise."""
    of = "" if most is None else f" of {most:g}"
    return f"Set by hand to {override.points:g}{of}: {override.reason}"


def extended(more: Extended) -> str:
    """Until when it was due, and why then."""
    return f"It was due on {more.until}: {more.reason}".rstrip(": ")


def late(days: Late) -> str:
    """What lateness cost."""
    return f"{days.days} day{'s' * (days.days > 1)} late: {days.lost:g} of {days.of:g} points are taken off."


def headline(grade: Grade) -> str:
    """The result of a submission in a few words."""
    if grade.status is SubmissionStatus.GRADER_FAULT:
        return "not graded yet"
    if grade.status is SubmissionStatus.UNREADABLE:
        return "could not be read"
    return f"{points(grade.score)} of {points(grade.max_score)} points"


def example_lines(counterexample: Counterexample) -> Iterator[str]:
    """The example line by line: inputs, each part that differs, and what happened instead of an answer."""
    yield from (f"{name} = {text}" for name, text in counterexample.inputs)
    for part in counterexample.parts:
        if part.differs:
            name = part.name or "result"
            yield f"{name}: {part.got}"
            yield from [f"{' ' * len(name)}  expected {part.expected}"] * bool(part.expected)
    yield from filter(None, [counterexample.failure])


def remark(about: Remark) -> str:
    """What is to be noted beside a verdict."""
    match about:
        case ArgumentsChanged(names):
            return f"It changes {' and '.join(names)} in place; a caller may not expect that."
        case SinglePrecision():
            return "It returns numbers of single precision (float32), which hold seven digits; float64 holds sixteen."
        case CountedElsewhere(functions, is_right, slip):
            return _counted_elsewhere(listed([f"`{name}`" for name in functions]), is_right, slip)
        case PartEarned(earned, of, convention):
            said = "This is another lecture's convention" if convention else "The rest of your answer fits it"
            worth = f"{earned:.3g} of {of:g} point{'s' if of != 1 else ''}"
            return f"{said}, so it earns {worth}." if earned else f"{said}."
        case Unexplained(fault):
            return f"Why it is wrong could not be worked out, because the grader itself failed there ({fault})."
        case Sentence(says):
            return says


def example(shown: Counterexample) -> str:
    """A small example in a sentence or two of plain text."""
    given = ", ".join(f"{name} = {text}" for name, text in shown.inputs)
    wrong = [part for part in shown.parts if part.differs]
    rest = "; the rest is right" if len(wrong) < len(shown.parts) else ""
    return f"A small example: for {given}, {_compared(shown, wrong)}{rest}."


def _compared(shown: Counterexample, wrong: Sequence[ComparedPart]) -> str:
    if shown.error or not shown.parts:
        return f"your function {f'raises {shown.error}' if shown.error else shown.failure}"
    failure = f": {shown.failure}" if shown.failure else ""
    if [part.name for part in shown.parts] == [""]:
        (part,) = shown.parts
        should = f" should return {part.expected}, but" if part.expected else ""
        return f"your function{should} returns {part.got}{failure}"
    named = [f"`{part.name}` should be {part.expected}, yours is {part.got}" for part in wrong[:MOST_PARTS]]
    more = [f"`{part.name}`" for part in wrong[MOST_PARTS:]]
    too = [f"{', '.join(more)} {'differs' if len(more) == 1 else 'differ'}, too"] if more else []
    return "; ".join([*named, *too]) + failure


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _first_failure(exercise: ExerciseGrade) -> str:
    verdict = next(iter(exercise.failed), None)
    if verdict is None or verdict.cause is None:
        return ""
    said = sentence(verdict.cause)
    return said if isinstance(verdict.cause, Missing) else f"On the case “{verdict.case}”: {said}"


def _counted_elsewhere(functions: str, is_right: bool, slip: str) -> str:
    if slip:
        return f"Correct apart from the slip of your {functions}, already counted there: {slip}"
    start = "Correct" if is_right else "This is what remains"
    return f"{start} apart from your {functions}, already counted there."


def _raised(raised: Raised) -> str:
    said = f": {raised.message}" if raised.message else ""
    behind = raised.behind
    because = f" (because of {behind.place}: {behind.error}: {behind.message})" if behind else ""
    where = f" ({raised.place})" if raised.place else ""
    return f"Raises {raised.error}{said}{because}{where}."


def _difference(difference: Difference) -> str:
    also = ""
    if difference.others:
        parts = [f"`{part}`" for part in difference.others]
        also = f" ({listed(parts)} {'differs' if len(parts) == 1 else 'differ'} too.)"
    return _by_figures(difference) + also


def _by_figures(difference: Difference) -> str:
    the = f"`{difference.part}`" if difference.part else "the result"
    match difference.figures:
        case Kinds(got, expected, nothing):
            hint = " Does the function end with a return statement?" if nothing else ""
            return f"{the} is {got}, expected {expected}.{hint}"
        case Keys(missing, extra):
            return f"{the} {' and '.join(_members(missing, extra, 'the key'))}."
        case Members(missing, extra):
            return f"{the} {' and '.join(_members(missing, extra))}."
        case Shapes(got, expected):
            return f"{the} has shape {got}, expected {expected}."
        case Lengths(got, expected, names):
            whole = f"{expected} values ({', '.join(names)})" if names else f"a list of {expected}"
            return f"{the} holds {got} values, expected {whole}."
        case Entries() as entries:
            return _entries(difference, entries)
        case Broken(says, error):
            return f"{says}." if says else f"the answer cannot be judged ({error}); is it what the exercise asks for?"


def _members(missing: Sequence[str], extra: Sequence[str], what: str = "") -> Iterator[str]:
    for members, verb in ((missing, "lacks"), (extra, "should not have")):
        if members:
            named = f" {what}{'s' * (len(members) > 1)}" if what else ""
            yield f"{verb}{named} {listed(members[:MOST_KEYS])}"


def _entries(difference: Difference, entries: Entries) -> str:
    part = difference.part
    the = f"`{part}`" if part else "the result"
    index = ", ".join(map(str, entries.index))
    entry = f"`{part or 'result'}[{index}]`" if index else the
    are_several = entries.total > 1 and difference.stage is Stage.VALUES
    count = f"{entries.differing} of {entries.total} entries differ; the first, " if are_several else ""
    by = f" (largest difference {entries.largest}, relative {entries.relative})" if entries.largest else ""
    return f"{count}{entry} is {entries.got}, expected {entries.expected}{by}."


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
