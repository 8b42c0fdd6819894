import Labels
import Tables

/// The labels that the page's scripts show outside the columns of tables, by the name that the
/// scripts have for each.
let pageLabels: [(name: String, label: Bilingual)] = [
  ("rank", ColumnLabel.rank), ("name", ColumnLabel.name), ("score", ColumnLabel.score),
  ("cohort", ColumnLabel.cohort), ("tier", ColumnLabel.tier), ("status", ColumnLabel.status),
  ("evidence", ColumnLabel.evidence), ("reasons", ColumnLabel.reasons),
  ("proposal", ColumnLabel.proposal), ("progress", ColumnLabel.progress),
  ("quotaLine", ColumnLabel.quotaLine), ("degree", ColumnLabel.degree), ("file", ColumnLabel.file),
  ("kind", ColumnLabel.kind), ("message", ColumnLabel.message), ("basis", ColumnLabel.basis),
  ("cure", ColumnLabel.cure), ("fact", ColumnLabel.fact), ("office", ColumnLabel.office),
  ("countsIn", ColumnLabel.countsIn), ("atStake", ColumnLabel.atStake),
  ("part", ColumnLabel.part), ("place", ColumnLabel.place), ("delivered", ColumnLabel.delivered),
  ("accepted", RowLabel.accepted.label), ("returned", RowLabel.returned.label),
  ("superseded", RowLabel.superseded.label), ("findings", Finding.labelOfAll),
  ("returnedRows", RowLabel.returnedRows), ("read", RowLabel.read),
  ("coverage", ReportLabel.coverage),
  ("rankings", ReportLabel.rankings), ("screenings", ReportLabel.screenings),
  ("toDo", ReportLabel.toDo),
  ("run", ReportLabel.run), ("delivery", ReportLabel.delivery),
  ("notListed", ReportLabel.notListed),
  ("notStated", CellState.notStated.label), ("limited", CapState.capped.label),
]
