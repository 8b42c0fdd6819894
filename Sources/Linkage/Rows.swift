import RulePacks
import Tables

/// All accepted rows with the pack that says what they mean.
struct Rows: Sendable {
  let pack: RulePack
  let tables: [RecordTable]
  let delivered: [Bool]
  /// Paths of the delivered files.
  let paths: [String]
  let jobs: Int
  /// For each delivered file the first that is the same byte for byte.
  var originals: [Int32] = []
  /// For each delivered file whether records of it share lines.
  var shareLines: [Bool] = []

  /// Indices of the record kinds whose rows belong to a subject kind.
  func kinds(of subject: Int) -> [Int] {
    pack.records.indices.filter { pack.records[$0].subject == .subject(subject) }
  }

  /// Whether values of a field may be printed.
  func isOpen(_ record: Int, _ field: Int) -> Bool {
    pack.records[record].fields[field].sensitivity == .open
  }

  /// A place as messages name it: `a.csv:12`, and `a.xml:1#374` where a line holds many records.
  func name(of place: Place) -> String {
    let path = paths.indices.contains(Int(place.file)) ? paths[Int(place.file)] : "?"
    let isShared = shareLines.indices.contains(Int(place.file)) && shareLines[Int(place.file)]
    return isShared ? "\(path):\(place.line)#\(place.record)" : "\(path):\(place.line)"
  }
}

/// The steps by which rows of one subject kind find their subject.
struct Steps: Sendable {
  let fields: [[String]]
  private let likenesses: [[Likeness]]
  /// Steps of one field that is no name: codes, which the same subject alone has.
  let areCodes: [Bool]

  init(of subject: Int, in rows: Rows) {
    let kinds = rows.kinds(of: subject).map { rows.pack.records[$0] }
    fields = rows.pack.subjects[subject].identity
    likenesses = fields.map { step in step.map { Likeness(of: $0, in: kinds) } }
    areCodes = likenesses.map { likenesses in
      guard likenesses.count == 1, case .name = likenesses[0] else { return likenesses.count == 1 }
      return false
    }
  }

  /// Whether the key of a step is the delivered text itself.
  func isVerbatim(_ step: Int) -> Bool {
    if likenesses[step].count == 1, case .exact = likenesses[step][0] { return true }
    return false
  }

  func reader(_ step: Int, record: Int, in rows: Rows) -> KeyReader? {
    KeyReader(
      step: fields[step], of: rows.pack.records[record], likenesses: likenesses[step],
      in: rows.tables[record])
  }
}
