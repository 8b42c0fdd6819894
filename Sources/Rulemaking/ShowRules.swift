import Foundation
import Reports
package import Requests
package import RulePacks
import Scoring
package import Tables

/// The rubrics of a pack as tables: of all, or of one.
package struct ShownRules: Sendable {
  package let pack: RulePack
  package let tables: [RubricTable]
  /// The examples of each, where they can be laid out.
  package var examples: [ExampleTable] = []

  /// Writes one page for a browser and for printing.
  package func writePage(to path: String, in language: Language) throws(RunFailure) {
    let bytes = rubricPage(tables, pack: pack, language: language)
    try write(Data(bytes), to: path)
  }

  /// Writes a workbook that can be edited and given to `heng rules revise`.
  package func writeWorkbook(to path: String, in language: Language) throws(RunFailure) {
    try replaceFile(path) { (unfinished) throws(ReportFailure) in
      try Reports.writeWorkbook(
        of: tables, examples: examples, pack: pack, language: language, to: unfinished)
    }
  }
}

/// Loads a pack and lays its rubrics out as tables.
///
/// - Parameters:
///   - folder: The pack's.
///   - rubric: One only; nil is all.
///   - expressions: Whether rules stand as they are in the pack, to be edited, and not as sentences.
package func showRules(at folder: String, rubric: String?, expressions: Bool = false)
  throws(RunFailure) -> ShownRules
{
  let pack = try loadedPack(at: folder)
  let tables = try rubrics(named: rubric, in: pack).map { pack.table(ofRubric: $0) }
  var shown = ShownRules(pack: pack, tables: expressions ? tables : tables.map { pack.told($0) })
  for table in tables {
    let source = try rubricFile(table.rubric, of: pack, at: folder)
    if let examples = pack.examples(ofRubric: table.rubric, source: source) {
      shown.examples.append(examples)
    }
  }
  return shown
}

/// The text of a rubric's file.
func rubricFile(
  _ index: Int, of pack: RulePack, at folder: String
) throws(RunFailure) -> String {
  let path = folder + "/" + pack.rubrics[index].file
  do throws(SystemFailure) {
    return String(decoding: try wholeFile(path), as: UTF8.self)
  } catch {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 无法读取（\(error.said)） — 请检查权限和磁盘",
          en: "\(path): cannot be read (\(error.said)) — check its permissions and the disk")
      ])
  }
}
