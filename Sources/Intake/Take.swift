public import RulePacks
import Synchronization
public import Tables

/// How a delivery is taken.
public struct TakeSettings: Sendable {
  /// Files read at the same time.
  public var jobs: Int
  /// Key for digests of resident identity numbers; without it such numbers cannot be read.
  public var digestKey: [UInt8]?
  /// Up to how many bytes of delivered files the delivered texts of shown fields are kept beside
  /// their values; never below 0.
  public var keepsTextsUpTo = -1
  /// Files that may be set aside whole because they cannot be read.
  public var tolerated = 0
  /// What of the folder cannot be read in the first place; counts among these.
  public var refused: [IntakeFailure] = []
  /// Told how many bytes of how many have been read; called from any thread.
  public var progress: (@Sendable (_ bytesDone: Int, _ bytesTotal: Int) -> Void)?

  public init(
    jobs: Int = 1, digestKey: [UInt8]? = nil,
    progress: (@Sendable (_ bytesDone: Int, _ bytesTotal: Int) -> Void)? = nil
  ) {
    self.jobs = jobs
    self.digestKey = digestKey
    self.progress = progress
  }
}

/// Reads delivered files into record tables, by the source profiles of a rule pack.
///
/// Rows stand in the order of the files and of the rows in them, whatever the number of jobs.
///
/// - Parameters:
///   - folder: the delivery.
///   - files: paths in it, as `DeliveredFiles` gives them.
///   - pack: whose source profiles files are recognised by.
///   - asOf: the day by which dates and codes are checked.
///   - settings: how the delivery is taken.
/// - Throws: what is wrong with each file that cannot be taken whole, all together, where there are
///   more than may be set aside.
public func take(
  _ folder: String, files: [String], pack: RulePack, asOf: PartialDate, settings: TakeSettings
) async throws(IntakeFailure) -> Delivery {
  try await take(
    folder, files: files, keeping: pack.fieldsShown, pack: pack, asOf: asOf, settings: settings)
}

/// The same, with the fields by record kind whose delivered texts may be kept.
func take(
  _ folder: String, files: [String], keeping: [Set<Int>], pack: RulePack, asOf: PartialDate,
  settings: TakeSettings
) async throws(IntakeFailure) -> Delivery {
  let bytes = files.reduce(0) { $0 + fileSize(shownPath(folder) + "/" + $1) }
  let tasks = files.indices.map { index in
    var task = FileTask(
      folder: folder, path: files[index], index: index, asOf: asOf, digestKey: settings.digestKey)
    if bytes <= settings.keepsTextsUpTo { task.keeping = keeping }
    return task
  }
  return try await take(tasks, pack: pack, settings: settings)
}

/// The same for tasks that tests may set up differently.
func take(
  _ tasks: [FileTask], pack: RulePack, settings: TakeSettings
) async throws(IntakeFailure) -> Delivery {
  let counter = ByteCounter(tasks, report: settings.progress)
  let vocabulary = HeaderVocabulary(pack)
  let needed = pack.fieldsNeeded
  let sizes = tasks.map { fileSize($0.fullPath) }
  var results: [Result<[TakenFile], IntakeFailure>?] = await inParallel(
    tasks.count, jobs: settings.jobs, largestFirst: sizes, .waitsForFiles
  ) { index in
    var task = tasks[index]
    task.progress = { counter.add($0) }
    task.vocabulary = vocabulary
    task.needed = needed
    return Result { () throws(IntakeFailure) in try task.read(pack) }
  }
  for index in results.indices {
    if case .failure(var failure) = results[index] {
      failure.name(tasks[index].path, bytes: fileSize(tasks[index].fullPath))
      results[index] = .failure(failure)
    }
  }
  settleMended(&results)
  return try await joined(&results, pack, settings)
}

/// The files' tables laid end to end, in the order of the files.
private func joined(
  _ results: inout [Result<[TakenFile], IntakeFailure>?], _ pack: RulePack,
  _ settings: TakeSettings
) async throws(IntakeFailure) -> Delivery {
  var failures = settings.refused
  var delivery = Delivery(
    records: pack.records.map { emptyTable($0, pack) },
    delivered: pack.records.map { _ in false })
  delivery.unread = pack.records.map { $0.fields.map { _ in 0 } }
  var tables: [[RecordTable]] = pack.records.map { _ in [] }
  delivery.unaccepted = delivery.records
  var seen: [TakenFile] = []
  let stated = StatedFields(
    results.flatMap { result -> [TakenFile] in
      if case .success(let sheets)? = result { sheets } else { [] }
    }, needed: pack.fieldsNeeded)
  for index in results.indices {
    // Taken out, so that its columns are freed as soon as they are joined.
    let result = results[index]
    results[index] = nil
    switch result {
    case .success(let sheets):
      for var taken in sheets {
        taken.number(delivery.files.count)
        delivery.files.append(taken.file)
        delivery.delivered[taken.record] = true
        tables[taken.record].append(taken.table)
        if taken.unaccepted.count > 0 {
          delivery.unaccepted[taken.record].append(contentsOf: taken.unaccepted)
        }
        delivery.quarantine.append(contentsOf: taken.quarantine)
        stated.warn(of: &taken, pack)
        delivery.findings.append(contentsOf: taken.findings)
        for field in taken.unread.indices {
          delivery.unread[taken.record][field] += taken.unread[field]
        }
        // For what its profile has and it has not; its rows are joined already.
        taken.table = RecordTable(columns: [])
        taken.unaccepted = taken.table
        taken.quarantine = []
        taken.findings = []
        let isSeen = !taken.isMending && !taken.lacksPlaces && !taken.isForm && !taken.isOwnPaper
        if isSeen { seen.append(taken) }
      }
    case .failure(let failure) where failure.kind == .foreign:
      if let aside = failure.aside { delivery.aside.append(aside) }
    case .failure(let failure): failures.append(failure)
    case nil: continue
    }
  }
  guard failures.count <= settings.tolerated else { throw IntakeFailure.joined(failures) }
  delivery.aside += failures.compactMap(\.aside)
  let unlisted = delivery.boundLists()
  delivery.findings += findings(of: seen, pack) + filesWithoutRows(seen, pack)
  if let unlisted { delivery.findings.append(unlisted) }
  await join(&tables, into: &delivery.records, jobs: settings.jobs)
  return delivery
}

/// Lays the tables of each record kind end to end, column by column at the same time.
///
/// - Parameter tables: by record kind; emptied on the way, so that no more than a few columns are
///   there twice.
private func join(
  _ tables: inout [[RecordTable]], into records: inout [RecordTable], jobs: Int
) async {
  var pieces: [Piece] = []
  for record in tables.indices where !tables[record].isEmpty {
    var parts: [RecordTable] = []
    swap(&parts, &tables[record])
    guard parts.count > 1 else {
      records[record] = parts[0]
      continue
    }
    records[record].delivered = joined(parts.map(\.delivered))
    for column in records[record].columns.indices {
      pieces.append(Piece(record, .column(column, parts.map { $0.columns[column] })))
      records[record].columns[column] = .flag(Cells())
    }
    pieces.append(Piece(record, .places(parts.map(\.places))))
    pieces.append(Piece(record, .precedences(parts.map(\.precedences))))
  }
  // The largest first: what its parts leave free is room for many of those that follow.
  let wholes = await inParallel(
    pieces.count, jobs: jobs, largestFirst: pieces.map(\.footprint)
  ) { [pieces] in pieces[$0].joined() }
  for (piece, whole) in zip(pieces, wholes) {
    switch whole {
    case .column(let column, let cells): records[piece.record].columns[column] = cells
    case .places(let places): records[piece.record].places = places
    case .precedences(let precedences): records[piece.record].precedences = precedences
    }
  }
}

/// One column of a record kind, in as many parts as files.
private final class Piece: Sendable {
  let record: Int
  let footprint: Int
  private let parts: Mutex<Parts>

  enum Parts: Sendable {
    case column(Int, [Column])
    case places([[Place]])
    case precedences([[Int16]])

    func joined() -> Whole {
      switch self {
      case .column(let column, let parts): .column(column, Column.joined(parts) ?? .flag(Cells()))
      case .places(let parts): .places(laid(parts))
      case .precedences(let parts): .precedences(laid(parts))
      }
    }

    private func laid<Element>(_ parts: [[Element]]) -> [Element] {
      var whole: [Element] = []
      whole.reserveCapacity(parts.reduce(0) { $0 + $1.count })
      for part in parts { whole.append(contentsOf: part) }
      return whole
    }
  }

  enum Whole: Sendable {
    case column(Int, Column)
    case places([Place])
    case precedences([Int16])
  }

  init(_ record: Int, _ parts: Parts) {
    self.record = record
    self.parts = Mutex(parts)
    switch parts {
    case .column(_, let parts): footprint = parts.reduce(0) { $0 + $1.footprint }
    case .places(let parts): footprint = parts.reduce(0) { $0 + 12 * $1.count }
    case .precedences(let parts): footprint = parts.reduce(0) { $0 + 2 * $1.count }
    }
  }

  /// The parts laid end to end; they are given away, so that they are freed when that is done.
  func joined() -> Whole {
    let parts = parts.withLock { parts in
      let taken = parts
      parts = .places([])
      return taken
    }
    return parts.joined()
  }
}

/// Delivered texts of one record kind laid end to end; all tables keep those of the same fields.
private func joined(_ parts: [[DeliveredTexts?]]) -> [DeliveredTexts?] {
  var whole = parts[0]
  for part in parts.dropFirst() {
    for field in part.indices {
      if let more = part[field] { whole[field]?.append(contentsOf: more) }
    }
  }
  return whole
}

private func emptyTable(_ kind: RecordKind, _ pack: RulePack) -> RecordTable {
  RecordTable(
    columns: kind.fields.map { field in
      Column(field.type.column, names: field.codes.map { pack.codes[$0].names } ?? [])
    })
}

/// Adds up the bytes read by all tasks.
private final class ByteCounter: Sendable {
  private let done = Atomic<Int>(0)
  private let total: Int
  private let report: (@Sendable (Int, Int) -> Void)?

  init(_ tasks: [FileTask], report: (@Sendable (Int, Int) -> Void)?) {
    self.report = report
    total = report == nil ? 0 : tasks.reduce(0) { $0 + fileSize($1.fullPath) }
  }

  func add(_ bytes: Int) {
    guard let report else { return }
    let (_, done) = done.add(bytes, ordering: .relaxed)
    report(done, total)
  }
}
