import RulePacks
import Tables

/// The delivered rows that corrections speak of.
struct Targets {
  /// For each correction, in ascending order.
  private(set) var rows: [[Int]]
  /// For each correction, whether any row is the subject's, wherever it says that it stands.
  private var hasRows: [Bool]

  init(of requests: [CorrectionRequest], in delivery: Delivery, _ pack: RulePack) {
    rows = Array(repeating: [], count: requests.count)
    hasRows = Array(repeating: false, count: requests.count)
    let all = Rows(
      pack: pack, tables: delivery.records, delivered: delivery.delivered,
      paths: delivery.files.map(\.path), jobs: 1)
    for record in pack.records.indices {
      let mine = requests.indices.filter { requests[$0].record == record }
      guard !mine.isEmpty, case .subject(let subject) = pack.records[record].subject else {
        continue
      }
      findByIdentity(mine, requests, record, Steps(of: subject, in: all), all)
    }
    for index in requests.indices {
      guard let record = requests[index].record else { continue }
      if rows[index].isEmpty { findByPlace(index, requests[index], record, all) }
      let found = rows[index]
      hasRows[index] = !found.isEmpty
      rows[index] = found.filter { isMeant(requests[index], record, row: $0, all) }
      addCopies(index, found, record, all)
    }
  }

  /// By the first identity step that leads to any row.
  private mutating func findByIdentity(
    _ mine: [Int], _ requests: [CorrectionRequest], _ record: Int, _ steps: Steps, _ all: Rows
  ) {
    for step in steps.fields.indices {
      let waiting = mine.filter { rows[$0].isEmpty }
      for (request, found) in steps.rows(step, waiting, requests, in: record, all) {
        rows[request] = found
      }
    }
  }

  /// Whether a correction names no row and speaks of a subject of which none was delivered.
  func speaksOfNoRow(_ request: CorrectionRequest, _ index: Int) -> Bool {
    !hasRows[index] && request["file"].isEmpty && request["line"].isEmpty
  }

  /// Lets a correction speak of a row that was made for it.
  mutating func aim(_ index: Int, at row: Int) { rows[index] = [row] }

  /// What is decided for a row holds for all rows that were delivered the same.
  private mutating func addCopies(_ index: Int, _ found: [Int], _ record: Int, _ all: Rows) {
    guard !rows[index].isEmpty, rows[index].count < found.count,
      !all.pack.records[record].countsRepeats
    else { return }
    let order = RowOrder(record, unique: [], in: all)
    rows[index] = found.filter { row in
      rows[index].contains { $0 == row || order.compareContent($0, row) == 0 }
    }
  }

  /// By file and line, where the row itself does not state whose it is.
  private mutating func findByPlace(
    _ index: Int, _ request: CorrectionRequest, _ record: Int, _ all: Rows
  ) {
    guard !request["file"].isEmpty, !request["line"].isEmpty,
      case .subject(let subject) = all.pack.records[record].subject
    else { return }
    let steps = Steps(of: subject, in: all)
    let reader = steps.reader(0, record: record, in: all)
    rows[index] = all.tables[record].places.indices.filter { row in
      isMeant(request, record, row: row, all)
        && reader?.keys(of: [row]).presence.isStated(0) != true
    }
  }

  /// Whether a row stands where the correction says, if it says.
  private func isMeant(_ request: CorrectionRequest, _ record: Int, row: Int, _ all: Rows) -> Bool {
    let place = all.tables[record].places[row]
    if !request["line"].isEmpty, request["line"] != String(place.line) { return false }
    guard !request["file"].isEmpty else { return true }
    let path = all.paths.indices.contains(Int(place.file)) ? all.paths[Int(place.file)] : ""
    let file = request["file"]
    if path == file || path.hasSuffix("/" + file) { return true }
    // A clerk may name a workbook without its sheet.
    guard let end = path.lastIndex(of: ":") else { return false }
    return path[..<end] == file || path[..<end].hasSuffix("/" + file)
  }
}

extension Steps {
  /// The rows of a record kind that a step leads to, by the index of the correction.
  func rows(
    _ step: Int, _ waiting: [Int], _ requests: [CorrectionRequest], in record: Int, _ all: Rows
  ) -> [(request: Int, rows: [Int])] {
    guard !waiting.isEmpty, let reader = reader(step, record: record, in: all) else { return [] }
    var keys = TextColumn()
    for index in waiting {
      if let key = key(step, of: requests[index]["target"]) {
        keys.append(key[...])
      } else {
        keys.appendAbsent(.notStated)
      }
    }
    let index = KeyIndex(keys)
    let delivered = reader.ready ?? reader.keys(of: 0..<all.tables[record].count)
    let found = index.find(0..<delivered.count, in: delivered)
    var byKey: [Int32: [Int]] = [:]
    for row in found.indices where found[row] >= 0 { byKey[found[row], default: []].append(row) }
    return waiting.indices.compactMap { entry in
      guard index.groups[entry] >= 0, let rows = byKey[index.groups[entry]] else { return nil }
      return (waiting[entry], rows)
    }
  }

  /// The key of a step that an id in reports stands for; nil where it has other parts.
  func key(_ step: Int, of id: String) -> [UInt8]? {
    guard !id.isEmpty else { return nil }
    if isVerbatim(step) { return Array(id.utf8) }
    let parts = fields[step].count == 1 ? [id] : id.split(separator: "·").map(String.init)
    guard parts.count == fields[step].count else { return nil }
    let keys = parts.map { Folding.key(of: $0) }
    return Array(keys.joined(separator: [0xFF]))
  }
}
