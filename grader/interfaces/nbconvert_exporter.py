"""`jupyter nbconvert --to functions hw.ipynb`: the definitions of a notebook as a Python file."""

import json
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from grader.notebooks import extract, read_cells


class FunctionsExporter(Exporter):
    """Writes what `grader extract` would hand to the sandbox, without running any of it."""

    export_from_notebook = "Functions (.py)"
    output_mimetype = "text/x-python"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".py"

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own text exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The source of the definitions, and nbconvert's resources as they are."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return extract(read_cells(json.dumps(notebook).encode(), ".ipynb")).source(), resources
