"""The command line from outside: exit codes, streams, and what is imported."""

import subprocess
import sys

import pytest

from mikrosim.cli.app import COMMANDS, main
from mikrosim.cli.status import Status
from mikrosim.report.texts import Words


def call(*arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return ended.value.code or 0, out, err


def test_help_lists_every_command_with_a_sentence(capsys):
    code, out, _ = call("--help", capsys=capsys)

    assert code == 0
    for command in COMMANDS:
        (line,) = [line for line in out.splitlines() if line.strip().startswith(f"{command} ")]
        assert len(line.split()) > 3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    code, out, _ = call(command, "--help", capsys=capsys)

    assert code == 0
    assert f"Usage: mikrosim {command}" in out


def test_version(capsys):
    code, out, _ = call("--version", capsys=capsys)

    assert code == 0
    assert out.startswith("mikrosim 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rum"], "Did you mean 'run'"),
        (["run"], "SCENARIO"),
        (["run", "x.yaml", "--households", "0"], "households"),
        (["run", "x.yaml", "--behaviour", "clever"], "behaviour"),
        (["run", "x.yaml", "--format", "xml"], "format"),
    ],
)
def test_wrong_usage_exits_2_and_says_why_on_standard_error(arguments, words, capsys):
    code, out, err = call(*arguments, capsys=capsys)

    assert code == 2
    assert words in err
    assert out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "no/such/scenario.yaml"], "no/such/scenario.yaml"),
        (["run", "x.yaml", "--replicates", "1"], "at least 2"),
        (["run", "x.yaml", "--behaviour", "labour_supply"], "not modelled yet"),
        (["run", "x.yaml", "--out", "FILE"], "is a file"),
    ],
)
def test_a_user_s_error_is_one_message_and_exit_1(arguments, words, tmp_path, capsys):
    (tmp_path / "FILE").write_text("")
    arguments = [str(tmp_path / "FILE") if word == "FILE" else word for word in arguments]

    code, out, err = call(*arguments, capsys=capsys)

    assert code == 1
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def test_nothing_is_written_on_bad_input(tmp_path, capsys):
    scenario = tmp_path / "broken.yaml"
    scenario.write_text("name: x\nyear: 2025\nreform: {no.such: 1}\n")

    code, _, err = call("run", str(scenario), "--out", str(tmp_path / "out"), capsys=capsys)

    assert code == 1
    assert "no.such" in err
    assert [path.name for path in tmp_path.iterdir()] == ["broken.yaml"]


def test_interruption_exits_130(monkeypatch, tmp_path, capsys):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("mikrosim.simulation.run.run", interrupted)
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text("name: x\nyear: 2025\n")

    assert call("run", str(scenario), capsys=capsys)[0] == 130


def test_commands_are_imported_only_when_they_are_called():
    code = (
        "import sys; from mikrosim.cli import app; app.load_command('run')\n"
        "heavy = {'numba', 'numpy', 'pandas', 'pyarrow', 'pydantic', 'rich', 'scipy', 'mikrosim.cli.law'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


class Terminal:
    def __init__(self, live):
        self.live, self.text = live, ""

    def isatty(self):
        return self.live

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_the_status_line_is_wiped_when_it_is_done():
    terminal = Terminal(live=True)

    with Status(Words("nb"), stream=terminal) as status:
        status("loading")
        status("computing")

    assert "Regner …" in terminal.text
    assert terminal.text.endswith("\r\033[K")


def test_without_a_terminal_only_slow_stages_are_told_once():
    stream = Terminal(live=False)

    with Status(Words("nb"), stream=stream) as status:
        for stage in ("loading", "compiling", "compiling", "computing"):
            status(stage)

    assert stream.text == "Kompilerer reglene (bare første gang) …\n"


def test_quiet_says_nothing():
    terminal = Terminal(live=True)

    with Status(Words("nb"), quiet=True, stream=terminal) as status:
        status("compiling")

    assert terminal.text == ""
