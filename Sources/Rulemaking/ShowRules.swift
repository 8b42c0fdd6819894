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

  /// Writes one page for a browser and for printing.
  package func writePage(to path: String, in language: Language) throws(RunFailure) {
    let bytes = rubricPage(tables, pack: pack, language: language)
    try write(Data(bytes), to: path)
  }

  /// Writes a workbook that can be edited and given to `heng rules revise`.
  package func writeWorkbook(to path: String, in language: Language) throws(RunFailure) {
    try replaceFile(path) { (unfinished) throws(ReportFailure) in
      try Reports.writeWorkbook(of: tables, pack: pack, language: language, to: unfinished)
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
  return ShownRules(pack: pack, tables: expressions ? tables : tables.map { pack.told($0) })
}
