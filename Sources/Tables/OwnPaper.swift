/// A workbook that Heng itself writes, as its properties tell whoever reads it.
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

  /// The name of the property in which a workbook says which it is.
  public static let property = "heng-paper"
  /// The name of the property in which it says of which date the run is that wrote it.
  public static let asOfProperty = "heng-as-of"

  /// Whether what is filled into it is read where it is delivered.
  public var isReadBack: Bool {
    switch self {
    case .meeting, .returned, .successions, .form: true
    case .run, .gaps, .formation, .comparison, .rubrics: false
    }
  }
}
