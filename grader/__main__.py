"""`python -m grader` is the same program as `grader`."""

from .cli import main

if __name__ == "__main__":
    main()
