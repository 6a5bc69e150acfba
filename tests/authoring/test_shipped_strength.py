"""The checks of the shipped assignments bite. A part of the mutants is tried here; `make validate` tries all."""

import pytest

from grader.authoring.strength import Effort
from grader.authoring.validation import validate
from grader.catalogue import load, shipped

PART = Effort(seeds=(0,), further_draws=5, varied_inputs=30, most_mutants=40)


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_wrong_with_a_shipped_assignment(name):
    """Reference, cases, bank and template are right, and every mutant that is wrong loses points."""
    report = validate(load(name), PART)
    assert [finding for finding in report.all_findings if finding.wrong] == []
    assert report.caught == report.wrong > 0
