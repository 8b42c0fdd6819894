import Foundation
import Reports
package import Requests
package import RulePacks
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
package func showRules(at folder: String, rubric: String?) throws(RunFailure) -> ShownRules {
  let pack = try loadedPack(at: folder)
  let chosen = try rubrics(named: rubric, in: pack)
  return ShownRules(pack: pack, tables: chosen.map { pack.table(ofRubric: $0) })
}
