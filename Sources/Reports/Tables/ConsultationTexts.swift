import Labels
import RulePacks
import Tables

/// What each body that was consulted about a subject said, or that it has not answered: rows of the
/// record kinds that the pack marks as consultations.
struct ConsultationTexts: Sendable {
  private let dossiers: Dossiers
  private let subject: Int
  private let lists: [List]
  private let language: Language

  /// A record kind of consultations, with the columns that are told.
  private struct List: Sendable {
    var slot: Int
    var body: CodeTable
    var value: CodeTable
    var columns: (body: Column, value: Column, on: Column?)
  }

  init(_ results: RunResult, subject: Int) {
    dossiers = results.dossiers
    self.subject = subject
    language = results.language
    let pack = results.pack
    lists = pack.subjects[subject].facts.indices.compactMap { slot in
      guard case .list(let record) = pack.subjects[subject].facts[slot].origin,
        pack.records[record].caseRole == .consultations
      else { return nil }
      let kind = pack.records[record]
      let columns = results.dossiers.records[record].columns
      func open(_ id: String) -> Int? {
        kind.field(id).flatMap { kind.fields[$0].sensitivity == .open ? $0 : nil }
      }
      guard let body = open("body"), let value = open("consultation_value"),
        let bodies = kind.fields[body].codes, let values = kind.fields[value].codes
      else { return nil }
      return List(
        slot: slot, body: pack.codes[bodies], value: pack.codes[values],
        columns: (columns[body], columns[value], open("signed_on").map { columns[$0] }))
    }
  }

  /// Whether anybody can have been consulted at all.
  var isEmpty: Bool { lists.isEmpty }

  /// Body by body: `Union: agrees (2018-08-12)`.
  func text(_ row: Int) -> String {
    var answers: [String] = []
    for list in lists {
      guard case .list(_, let offsets, let rows) = dossiers.subjects[subject].facts[list.slot]
      else { continue }
      for number in rows[Int(offsets[row])..<Int(offsets[row + 1])].map({ Int($0) }) {
        guard let body = list.columns.body.text(number) else { continue }
        let value = list.columns.value.text(number).map { list.value.words(of: $0) }
        let on = list.columns.on?.text(number).map { Bilingual(zh: "（\($0)）", en: " (\($0))") }
        answers.append(
          list.body.words(of: body).text(in: language)
            + Bilingual(zh: "：", en: ": ").text(in: language)
            + (value ?? MeetingLabel.unanswered).text(in: language)
            + (on?.text(in: language) ?? ""))
      }
    }
    return answers.joined(separator: Phrases.separator.text(in: language))
  }
}
