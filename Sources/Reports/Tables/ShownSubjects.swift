import RulePacks
import Tables

/// The subjects of one kind as reports show them: by id and name.
///
/// A class, because rows pass it on, and a struct of so many references is slow to pass on.
final class ShownSubjects: Sendable {
  private let ids: TextColumn
  /// Nil where the name may not appear in reports.
  private let names: TextSource?

  init(_ results: RunResult, kind: Int) {
    let subject = results.pack.subjects[kind]
    ids = results.dossiers.subjects[kind].ids
    names =
      subject.facts[subject.name].sensitivity == .open
      ? TextSource(results.dossiers, subject: kind, fact: subject.name) : nil
  }

  /// Ids and names of some subjects, in their order.
  func picked(_ rows: [Int32]) -> (ids: TextBuffer, names: TextBuffer) {
    (ids(rows), names(rows))
  }

  func ids(_ rows: [Int32]) -> TextBuffer { ids.picked(rows) }

  func names(_ rows: [Int32]) -> TextBuffer {
    names?.picked(rows) ?? TextBuffer(rows.lazy.map { _ in [] })
  }

  func id(_ row: Int) -> String { ids[row] }

  func name(_ row: Int) -> String { names?.text(row) ?? "" }
}
