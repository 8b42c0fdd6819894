/// A paper that Heng itself writes: a workbook, whose properties tell whoever reads it, or a table.
public enum OwnPaper: String, Sendable, CaseIterable {
  /// Rankings, lists and tables of a run.
  case run
  /// What an office is asked to supply.
  case gaps
  /// The part of the formation plan that somebody is to carry out.
  case formation
  /// What changed between two runs.
  case comparison
  /// Rubrics as tables.
  case rubrics
  /// Who is decided on, with columns for what is decided.
  case meeting
  /// Rows that were not accepted, to be mended.
  case returned
  /// Bodies of which a person says whether they are those of the run before.
  case successions
  /// A blank form of a record kind.
  case form
  /// A published table of a run, for machines (.csv).
  case table
  /// A page to be read or printed (.html).
  case page
  /// What a run was made of, for machines (manifest.json).
  case manifest
  /// Subjects explained, for machines (.jsonl).
  case explanations

  /// The name of the property in which a workbook says which it is.
  public static let property = "heng-paper"
  /// The name of the property in which it says of which date the run is that wrote it.
  public static let asOfProperty = "heng-as-of"

  /// What a page names as the program that wrote it.
  public static let generator = "Heng"

  /// What the files of data behind a page begin with.
  public static let scriptCall = "heng(\""

  /// Whether what is filled into it is read where it is delivered.
  public var isReadBack: Bool {
    switch self {
    case .meeting, .returned, .successions, .form: true
    case .run, .gaps, .formation, .comparison, .rubrics, .table, .page, .manifest,
      .explanations:
      false
    }
  }

  /// Names that stand side by side in it, where it is JSON, and in no data of an office.
  public var names: [String] {
    switch self {
    case .manifest: ["run", "as_of", "tool_version", "rule_pack", "inputs"]
    case .explanations: ["rubric", "edition", "basis", "full", "files"]
    case .run, .gaps, .formation, .comparison, .rubrics, .meeting, .returned, .successions, .form,
      .table, .page:
      []
    }
  }

  /// Ids that head columns side by side in it and in no table of an office; any of these by itself.
  public var headingIDs: [[String]] {
    guard self == .table else { return [] }
    return [
      ["rank_low", "rank_high", "assessed_share"], ["decision_proposed", "quota_line"],
      ["severity", "rule", "cure"], ["reason", "raw", "cure"], ["points_at_stake", "counts_in"],
      ["population", "dimension", "group"], ["proposal", "partners", "tie"],
      ["delivered_value", "corrected_value"], ["rubric", "group", "pass_rate"],
      ["form_title", "organizations_unknown"], ["figure", "stated", "computed"],
      ["rubric", "delivered", "computed"], ["rubric", "part", "ranks_moved"],
      ["section", "statistic", "number"], ["dimension", "group", "mean_score", "best_share"],
    ]
  }
}
