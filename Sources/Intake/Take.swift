import CLinux
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
///   - files: paths in it, as `deliveredFiles` gives them.
/// - Throws: what is wrong with each file that cannot be taken whole, all together.
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
  let bytes = files.reduce(0) { $0 + fileSize(folder + "/" + $1) }
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
  var results = await withTaskGroup(
    of: (Int, Result<[TakenFile], IntakeFailure>).self
  ) { group in
    var results: [Result<[TakenFile], IntakeFailure>?] = Array(repeating: nil, count: tasks.count)
    // The largest first, so that no job is left alone with one at the end.
    let sizes = tasks.map { fileSize($0.folder + "/" + $0.path) }
    let order = tasks.indices.sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
    var started = 0
    func start() {
      guard started < order.count else { return }
      let index = order[started]
      started += 1
      var task = tasks[index]
      task.progress = { counter.add($0) }
      task.vocabulary = vocabulary
      group.addTask { [task] in
        do throws(IntakeFailure) {
          return (index, .success(try task.take(pack)))
        } catch {
          return (index, .failure(error))
        }
      }
    }
    for _ in 0..<max(1, settings.jobs) { start() }
    while let (index, result) = await group.next() {
      results[index] = result
      start()
    }
    return results
  }
  return try await joined(&results, pack, jobs: settings.jobs)
}

/// The files' tables laid end to end, in the order of the files.
private func joined(
  _ results: inout [Result<[TakenFile], IntakeFailure>?], _ pack: RulePack, jobs: Int
) async throws(IntakeFailure) -> Delivery {
  var failures: [IntakeFailure] = []
  var delivery = Delivery(
    records: pack.records.map { emptyTable($0, pack) },
    delivered: pack.records.map { _ in false })
  var tables: [[RecordTable]] = pack.records.map { _ in [] }
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
        delivery.quarantine.append(contentsOf: taken.quarantine)
        delivery.findings.append(contentsOf: taken.findings)
      }
    case .failure(let failure): failures.append(failure)
    case nil: continue
    }
  }
  guard failures.isEmpty else { throw IntakeFailure.joined(failures) }
  for record in tables.indices where !tables[record].isEmpty {
    var parts: [RecordTable] = []
    swap(&parts, &tables[record])
    delivery.records[record] = await joined(&parts, jobs: jobs)
    // The parts lay between others' in memory, so that the next whole column fits into none of
    // the holes they leave.
    if delivery.records[record].count > 100_000 { return_unused_pages() }
  }
  return delivery
}

/// Tables of one record kind laid end to end, column by column at the same time.
///
/// - Parameter tables: emptied on the way, so that no more than a few columns are there twice.
private func joined(_ tables: inout [RecordTable], jobs: Int) async -> RecordTable {
  guard tables.count > 1 else { return tables[0] }
  var whole = RecordTable(columns: tables[0].columns.map { _ in .flag(Cells()) })
  whole.places = tables.flatMap(\.places)
  whole.precedences = tables.flatMap(\.precedences)
  whole.delivered = joined(tables.map(\.delivered))
  var parts: [[Column]] = whole.columns.map { _ in [] }
  for table in tables.indices {
    for column in parts.indices { parts[column].append(tables[table].columns[column]) }
    tables[table] = RecordTable(columns: [])
  }
  let columns = await withTaskGroup(of: (Int, Column?).self) { group in
    var columns: [(Int, Column?)] = []
    for column in parts.indices {
      if column >= jobs, let done = await group.next() { columns.append(done) }
      let mine = parts[column]
      parts[column] = []
      group.addTask { (column, Column.joined(mine)) }
    }
    for await done in group { columns.append(done) }
    return columns
  }
  for (index, column) in columns { whole.columns[index] = column ?? whole.columns[index] }
  return whole
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
    total = report == nil ? 0 : tasks.reduce(0) { $0 + fileSize($1.folder + "/" + $1.path) }
  }

  func add(_ bytes: Int) {
    guard let report else { return }
    let (_, done) = done.add(bytes, ordering: .relaxed)
    report(done, total)
  }
}
