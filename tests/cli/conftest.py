"""A household file, and the command on it, for all tests of `mikrosim household`."""

import pytest

from mikrosim.cli.app import main


@pytest.fixture
def file(tmp_path, request):
    """Return a file with the family of the test's module."""
    path = tmp_path / "family.yaml"
    path.write_text(request.module.FAMILY, "utf-8")
    return path


@pytest.fixture
def household_command(capsys):
    def called(*arguments, code=0):
        """Return standard output and standard error."""
        with pytest.raises(SystemExit) as ended:
            main(["household", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == code, err
        assert "Traceback" not in err
        return out, err

    return called
