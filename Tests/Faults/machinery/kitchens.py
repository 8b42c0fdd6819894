"""A delivery so small that it is published in a tenth of a second, and its later editions."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from .folders import renew
from .program import PROJECT

SOURCE = PROJECT / "Tests/PipelineTests/Cases/objections-and-decisions/inputs"

RETENTION = """retention:
  - {of: deliveries, keep: 30 days, basis: Evaluation order § 12}
  - {of: explanations, keep: 60 days, basis: Evaluation order § 12}
  - {of: reports, keep: 1 year, basis: Archive rules § 3}
  - {of: facts, keep: 1 year, basis: Archive rules § 3}
  - {of: results, keep: 1 year, basis: Archive rules § 3}
"""


@dataclass(frozen=True)
class Kitchens:
    """Where the parts of the small delivery lie in a copy of it."""

    place: Path

    @property
    def rules(self) -> Path:
        return self.place / "inputs/rules/kitchens"

    @property
    def feed(self) -> Path:
        """The first edition of the run `feed`."""
        return self.place / "inputs/feed"

    @property
    def again(self) -> Path:
        """The second edition of the run `feed`: other rows."""
        return self.place / "inputs/again"

    @property
    def later(self) -> Path:
        """The run of the quarter after."""
        return self.place / "inputs/later"

    @property
    def reports(self) -> Path:
        return self.place / "reports"

    @property
    def out(self) -> Path:
        """Where commands write what is asked of them."""
        return self.place / "out"

    def copy(self, place: Path) -> "Kitchens":
        """The same elsewhere."""
        renew(place, self.place)
        return Kitchens(place)


def make_kitchens(place: Path) -> Kitchens:
    """Lays the deliveries and their pack out; nothing is published yet."""
    kitchens = Kitchens(renew(place))
    shutil.copytree(SOURCE, place / "inputs")
    kitchens.out.mkdir()
    kitchens.reports.mkdir()
    with open(kitchens.rules / "pack.yaml", "a", encoding="utf-8") as pack:
        pack.write(RETENTION)
    decisions = kitchens.rules / "records/3-decisions.yaml"
    decisions.write_text(decisions.read_text().replace(
        "case: decisions\n", "case: decisions\nunique: [number, honour, decided_on]\n"))
    run = (kitchens.feed / "run.yaml").read_text()
    register = (kitchens.feed / "register.csv").read_text()
    for folder, text in (
        (kitchens.again, "id: feed\n" + run),
        (kitchens.later, run.replace("2024-06-30", "2024-09-30").replace("second", "third")),
    ):
        shutil.copytree(kitchens.feed, folder)
        (folder / "run.yaml").write_text(text)
        (folder / "register.csv").write_text(
            register.replace("Copper Pot,5", "Copper Pot,1").replace("Bay Leaf,7", "Bay Leaf,12")
            + "K12,New Ladle,3\n")
    return kitchens
