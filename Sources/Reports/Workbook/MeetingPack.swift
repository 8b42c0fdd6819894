import Fields
import Labels
import RulePacks
import Tables

/// `meeting/HONOUR.xlsx` and `meeting/HONOUR.html`: what a meeting has before it of each candidate,
/// and columns in which it is written down what was decided.
///
/// In the workbook these columns are headed as the pack calls the fields of its decisions, so that the filled
/// workbook, put into the delivery, is read as decisions by the pack's own source profile.
struct MeetingPack: Sendable {
  let honour: RunPlan.Honour
  let results: RunResult
  private let screening: Screening
  private let table: ReportTable
  /// Numbers of the lines, in the order in which they are talked about.
  private let shown: [Int32]
  private let form: DecisionForm?
  private let card: Scorecard

  /// Nil where the honour's rubric was not scored, or nobody is a candidate.
  init?(_ results: RunResult, _ screening: Screening, _ gaps: [ShownGaps]) {
    honour = results.run.honours[screening.honour]
    let rubric = honour.rubric
    guard let index = results.scorecards.firstIndex(where: { $0.rubric == rubric }),
      !screening.lines.isEmpty
    else { return nil }
    self.results = results
    self.screening = screening
    card = results.scorecards[index]
    shown = MeetingPack.lines(of: screening)
    form = DecisionForm(results.pack, rubric: results.pack.rubrics[rubric])
    var table = screeningTable(results, screening, gaps)
    table.columns = MeetingPack.columns(
      table.columns, results, results.pack.rubrics[rubric], card, screening.lines)
    self.table = table
  }

  /// The workbook, within the run's folder.
  var path: String { "meeting/\(fileName(honour.id)).xlsx" }

  /// The page, within the run's folder.
  var pagePath: String { "meeting/\(fileName(honour.id)).html" }

  /// Candidates of a list that is longer are not all talked about: those who could be put forward,
  /// and the next behind them.
  private static let mostLines = 500
  private static let nextBehind = 50

  private static func lines(of screening: Screening) -> [Int32] {
    // Group by group, and in each those before others who stand before them.
    let all = screening.lines.indices.map { Int32($0) }
    guard all.count > mostLines else { return all }
    var behind = 0
    return Array(
      all.filter { number in
        switch screening.lines[Int(number)].proposal {
        case .recommend, .reserve, .tied, .waiting: return true
        case .ineligible: return false
        case .notSelected:
          behind += 1
          return behind <= nextBehind
        }
      }.prefix(mostLines))
  }

  /// Who it is, how it stands, what others say of it, what is missing.
  private static func columns(
    _ given: [ReportColumn], _ results: RunResult, _ rubric: Rubric, _ card: Scorecard,
    _ lines: [Screening.Line]
  ) -> [ReportColumn] {
    func columns(_ ids: String...) -> [ReportColumn] {
      ids.compactMap { id in
        given.first { $0.id == id && $0.readers.contains(.people) }
      }
    }
    let subject = results.pack.subjects[rubric.subject]
    let dossiers = results.dossiers
    let row: @Sendable (Int) -> Int = { Int(card.subjects[lines[$0].entry]) }
    let facts = rubric.meeting.map { slot in
      let fact = subject.facts[slot]
      let codes = fact.codes.map { results.pack.codes[$0] }
      let language = results.language
      return ReportColumn(
        id: fact.id, label: Bilingual(zh: fact.label, en: fact.label),
        values: .text { line in
          let text = dossiers.text(subject: rubric.subject, fact: slot, row: row(line)) ?? ""
          return text.isEmpty ? "" : codes?.words(of: text).text(in: language) ?? text
        }, width: 20)
    }
    let consulted = ConsultationTexts(results, subject: rubric.subject)
    let consultations = ReportColumn(
      id: "consultations", label: ColumnLabel.consultations,
      values: .text { consulted.text(row($0)) }, width: 36)
    let isGrouped = lines.contains { $0.group != lines[0].group }
    return columns("rank", "name") + facts + (isGrouped ? columns("group") : [])
      + columns("score", "tier", "decision_proposed")
      + (consulted.isEmpty ? [] : [consultations])
      + columns("reservations", "objections", "missing", "reasons", "state", "decision")
  }

  /// The candidates as they are told, without anything to fill in.
  func told() -> WorkbookSheet {
    let language = results.language
    var sheet = table.sheet(
      in: language, named: MeetingLabel.title.text(in: language), most: .max, first: shown)
    let head = ([title, asOf] + sentences).map { $0.text(in: language) }
      .joined(separator: Phrases.separator.text(in: language))
    sheet.title = heading(
      head, shown: shown.count, of: screening.lines.count, file: table.path, in: language)
    return sheet
  }

  /// The candidates with what is to be filled in.
  func sheet() -> WorkbookSheet {
    guard let form else { return told() }
    let (shown, card, screening, honour) = (shown, card, screening, honour)
    return form.rows.filledIn(
      told(), results, columns: form.columns(in: results.language), carried: form.carried,
      count: shown.count,
      row: { Int(card.subjects[screening.lines[Int(shown[$0])].entry]) },
      cells: { _ in form.cells(honour: honour.title.isEmpty ? honour.id : honour.title) })
  }

  /// The list with its quota.
  var title: Bilingual {
    let name = honour.title.isEmpty ? honour.id : honour.title
    return Bilingual(
      zh: "\(name)：名额 \(honour.quota)、候补 \(honour.reserve)",
      en: "\(name): quota \(honour.quota), reserve \(honour.reserve)")
  }

  /// By which a workbook of one quarter is told from that of another.
  private var asOf: Bilingual { OwnPaper.statedDate("\(results.run.asOf)") }

  /// What ties leave open, and what was decided.
  var sentences: [Bilingual] {
    (results.pack.tieOrder(of: results.pack.rubrics[honour.rubric]).map { [$0] } ?? [])
      + screening.tieSentences(quota: honour.quota, reserve: honour.reserve)
      + screening.decidedSentences(quota: honour.quota, reserve: honour.reserve)
  }

  /// How the pack calls what is decided.
  var resultLabel: String {
    form.flatMap { form in
      form.rows.fields(["decision_result"]).first?.label
    } ?? ColumnLabel.decision.text(in: results.language)
  }
}

/// The columns of a pack's decisions, as they are filled in.
private struct DecisionForm {
  let rows: CaseForm
  private let pack: RulePack
  private let fields: [Field]

  /// Nil where the pack keeps no decisions of the rubric's subjects.
  init?(_ pack: RulePack, rubric: Rubric) {
    guard let rows = CaseForm(pack, .decisions, of: rubric.subject) else { return nil }
    self.rows = rows
    self.pack = pack
    fields = rows.fields([
      "honour", "decision_result", "differs", "decision_reasons", "reservation_answer",
      "override_basis", "decider_role", "decided_on",
    ])
  }

  /// What was proposed goes back with the row: a decision that adopts it adopts that.
  var carried: Set<String> {
    Set(rows.fields(["proposal_then"]).flatMap { [$0.label] + $0.aliases }.map(matchingKey))
  }

  func columns(in language: Language) -> [WorkbookSheet.Column] {
    fields.map { field in
      var column = rows.column(field)
      if field.id == "decision_result" {
        column.choices = field.codes.map { pack.codes[$0].codes.map(\.name) } ?? []
        column.note = MeetingLabel.howToFill.text(in: language)
      }
      return column
    }
  }

  /// Empty but for the list that is decided on.
  func cells(honour: String) -> [WorkbookSheet.Cell] {
    fields.map { field in
      field.id == "honour" ? WorkbookSheet.Cell(honour, .quiet) : WorkbookSheet.Cell("", .open)
    }
  }
}
