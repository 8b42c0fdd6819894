import RulePacks
import Tables

/// What later rows leave blank that an earlier row of the same subject states.
///
/// The later row counts as it stands, and values are not taken over from the earlier one: whether
/// the blank takes something back, or was only not filled in, a person has to say.
struct Blanked {
  private let record: Int
  private let rows: Rows
  /// By field; those by which a row finds its subject say nothing about it, and the date by which
  /// the latest row is known is stated in both.
  private let asked: [(field: Int, presence: Presence)]

  init(_ record: Int, _ rows: Rows) {
    self.record = record
    self.rows = rows
    let kind = rows.pack.records[record]
    let identity = Set((rows.pack.identitySteps(of: kind) ?? []).joined())
    asked = kind.fields.indices.filter { field in
      kind.fields[field].isCompared && field != kind.latest && !identity.contains(field)
    }.map { ($0, rows.tables[record].columns[$0].presence) }
  }

  /// Fields that the row that counts does not state, nor states to be none, and the other does.
  func fields(winner: Int, loser: Int) -> [Int] {
    asked.filter { $0.presence[winner] == .notStated && $0.presence.isStated(loser) }
      .map(\.field)
  }

  /// What is said of one subject.
  func finding(_ fields: [Int], winner: Int, loser: Int, subject: String?) -> Finding {
    let kind = rows.pack.records[record]
    let places = rows.tables[record].places
    let (later, earlier) = (rows.name(of: places[winner]), rows.name(of: places[loser]))
    let parts = fields.map { field -> (zh: String, en: String) in
      let lost = Statement(record: record, field: field, row: loser).shown(in: rows)
      let label = kind.fields[field].label
      return ("“\(label)”\(lost.zh)", "“\(label)” \(lost.en)")
    }
    return Finding(
      .warning, "later-row-blank", subject: subject, place: places[winner],
      field: fields.first.map { kind.fields[$0].id },
      message: Bilingual(
        zh: "\(kind.title)：采用较新的一行（\(later)），其中没有填写较早一行（\(earlier)）填过的"
          + parts.map(\.zh).joined(separator: "、") + "，现在按未填处理。",
        en: "\(kind.title): the later row (\(later)) counts and leaves blank what the earlier one "
          + "(\(earlier)) states: " + parts.map(\.en).joined(separator: ", ")
          + "; that is not stated now."),
      cure: Bilingual(
        zh: "请核对：漏填的，在较新的一行补填后重新报送，或提交更正；确实没有的，不必处理。",
        en: "Check it: what was only left out, fill in in the later row and deliver it again, or "
          + "send a correction; where there is none any more, nothing is to be done."))
  }
}
