import Glibc
import RulePacks
import Tables

/// Writes every report of a run into an existing empty folder, the manifest last.
///
/// The bytes depend on the results alone, not on `settings.jobs`. What is written is safe on disk
/// only after `publish`.
///
/// - Returns: the files that the manifest lists, and the manifest itself, in order of their paths.
/// - Throws: where a file cannot be written; the folder then holds an unfinished run.
public func write(_ results: RunResult, to folder: String, settings: ReportSettings)
  async throws(ReportFailure) -> [WrittenFile]
{
  for name in reportFolders {
    try makeFolder("\(folder)/\(name)")
  }
  async let sums = inParallel(results.scorecards.count, jobs: 1) { aggregate(results, $0) }
  var written = try await write(reports(results, settings), to: folder, jobs: settings.jobs)
  let aggregates = await sums
  let manifest = Document(
    "manifest.json", [Lines(manifest(results, aggregates: aggregates, outputs: written))])
  written.append(try await write(manifest, to: folder, jobs: 1))
  try removeSheets(in: folder)
  return written.sorted { precedes($0.path, $1.path) }
}

/// Removes the files in which libxlsxwriter kept sheets, where it could not do so itself: what the
/// manifest does not name is not published.
private func removeSheets(in folder: String) throws(ReportFailure) {
  guard let content = content(of: folder) else { throw .system(folder) }
  for file in content.files where file.split(separator: "/").last?.hasPrefix("tmp.") == true {
    guard unsafe unlink(file) == 0 else { throw .system(file) }
  }
}

/// The folders within a run's folder; no report lies deeper.
public let reportFolders = [
  "rankings", "screening", "explanations", "data", "gaps", "meeting", "publicity", "returned",
  "formation",
]

/// A report that is made when its turn comes.
private enum Report: Sendable {
  case document(@Sendable () -> Document)
  /// What is not written as a document of text.
  case file(@Sendable (_ folder: String) -> Result<WrittenFile, ReportFailure>)
}

/// All reports but the manifest.
private func reports(_ results: RunResult, _ settings: ReportSettings) -> [Report] {
  let gaps = results.scorecards.indices.map {
    ShownGaps(
      results.scorecards[$0], subject: results.rubric(of: $0).subject, pack: results.pack)
  }
  let rubrics = results.scorecards.indices
  var documents: [@Sendable () -> Document] = []
  // The largest first, so that no job is left alone with one at the end.
  documents += rubrics.map { index in { explanations(results, index, settings: settings) } }
  documents += rubrics.map { index in { ranking(results, index) } }
  documents += results.screenings.map { list in { screeningList(results, list, gaps) } }
  let papers = Papers(results, gaps)
  documents += pageDocuments(results, gaps, settings, papers)
  documents += [
    { evidenceGaps(results, gaps) }, { coverageTable(results).separated },
    { formationTable(results).separated }, { formationSummary(results).separated },
    { findingsTable(results).separated }, { quarantineTable(results).separated },
    { robustnessTable(results).separated }, { disparityTable(results) },
    { correctionsTable(results).separated },
  ]
  if !results.successions.isEmpty { documents.append { successionsTable(results).separated } }
  if results.pack.overview != nil {
    documents += [{ overviewTable(results).separated }, { formsTable(results).separated }]
  }
  if !results.pack.statistics.isEmpty {
    documents.append { statisticsTable(results).separated }
  }
  if !results.pack.published.isEmpty {
    documents.append { publishedTable(results).separated }
  }
  if results.comparesRatings {
    documents += [
      { differingRatings(results).separated }, { ratingCounts(results).separated },
    ]
  }
  // The workbook is one job from beginning to end, so nothing may keep it waiting.
  let workbook = Report.file { folder in
    Result { () throws(ReportFailure) in try writeRunWorkbook(results, gaps, to: folder) }
  }
  let handedOut = papers.files(of: results).map { write in Report.file(write) }
  documents += papers.documents
  return [workbook] + handedOut + documents.map { .document($0) }
}

/// Writes reports, `jobs` at a time.
private func write(
  _ reports: [Report], to folder: String, jobs: Int
) async throws(ReportFailure) -> [WrittenFile] {
  let results = await inParallel(reports.count, jobs: jobs, .waitsForFiles) { index in
    await write(reports[index], to: folder, jobs: jobs)
  }
  var written: [WrittenFile] = []
  for result in results { written.append(try result.get()) }
  return written.sorted { precedes($0.path, $1.path) }
}

private func write(_ report: Report, to folder: String, jobs: Int)
  async -> Result<WrittenFile, ReportFailure>
{
  switch report {
  case .file(let write): return write(folder)
  case .document(let document):
    do throws(ReportFailure) {
      return .success(try await write(document(), to: folder, jobs: jobs))
    } catch {
      return .failure(error)
    }
  }
}

private func write(_ document: Document, to folder: String, jobs: Int)
  async throws(ReportFailure) -> WrittenFile
{
  var file = try OutputFile("\(folder)/\(document.path)")
  for part in document.parts {
    try await inOrder(part, jobs: jobs) { (bytes) throws(ReportFailure) in try file.write(bytes) }
  }
  let (bytes, sha256) = try file.finish()
  return WrittenFile(path: document.path, bytes: bytes, sha256: sha256)
}
