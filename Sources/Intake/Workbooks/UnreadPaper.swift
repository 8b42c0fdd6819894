import Fields
import Labels
import Tables

/// A paper of Heng's own of which nothing is read, and why.
struct UnreadPaper {
  var reason = SetAside.Reason.ownPaper
  var what: Bilingual
  var cure: Bilingual

  /// What Heng found out, which is no evidence, though its columns may be called as those of an
  /// office.
  init(_ paper: OwnPaper) {
    (what, cure) = (paper.notData, paper.cure)
  }

  /// A paper of an earlier or later run: what was decided then was decided of other results.
  init(_ paper: OwnPaper, asOf then: String, now: String) {
    reason = .paperNotUsed
    (what, cure) = (paper.ofAnotherTime(then, now: now), paper.cure)
  }

  /// A paper to be filled in of which no sheet is recognised.
  ///
  /// - Parameter missing: labels of the columns that it would have to have.
  init(_ paper: OwnPaper, missing: [String]) {
    reason = .paperNotUsed
    what = paper.unread(missing: missing)
    cure = missing.isEmpty ? paper.cure : paper.cureOfColumns
  }
}

extension WorkbookTaking {
  /// The paper of Heng's own that the workbook is, as it says.
  var ownPaper: OwnPaper? {
    properties[OwnPaper.property].flatMap { OwnPaper(rawValue: $0) }
  }

  /// The same where nothing of it is to be read, or can be.
  ///
  /// A form whose headings nobody knows any more may hold rows all the same, and is no such paper.
  func unreadPaper(_ filled: [SheetTaking]) -> UnreadPaper? {
    if let stale = staleMeeting(filled) { return stale }
    guard let paper = ownPaper else {
      let paper = OwnPaper.allCases.first { paper in
        !paper.isReadBack && filled.contains { !$0.isRecognised && $0.isHeaded(as: paper) }
      }
      return paper.map { UnreadPaper($0) }
    }
    guard paper.isReadBack else { return UnreadPaper(paper) }
    guard paper != .form, !filled.contains(where: \.isRecognised) else { return nil }
    if paper == .returned, !filled.contains(where: \.hasPlaceColumn) {
      return UnreadPaper(paper, missing: [RowLabel.placeWord.zh])
    }
    // Of a sheet of which little is known it helps nobody to hear what it lacks.
    let nearest = filled.compactMap(\.nearest).max { $0.recognised < $1.recognised }
    return UnreadPaper(
      paper, missing: nearest.flatMap { $0.recognised >= 3 ? $0.missing : nil } ?? [])
  }

  /// The paper of a meeting where it is of another date than the run.
  ///
  /// One that was saved in the old format, or by a program that drops properties, says so in its
  /// first line only.
  private func staleMeeting(_ filled: [SheetTaking]) -> UnreadPaper? {
    let headed = filled.filter { $0.isHeaded(as: .meeting) }
    guard ownPaper == .meeting || (ownPaper == nil && !headed.isEmpty) else { return nil }
    let now = task.asOf.description
    let said =
      properties[OwnPaper.asOfProperty].map { [$0] }
      ?? headed.compactMap { OwnPaper.meeting.statedDate(above: $0.head) }
    return said.first { $0 != now }.map { UnreadPaper(.meeting, asOf: scrubbed($0), now: now) }
  }
}
