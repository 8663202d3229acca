"""The one command, ``equipoise``: a verb a file, each thin, over the rooms below.

``main`` is the rim: it turns a person's words into calls, results into a table or one JSON object, and every
failure into an exit code (0 done, 1 the answer is no, 2 bad input, 70 a fault of ours, 130 interrupted).
Nothing heavy is imported before a verb runs, so that help and completion answer at once.
"""

from equipoise.cli.app import main

__all__ = ["main"]
