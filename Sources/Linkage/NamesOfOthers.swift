import RulePacks
import Tables

/// Rows that were found by a code of one subject and bear the name of another, told once a file: in
/// a list of which one column was sorted by itself, or filled in a line too low, every row is one.
///
/// A name that several subjects have tells nothing.
func findings(
  ofNamesIn records: [Int], _ attachments: [RowOwners], _ register: SubjectRegister, _ rows: Rows
) async -> [Finding] {
  let subject = rows.pack.subjects[register.kind]
  guard subject.facts.indices.contains(subject.name), register.count > 0 else { return [] }
  let names = RegisteredNames(subject.facts[subject.name].id, register, rows)
  let work = records.filter { !rows.pack.records[$0].isRoster }.flatMap { record in
    stretches(of: rows.tables[record].count, length: 1 << 17).map { (record: record, rows: $0) }
  }
  let found = await inParallel(work.count, jobs: rows.jobs) { piece in
    names.strangers(work[piece].rows, of: work[piece].record, attachments[work[piece].record], rows)
  }
  var files: [StrangeNames] = []
  for (piece, strangers) in zip(work, found) {
    for stranger in strangers {
      let file = rows.tables[piece.record].places[stranger.row].file
      if let index = files.firstIndex(where: { $0.file == file && $0.record == piece.record }) {
        files[index].rows.append(stranger)
      } else {
        files.append(StrangeNames(record: piece.record, file: file, rows: [stranger]))
      }
    }
  }
  return files.map { $0.finding(names.field, register, rows) }
}

/// A row, and the subject whose name it bears.
private struct Stranger: Sendable {
  var row: Int
  var owner: Int32
  var named: Int32
}

/// The names of all subjects, as their rosters have them.
private struct RegisteredNames: Sendable {
  let field: String
  private let index: KeyIndex
  /// First rows of names that several subjects have.
  private let shared: Set<Int32>
  /// The subject of each roster row.
  private let owners: [Int32]

  init(_ field: String, _ register: SubjectRegister, _ rows: Rows) {
    self.field = field
    let keys = register.rosters.map { roster in
      let count = rows.tables[roster.record].count
      return RegisteredNames.reader(field, roster.record, rows)?.keys(of: 0..<count)
        ?? TextColumn(absent: .notStated, count: count)
    }
    index = KeyIndex(TextColumn.joined(keys))
    owners = register.subjects
    var shared: Set<Int32> = []
    for (row, first) in index.groups.enumerated()
    where first >= 0 && owners[row] != owners[Int(first)] {
      shared.insert(first)
    }
    self.shared = shared
  }

  private static func reader(_ field: String, _ record: Int, _ rows: Rows) -> KeyReader? {
    rows.pack.records[record].field(field).map {
      KeyReader(KeyPart(rows.tables[record].columns[$0], .name))
    }
  }

  func strangers(
    _ range: Range<Int>, of record: Int, _ attachment: RowOwners, _ rows: Rows
  ) -> [Stranger] {
    guard let reader = RegisteredNames.reader(field, record, rows) else { return [] }
    let keys = reader.keys(of: range)
    let found = index.find(0..<keys.count, in: keys)
    var strangers: [Stranger] = []
    for (entry, first) in found.enumerated() where first >= 0 && !shared.contains(first) {
      let row = range.lowerBound + entry
      let (owner, named) = (attachment.owners[row], owners[Int(first)])
      guard owner >= 0, named >= 0, owner != named else { continue }
      strangers.append(Stranger(row: row, owner: owner, named: named))
    }
    return strangers
  }
}

/// Such rows of one file.
private struct StrangeNames {
  let record: Int
  let file: Int32
  var rows: [Stranger]

  func finding(_ field: String, _ register: SubjectRegister, _ all: Rows) -> Finding {
    let kind = all.pack.records[record]
    let places = all.tables[record].places
    let examples = rows.prefix(3).map { stranger in
      let name = kind.field(field).map {
        Statement(record: record, field: $0, row: stranger.row).shown(in: all)
      }
      let place = all.name(of: places[stranger.row])
      let (owner, named) = (
        register.ids[Int(stranger.owner)], register.ids[Int(stranger.named)]
      )
      return Bilingual(
        zh: "\(place) 归入 \(owner)，名称\(name?.zh ?? "")却是 \(named) 的",
        en: "\(place) went to \(owner), but its name \(name?.en ?? "") is that of \(named)")
    }
    let isMore = rows.count > examples.count
    return Finding(
      .error, "name-of-another", subject: register.ids[Int(rows[0].owner)],
      place: places[rows[0].row], field: field,
      message: Bilingual(
        zh: "“\(kind.title)”有 \(rows.count) 行的代码和名称指的不是同一个主体，已按代码归入："
          + examples.map(\.zh).joined(separator: "；") + (isMore ? "；等。" : "。"),
        en: "\(rows.count) rows of “\(kind.title)” mean one subject by their code and another by "
          + "their name, and went to the one of the code: "
          + examples.map(\.en).joined(separator: "; ") + (isMore ? " and so on." : ".")),
      cure: Bilingual(
        zh: "核对代码和名称两列是否错行，或只排序了其中一列；更正后重新报送。",
        en:
          "See whether codes or names have slipped by a line, or one column was sorted by itself; "
          + "mend it and send the file again."))
  }
}
