"""A measured figure, what it should be, and how both are shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guards import Bound, Guard

NO_GOAL = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Args:
        name: What was measured; the same from commit to commit.
        value: The result.
        unit: The unit of the value and of the goal.
        goal: What it should be.
        bound: Whether the goal is the highest or the lowest that will do.
        detail: What belongs to this measurement only, shown behind the name.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    bound: Bound = "at most"
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; true where there is none."""
        if self.goal is None:
            return True
        return self.value <= self.goal if self.bound == "at most" else self.value >= self.goal

    def cells(self) -> tuple[str, str, str, str]:
        """Return figure, value, goal, and the value as a share of the goal.

        >>> Figure("import mikrosim", 0.06, "s", goal=0.3).cells()
        ('import mikrosim', '0.060 s', 'at most 0.3 s', '0.20')
        """
        shown = f"{_number(self.value)} {self.unit}".strip()
        name = f"{self.name} ({self.detail})" if self.detail else self.name
        if self.goal is None:
            return name, shown, NO_GOAL, NO_GOAL
        goal = f"{self.bound} {self.goal:g} {self.unit}".strip()
        return name, shown, goal, f"{self.value / self.goal:.2f}" + ("" if self.is_met else "  missed")

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON takes it."""
        return asdict(self) | {"is_met": self.is_met}


def figure_from_dict(content: Mapping[str, Any]) -> Figure:
    """Return the figure that `Figure.to_dict` wrote."""
    return Figure(**{name: value for name, value in content.items() if name != "is_met"})


def refusal(figure: Figure, guard: Guard) -> str | None:
    """Return why a guarded ratio fails its benchmark; None if it passes.

    >>> from guards import Guard
    >>> refusal(Figure("ten laws against one", 4.2, "times"), Guard(2.5, "at most"))
    'ten laws against one: 4.20 times, worse than 2.50 by more than 33 %; see guards.py'
    """
    if guard.holds(figure.value):
        return None
    worse = f"worse than {_number(guard.measured)} by more than {100 * guard.margin:.0f} %"
    return f"{figure.name}: {_number(figure.value)} {figure.unit}, {worse}; see guards.py"


def table(figures: Sequence[Figure]) -> list[str]:
    """Return the figures as lines of a table for the terminal."""
    rows = [("figure", "measured", "goal", "measured / goal"), *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]

    def line(row: Sequence[str]) -> str:
        name, shown, goal, share = row
        return f"{name:<{widths[0]}}  {shown:>{widths[1]}}  {goal:<{widths[2]}}  {share}".rstrip()

    return [line(rows[0]), "-" * (sum(widths) + 6), *map(line, rows[1:])]


def markdown(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = ["| Figure | Measured | Goal |", "|---|---:|---|"]
    rows += [f"| {name} | {shown} | {goal} |" for name, shown, goal, _ in (figure.cells() for figure in figures)]
    return "\n".join(rows)


def _number(value: float) -> str:
    """Return three significant digits of the figures that occur, never with an exponent.

    >>> [_number(value) for value in (0.0612, 7.251, 16.41, 1234.2)]
    ['0.061', '7.25', '16.4', '1234']
    """
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}"
