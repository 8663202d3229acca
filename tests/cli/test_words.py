"""A verb with reserved words: the words are tried first, and anything else is the verb's own argument."""

from __future__ import annotations

import pytest
import typer
from typer.main import get_command

from equipoise.cli import rim
from equipoise.cli.words import VerbWithWords


@pytest.fixture
def verb() -> typer.Typer:
    app, inner = typer.Typer(rich_markup_mode=None), typer.Typer(rich_markup_mode=None)

    class WithWords(VerbWithWords):
        words = inner

    @app.callback()
    def root() -> None:
        """A house."""

    @inner.command("claims")
    def claims(quick: bool = False) -> None:
        """Run the claims."""
        print(f"claims {quick}")

    @app.command("prove", cls=WithWords)
    def prove(scenario: str = typer.Argument("all"), quick: bool = False) -> None:
        """Prove it."""
        print(f"own {scenario} {quick}")

    return app


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["prove"], "own all False"),
        (["prove", "lisbon"], "own lisbon False"),
        (["prove", "--quick"], "own all True"),
        (["prove", "--quick", "claims"], "own claims True"),
        (["prove", "claims"], "claims False"),
        (["prove", "claims", "--quick"], "claims True"),
    ],
    ids=" ".join,
)
def test_a_word_that_stands_first_is_the_sub_verb(
    verb: typer.Typer, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rim.run(get_command(verb), words) == 0
    assert capsys.readouterr().out.strip() == says


def test_help_lists_the_words_and_each_has_its_own(
    verb: typer.Typer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rim.run(get_command(verb), ["prove", "--help"]) == 0
    own = capsys.readouterr().out
    assert "Usage: equipoise prove [OPTIONS] [scenario]" in own
    assert "claims  Run the claims." in own
    assert rim.run(get_command(verb), ["prove", "claims", "--help"]) == 0
    assert "Usage: equipoise prove claims [OPTIONS]" in capsys.readouterr().out


def test_wrong_usage_of_a_word_names_the_word(verb: typer.Typer, capsys: pytest.CaptureFixture[str]) -> None:
    assert rim.run(get_command(verb), ["prove", "claims", "--slow"]) == 2
    assert "`equipoise prove claims --help` lists what it takes" in capsys.readouterr().err
