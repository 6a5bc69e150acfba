"""`python -m grader` is the same program as `grader`."""

from .interfaces.cli.main import main

if __name__ == "__main__":
    main()
