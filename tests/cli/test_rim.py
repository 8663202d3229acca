"""Every way in which the command can end: its exit code, and the one message that goes with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from equipoise.cli import app, main, rim
from equipoise.cli.messages import MESSAGES, bad_input, nearest
from equipoise.scenario import InputError
from house.commands import equipoise, plain_environment, run


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], int]:
    """Run the command with a verb that ends by raising what it is given."""

    def end(error: BaseException) -> int:
        def verb(**_: object) -> None:
            raise error

        command = next(c for c in app.app.registered_commands if c.name == "init")
        monkeypatch.setattr(command, "callback", verb)
        return main(["init", "somewhere"])

    return end


def test_a_fault_of_ours_ends_with_70_and_not_with_the_answer_no(
    ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    code = ending(ZeroDivisionError("division by [bold]zero"))
    said = capsys.readouterr()
    assert code == 70
    assert said.out == ""
    assert said.err.startswith("error[fault]: a fault of ours")
    assert "division by [bold]zero" in said.err
    assert "Traceback" not in said.err
    assert "EQUIPOISE_DEBUG" in said.err


def test_the_traceback_shows_when_asked_for(
    ending: Callable[[BaseException], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EQUIPOISE_DEBUG", "1")
    assert ending(ZeroDivisionError("x")) == 70
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError("deep"), AssertionError(), KeyError("a")], ids=repr
)
def test_other_faults_are_faults_too(ending: Callable[[BaseException], int], error: Exception) -> None:
    assert ending(error) == 70


def test_bad_input_ends_with_2_and_says_where_what_and_what_would_do(
    ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    error = InputError(
        "x-id",
        "mass is -3",
        file="a.yaml",
        line=4,
        column=7,
        field="payload_kg",
        hint="give a mass above 0",
    )
    assert ending(error) == 2
    assert capsys.readouterr().err == (
        "error[x-id]: a.yaml:4:7: payload_kg: mass is -3\nhint: give a mass above 0\n"
    )


def test_an_interrupt_ends_with_130(
    ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == f"error[interrupted]: {MESSAGES['interrupted'].text}\n"


def test_an_interrupt_that_a_library_swallows_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    swallowed = []

    def verb(**_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            swallowed.append(True)
        time.sleep(5)

    command = next(c for c in app.app.registered_commands if c.name == "init")
    monkeypatch.setattr(command, "callback", verb)
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    assert main(["init", "somewhere"]) == 130
    assert swallowed == [True]
    assert capsys.readouterr().err.startswith("error[interrupted]")
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)) == before


def test_a_reader_that_goes_away_is_no_error() -> None:
    words = f"{sys.executable} -m equipoise.cli catalogue list --json | head -c 1"
    done = run(("bash", "-o", "pipefail", "-c", words))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("after_s", [0.05, 0.4, 1.5])
def test_ctrl_c_leaves_no_half_report(after_s: float, tmp_path: Path) -> None:
    out = tmp_path / "report"
    words = (sys.executable, "-m", "equipoise.cli", "study", "lisbon-2010", "--out", str(out))
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain_environment()
    ) as job:
        assert job.stderr is not None
        job.stderr.readline()
        time.sleep(after_s)
        job.send_signal(signal.SIGINT)
        _, said = job.communicate(timeout=60)
    assert job.returncode == 130, said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fli"], "Did you mean 'fly'?"),
        (["fly", "--form", "1,2"], "No such option"),
        (["fly"], "Missing option '--missile'"),
        (["bench", "kitchen"], "'kitchen' is not one of"),
        (["init"], "Missing argument 'DIR'"),
        (["fly", "--azimuth", "north"], "Input should be a valid number"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, list) else "",
)
def test_wrong_usage_ends_with_2_and_a_guess(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error[usage]: ")
    assert says in said.err
    assert "--help` lists what it takes" in said.err


def test_every_message_can_be_filled_in_and_says_what_would_do() -> None:
    import string

    for id, message in MESSAGES.items():
        names = {name for _, name, _, _ in string.Formatter().parse(message.text + message.hint) if name}
        if "{found:g}" in message.text:
            error = bad_input(id, **{**dict.fromkeys(names, "x"), "found": 5.0})
        else:
            error = bad_input(id, **dict.fromkeys(names, "x"))
        assert error.id == id
        assert "{" not in error.message
        assert id == "interrupted" or error.hint


def test_the_nearest_name_is_offered_only_where_one_is_near() -> None:
    assert nearest("Shahab3", ["shahab-3-assumed", "shahab-3", "nodong"]) == "; did you mean 'shahab-3'?"
    assert nearest("zzz", ["shahab-3", "nodong"]) == ""


def test_no_argument_gives_short_help_with_two_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert said.count("  equipoise ") == 2
    assert len(said.splitlines()) < 10


def test_no_color_may_stand_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for words in (["--no-color", "fly", "--help"], ["fly", "--help", "--no-color"]):
        assert main(words) == 0
        assert os.environ["NO_COLOR"] == "1"
        monkeypatch.setenv("NO_COLOR", "")


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_no_escape_codes_where_colour_is_off(env: dict[str, str]) -> None:
    words = f"{sys.executable} -m equipoise.cli catalogue list"
    done = run(("script", "-qec", words, "/dev/null"), env=env)
    assert done.returncode == 0
    assert "\x1b[3" not in done.stdout


def test_json_stands_alone_on_stdout_with_progress_on_stderr(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert equipoise("init", str(folder)).returncode == 0
    scenario = next(folder.glob("*.yaml"))
    done = equipoise("study", str(scenario), "--quick", "--json", "--out", str(tmp_path / "report"))
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert "reading the scenario" in done.stderr
    assert "\x1b" not in done.stderr


def test_the_exit_codes_are_those_that_are_documented() -> None:
    codes = (rim.DONE, rim.ANSWER_NO, rim.BAD_INPUT, rim.FAULT, rim.INTERRUPTED)
    assert codes == (0, 1, 2, 70, 130)
