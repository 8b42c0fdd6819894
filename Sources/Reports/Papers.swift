import RulePacks
import Tables

/// What a run hands out beside its tables: to offices what they are asked for and their rows to
/// mend, to whoever keeps the register which bodies are to be confirmed, to districts their part of
/// the formation plan, to the meeting its lists, to the public whom it decided on.
struct Papers: Sendable {
  var gaps: OfficeGaps?
  var returned: [ReturnedWorkbook] = []
  var meetings: [MeetingPack] = []
  var notices: [PublicNotice] = []
  var formation: FormationBooks?
  var successions: [SuccessionBook] = []

  init() {}

  init(_ results: RunResult, _ shown: [ShownGaps]) {
    gaps = OfficeGaps(results, shown, most: mostRequests)
    returned = ReturnedWorkbook.all(of: results)
    meetings = results.screenings.compactMap { MeetingPack(results, $0, shown) }
    notices = results.screenings.compactMap { PublicNotice(results, $0) }
    formation = FormationBooks(results)
    successions = SuccessionBook.all(of: results)
  }

  /// Those that are written by path, as zip files are, each by a call with the run's folder.
  func files(of results: RunResult)
    -> [@Sendable (_ folder: String) -> Result<WrittenFile, ReportFailure>]
  {
    var files: [@Sendable (String) -> Result<WrittenFile, ReportFailure>] = []
    func add(_ write: @escaping @Sendable (String) throws(ReportFailure) -> WrittenFile) {
      files.append { folder in
        Result { () throws(ReportFailure) in try write(folder) }
      }
    }
    if let gaps {
      for number in gaps.books.indices {
        add { (folder) throws(ReportFailure) in
          try writeSheets(
            [gaps.sheet(number, of: results)], .gaps, asOf: results.run.asOf, gaps.path(number),
            to: folder)
        }
      }
    }
    if let formation {
      for number in formation.books.indices {
        add { (folder) throws(ReportFailure) in
          try writeSheets(
            formation.sheets(number), .formation, asOf: results.run.asOf,
            formation.books[number].path,
            to: folder)
        }
      }
    }
    for list in meetings {
      add { (folder) throws(ReportFailure) in
        try writeSheets([list.sheet()], .meeting, asOf: results.run.asOf, list.path, to: folder)
      }
    }
    for book in successions {
      add { (folder) throws(ReportFailure) in
        try writeSheets([book.sheet()], .successions, asOf: results.run.asOf, book.path, to: folder)
      }
    }
    for notice in notices {
      add { (folder) throws(ReportFailure) in try writePublicity(notice, to: folder) }
    }
    for book in returned {
      add { (folder) throws(ReportFailure) in try book.write(results, to: folder) }
    }
    return files
  }

  /// Those that are written as text.
  var documents: [@Sendable () -> Document] {
    var documents: [@Sendable () -> Document] = []
    for list in meetings { documents.append { Document(list.pagePath, [Lines(list.page())]) } }
    for notice in notices { documents.append { publicityPage(notice) } }
    return documents
  }
}
