"""Public series judged by a plain threshold and by the product's own rules: how much is said, and how late.

Prints the tables of docs/kpis.md: `python -m benchmarks.replay`; with a folder, it draws the pictures there too.
Where the series come from: data/SOURCES.md.
"""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.core import Bilingual
from domain.kpis.alerts.machine import Judged, Rules, judge
from domain.kpis.charts.queries import KpiChart
from domain.kpis.charts.xmr import Point, chart
from domain.kpis.record import Frequency, Kpi, Signals
from domain.measures.targets import target
from views.core import Language
from views.core.drawing import known_signs, png
from views.kpis.picture import svg

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Series:
    """`change`: the first period of the known change; `goal`: what somebody might have set from the values before."""

    file: str
    name: str
    goal: str
    change: date
    a_year: int  # values

    @property
    def points(self) -> list[Point]:
        with (DATA / self.file).open() as file:
            return [Point(date.fromisoformat(row["period"]), Decimal(row["value"])) for row in csv.DictReader(file)]


SERIES = (
    Series("nile.csv", "Flow of the Nile at Aswan", "≥930", date(1899, 12, 31), 1),
    Series("unemployment.csv", "US unemployment", "≤5 %", date(2007, 12, 31), 12),
    Series("nightingale.csv", "Deaths by disease, Crimea", "≤300", date(1855, 4, 30), 12),
)


def main(folder: Path | None) -> None:
    sys.stdout.write(
        "| series | judged by | messages a year (in all) | of them before the change | told | late by (values) |\n"
    )
    sys.stdout.write("| --- | --- | --- | --- | --- | --- |\n")
    for series in SERIES:
        for name, told in judged(series).items():
            sys.stdout.write(row(series, name, told) + "\n")
    for series in SERIES[:2] if folder else ():
        assert folder is not None
        (folder / f"kpi-{Path(series.file).stem}.png").write_bytes(picture(series))


def judged(series: Series) -> dict[str, list[date]]:
    """The periods in which something is said: an alert opens or closes, a change is seen."""
    points = series.points
    two = Rules(target(series.goal), None, 2, 2, Decimal(5))
    return {
        f"plain threshold {series.goal}": crossings(points, Rules(target(series.goal))),
        "two values in a row, 5 % inside twice": crossings(points, two),
        "usual range, two rules": changes(points, Signals.DEFAULT),
        "usual range, four rules": changes(points, Signals.NHS),
    }


def crossings(points: Sequence[Point], rules: Rules) -> list[date]:
    episodes = judge([Judged(point.period, point.value, rules) for point in points]).episodes
    return sorted(day for episode in episodes for day in (episode.since, episode.until) if day is not None)


def changes(points: Sequence[Point], rules: Signals) -> list[date]:
    return [points[episode.seen].period for episode in chart(points, rules).episodes]


def row(series: Series, name: str, told: Sequence[date]) -> str:
    points = series.points
    years = Decimal(len(points)) / series.a_year
    after = [day for day in told if day >= series.change]
    periods = [point.period for point in points]
    late = periods.index(after[0]) - periods.index(series.change) if after else None
    first, behind = (_when(after[0], series), f"{late}") if after else ("never", "–")
    early = sum(day < series.change for day in told)
    return f"| {series.name} | {name} | {len(told) / years:.2f} ({len(told)}) | {early} | {first} | {behind} |"


def picture(series: Series) -> bytes:
    kpi = Kpi(id=1, key=series.file, name=Bilingual(series.name), target=series.goal, frequency=Frequency.MONTHLY)
    drawn = KpiChart(kpi, "", chart(series.points[:52]))
    return png(svg(drawn, Language("en", ZoneInfo("UTC")), known_signs()))


def _when(day: date, series: Series) -> str:
    return f"{day.year}" if series.a_year == 1 else f"{day:%B %Y}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
