public import RulePacks
public import Tables

/// The delivered text of one row, as it may be shown.
public struct DeliveredRow: Sendable, Equatable {
  public var line: Int
  /// By field id; fields that are blank or not public are left out, and resident identity numbers
  /// are overwritten.
  public var texts: [String: String]

  public init(line: Int, texts: [String: String]) {
    self.line = line
    self.texts = texts
  }
}

/// Reads single rows of delivered files again, for explanations.
///
/// Each file is read up to the last row that is asked for.
///
/// - Parameters:
///   - requests: files and the ordinals of their rows (`Place.record`).
///   - folder: the delivery.
///   - delivery: the files as they were taken; a file that has changed since is refused.
///   - pack: the one that the files were taken with.
/// - Returns: by file and ordinal; rows that do not occur are left out.
public func reread(
  _ requests: [(file: String, records: [UInt32])], folder: String, delivery: [DeliveredFile],
  pack: RulePack
) throws(IntakeFailure) -> [String: [UInt32: DeliveredRow]] {
  var rows: [String: [UInt32: DeliveredRow]] = [:]
  for request in requests {
    guard let index = delivery.firstIndex(where: { $0.path == request.file }) else { continue }
    let file = delivery[index].file
    guard fileSize(folder + "/" + file) == delivery[index].bytes else {
      throw IntakeFailure(
        .unreadable, file, zh: "文件在读取之后被改动 — 请恢复原文件或重新运行",
        en: "the file has changed since it was taken — restore it or run again")
    }
    var task = FileTask(
      folder: folder, path: file, index: index, asOf: PartialDate(day: 0), digestKey: nil)
    task.collector = RawCollector(wanted: Set(request.records))
    task.onlyEntry = request.file
    guard let collected = try task.read(pack).first?.collector else { continue }
    for (record, texts) in collected.texts {
      rows[request.file, default: [:]][record] = DeliveredRow(
        line: collected.lines[record] ?? 0, texts: texts)
    }
  }
  return rows
}
