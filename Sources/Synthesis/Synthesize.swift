import Foundation
public import RulePacks
import Tables

/// What a synthetic delivery is to be like; everything else stands in the pack's `synthesis.yaml`.
public struct SynthesisSettings: Sendable {
  /// Entities of the populations that have shares; nil takes the shares themselves.
  public var units: Int?
  public var seed: UInt64
  /// Share of rows that are spoilt; nil plants only the faults that are counted, 0 none at all.
  public var mess: Double?
  /// A name under `variants`; nil is the one that totals are exact for.
  public var variant: String?
  /// Files that are written at one time.
  public var jobs: Int

  public init(
    units: Int? = nil, seed: UInt64 = 2018, mess: Double? = nil, variant: String? = nil,
    jobs: Int = 2
  ) {
    self.units = units
    self.seed = seed
    self.mess = mess
    self.variant = variant
    self.jobs = jobs
  }
}

/// Writes a synthetic delivery through the pack's own source profiles.
///
/// ```swift
/// let files = try await synthesize(
///   packFolder: "inputs/rules/register", pack: pack, into: "inputs/trial",
///   settings: SynthesisSettings(units: 1_000_000, mess: 0.01))
/// ```
///
/// The same pack, settings and program give the same bytes.
///
/// - Returns: the files written, relative to the folder, in order of their names.
/// - Throws: what in `synthesis.yaml` cannot be done and where it stands, or a file that cannot be
///   written.
public func synthesize(
  packFolder: String, pack: RulePack, into folder: String, settings: SynthesisSettings
) async throws(SynthesisFailure) -> [String] {
  let description = try Description.read(
    packFolder + "/synthesis.yaml", pack: pack, settings: settings)
  var tasks: [(plan: Int, part: Part)] = []
  for (index, plan) in description.plans.enumerated() {
    tasks += plan.parts(limit: description.limit).map { (index, $0) }
  }
  try Description.makeFolders(
    of: tasks.map(\.part.file) + description.texts.map(\.file), in: folder)
  var files: [String] = []
  var planted: [Planted] = []
  for result in try await write(tasks, description.plans, into: folder, jobs: settings.jobs) {
    guard result.rows > 0 else { continue }
    files.append(result.file)
    planted += result.planted
  }
  for text in description.texts {
    try save(
      Array(text.written(into: folder).utf8), to: folder + "/" + text.file,
      isPrivate: text.isPrivate)
    files.append(text.file)
  }
  if let expected = description.expected {
    let text = expected.written(planted)
    try save(Array(text.utf8), to: folder + "/" + expected.file, isPrivate: false)
    files.append(expected.file)
  }
  return files.sorted()
}

/// One file that has been written.
private struct Saved: Sendable {
  var file: String
  var rows: Int
  var planted: [Planted]
}

/// Writes files a few at a time; results stand in the order of the tasks.
private func write(
  _ tasks: [(plan: Int, part: Part)], _ plans: [SheetPlan], into folder: String, jobs: Int
) async throws(SynthesisFailure) -> [Saved] {
  let results = await inParallel(tasks.count, jobs: jobs, .waitsForFiles) { index in
    Result { () throws(SynthesisFailure) in
      try makeFile(plans[tasks[index].plan], tasks[index].part, in: folder)
    }
  }
  var saved: [Saved] = []
  for result in results { saved.append(try result.get()) }
  return saved
}

private func makeFile(_ plan: SheetPlan, _ part: Part, in folder: String)
  throws(SynthesisFailure) -> Saved
{
  let written = PartWriter(plan: plan, part: part).write()
  if written.rows > 0 {
    try save(written.bytes, to: folder + "/" + part.file, isPrivate: false)
  }
  return Saved(file: part.file, rows: written.rows, planted: written.planted)
}

private func save(_ bytes: [UInt8], to path: String, isPrivate: Bool) throws(SynthesisFailure) {
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    if isPrivate {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
  } catch {
    throw SynthesisFailure(
      place: path,
      message: Bilingual(
        zh: "不能写入（\(error.localizedDescription)）",
        en: "cannot be written (\(error.localizedDescription))"))
  }
}
