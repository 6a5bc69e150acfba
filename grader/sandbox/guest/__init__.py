"""What runs beside student code. It imports of the grader nothing but the wire and the reading of notebooks.

Nothing here is trusted by the parent. `main` is the process, `serving` its protocol, `submission` a notebook within it,
`functions` one function that is loaded and called; a running kernel uses the same `serving` and `functions`.
"""
