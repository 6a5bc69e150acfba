"""Classes made up for reports: an ordinary one with names in many scripts, and one in which everybody is hostile."""

from __future__ import annotations

from grader.model import (
    ComparedPart,
    Counterexample,
    Difference,
    Entries,
    ExerciseGrade,
    Grade,
    Kinds,
    LeftOut,
    Place,
    Provenance,
    Raised,
    Stage,
    Status,
    SubmissionStatus,
    Verdict,
)

NAMES = [
    "Ada Lovelace",
    "Núñez, María",
    "Łukasz Żółć",
    "小林 あやか",
    "محمد بن سلمان",
    "Иван Петров",
    "अनन्या शर्मा",
    'O\'Brien, "Pat"',
]
SECRET = "3.14159"
TITLE = "Slopes of a parabola"


def off(got: str, expected: str) -> Difference:
    """Two of two entries of the part y are not as they should be."""
    return Difference(Stage.VALUES, "y", Entries(got, expected, (0,), 2, 2, largest="8", relative="2"))


PASSED = (Verdict("by hand", True, fixed=True), Verdict("drawn", True), Verdict("drawn too", True))
FAILED = (
    Verdict("by hand", False, off("-4", "4"), fixed=True),
    Verdict("drawn", False, off(f"-{SECRET}", SECRET)),
    Verdict("drawn too", False, Raised("ValueError", f"the input was {SECRET}", Place(2, 3))),
)
KNOWN_ONLY = (PASSED[0], *FAILED[1:2], Verdict("drawn too", False, off("1", "2")))
EXAMPLE = Counterexample((("x", "[1, 2]"),), (ComparedPart("y", "[«-1», «-4»]", "[«1», «4»]", True),))


def exercise(name: str, status: Status = Status.PASSED, **fields: object) -> ExerciseGrade:
    """An exercise of 3 points with three cases."""
    passed = status is Status.PASSED
    given: dict[str, object] = {
        "points": 3.0 if passed else 0.0,
        "max_points": 3.0,
        "cases_passed": 3 if passed else 0,
        "cases_total": 3,
        "place": Place(2, 1),
        "verdicts": PASSED if passed else FAILED,
        "asks": f"The {name} of x, as an array.",
        "source": f"def {name}(x):\n    return x ** 2\n",
        "seconds": 0.01,
    }
    return ExerciseGrade(name, status, **(given | fields))  # type: ignore[arg-type]


def graded(submission: str, student: str, *exercises: ExerciseGrade, **fields: object) -> Grade:
    """A graded submission of these exercises."""
    score = sum(each.points for each in exercises)
    total = sum(each.max_points for each in exercises)
    given: dict[str, object] = {
        "exercises": exercises,
        "seconds": 0.1,
        "title": TITLE,
        "record": Provenance(seed=424242),
    }
    given |= fields
    return Grade(submission, student, "slopes", SubmissionStatus.GRADED, score, total, **given)  # type: ignore[arg-type]


def ungraded(submission: str, student: str, status: SubmissionStatus, message: str) -> Grade:
    """A submission that could not be graded."""
    kind = Status.GRADER_FAULT if status is SubmissionStatus.GRADER_FAULT else Status.MISSING
    nothing = {"place": None, "verdicts": (), "source": "", "not_run": message}
    exercises = (exercise("square", kind, **nothing), exercise("slope", kind, **nothing))
    return Grade(submission, student, "slopes", status, 0.0, 6.0, problem=message, exercises=exercises)


def mistaken(name: str, **fields: object) -> ExerciseGrade:
    """An exercise with a known mistake."""
    known = {"mistake": "sign", "diagnosis": "Your slope has the wrong sign.", "question": "Which way does it go?"}
    return exercise(name, Status.WRONG, **({"counterexample": EXAMPLE} | known | fields))


def ordinary() -> list[Grade]:
    """Eight people with names in many scripts, one unreadable file and one fault of the grader's own."""
    people = [graded(f"{name}/hw.ipynb", name, exercise("square"), exercise("slope")) for name in NAMES[:4]]
    people += [graded(f"{name}/hw.ipynb", name, exercise("square"), mistaken("slope")) for name in NAMES[4:7]]
    third = exercise("square", Status.PARTIAL, points=1.0, cases_passed=1)
    typed = exercise("slope", Status.WRONG, verdicts=KNOWN_ONLY, cases_passed=1)
    people.append(graded(f"{NAMES[7]}/hw.ipynb", NAMES[7], third, typed, left_out=(LeftOut(3, 1, "not Python"),)))
    people.append(ungraded("web page.ipynb", "web page", SubmissionStatus.UNREADABLE, "The file is a web page."))
    people.append(ungraded("ours.ipynb", "ours", SubmissionStatus.GRADER_FAULT, "no process could be started"))
    return people


HOSTILE = [
    "<script>document.documentElement.dataset.pwned=1</script>",
    "<img src=x onerror=document.documentElement.dataset.pwned=2>",
    '"><svg onload=document.documentElement.dataset.pwned=3>',
    "</pre></title></style></textarea><script>document.documentElement.dataset.pwned=4</script>",
    "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0;=1+1\t=2+2\n=3+3",
    "@SUM(1+1)*cmd",
    "\x1b]0;taken over\x07\x1b[2J\x1b[31mred\x9b31m",
    "::error file=/etc/passwd::mine\n::set-output name=x::y\r\n::add-mask::e",
    "![pic](http://127.0.0.1:9/picture) [click](javascript:alert(1)) <http://127.0.0.1:9/> http://127.0.0.1:9/auto",
    "| a | b |\n|---|---|\n# heading\n- item\n1. one\n```\nfence\n~~~~~\n> quote\n$x$ \\(y\\) \\[z\\] \\begin{align}",
    "]]><!-- --><![CDATA[ <?php ?> &lt;script&gt; &amp; \ufffe \uffff \x00 \x0b",
    "\u202egnp.exe \u2066 \u200b \ufeff \ud800",
    "'; DROP TABLE grades; --",
    "`` ` ``` code",
    "*a* _b_ **c** ~~d~~ www.example.org user@example.org @someone #12",
    "../../../etc/passwd",
    "CON",
    "x" * 3000,
]


def hostile() -> list[Grade]:
    """Submissions in which everything that a student can choose is an attack."""
    return [_attacker(number, text) for number, text in enumerate(HOSTILE)]


def _attacker(number: int, text: str) -> Grade:
    verdicts = (
        Verdict("by hand", False, Raised(text, text, Place(2, 1)), fixed=True),
        Verdict("drawn", False, Difference(Stage.TYPE, "y", Kinds(f"the text {text!r}", "1"))),
    )
    attack = exercise(
        "square",
        Status.RAISED,
        verdicts=verdicts,
        source=f"def square(x):\n    # {text}\n    raise Exception('''{text}''')\n",
        printed=text,
        counterexample=Counterexample((("x", "[1]"),), (ComparedPart("y", f"«{text}»", "[«1»]", True),), text),
    )
    return graded(
        f"{number} {text}.ipynb",
        text,
        attack,
        mistaken("slope", printed=text),
        left_out=(LeftOut(1, 1, text),),
        missing_modules=(text,),
    )
