import Labels
import Tables

/// The labels that the page's scripts show outside the columns of tables, by the name that the
/// scripts have for each.
let pageLabels: [(name: String, label: Bilingual)] = [
  ("rank", ColumnLabel.rank), ("name", ColumnLabel.name), ("score", ColumnLabel.score),
  ("tier", ColumnLabel.tier), ("status", ColumnLabel.status),
  ("evidence", ColumnLabel.evidence), ("file", ColumnLabel.file), ("basis", ColumnLabel.basis),
  ("cure", ColumnLabel.cure), ("fact", ColumnLabel.fact), ("office", ColumnLabel.office),
  ("acts", ColumnLabel.acts),
  ("countsIn", ColumnLabel.countsIn), ("atStake", ColumnLabel.atStake),
  ("part", ColumnLabel.part), ("place", ColumnLabel.place),
  ("accepted", RowLabel.accepted.label), ("returned", RowLabel.returned.label),
  ("superseded", RowLabel.superseded.label), ("findings", Finding.labelOfAll),
  ("returnedRows", RowLabel.returnedRows), ("read", RowLabel.read),
  ("coverage", ReportLabel.coverage),
  ("rankings", ReportLabel.rankings), ("screenings", ReportLabel.screenings),
  ("published", ReportLabel.published), ("statistics", ReportLabel.statistics),
  ("byGroup", ReportLabel.byGroup),
  ("formation", ReportLabel.formation),
  ("forms", ReportLabel.forms), ("moved", ReportLabel.moved),
  ("tierUp", MoveLabel.tierUp), ("tierDown", MoveLabel.tierDown),
  ("intoRanking", MoveLabel.ranked), ("outOfRanking", MoveLabel.unranked),
  ("toDo", ReportLabel.toDo),
  ("ratingsDiffer", ReportLabel.ratingsDiffer), ("ratingsCompared", ReportLabel.ratingsCompared),
  ("run", ReportLabel.run),
  ("notListed", ReportLabel.notListed),
  ("notStated", CellState.notStated.label), ("limited", CapState.capped.label),
]
