import Fields
import Labels
import RulePacks
import Tables

/// Whom the decisions of one honour put forward, and what may be said of them in public.
struct PublicNotice: Sendable {
  struct Person: Sendable, Equatable {
    var name: String
    /// Empty where the list has but one group.
    var group: String
    /// One for each of `columns`.
    var facts: [String]
  }

  /// Path of its files, without ending.
  let path: String
  let title: String
  let run: String
  let basis: String
  /// The day of the latest decision.
  let decided: String
  /// The first day of the period, the one after that decision: the day on which a period begins to
  /// run does not count.
  let from: String
  /// The last day of the period, which counts.
  let to: String
  let publicity: Rubric.Publicity
  let owner: String
  /// What those on the list are.
  let subject: String
  /// What their names are called.
  let nameLabel: String
  /// The facts that are shown beside the name.
  let columns: [(id: String, label: String)]
  let people: [Person]
  let language: Language
  /// The run's day, for the time within the document.
  let asOf: PartialDate

  /// Nil where the rubric lets nothing be published, or no decision that stands puts anybody
  /// forward.
  init?(_ results: RunResult, _ screening: Screening) {
    let honour = results.run.honours[screening.honour]
    let rubric = results.pack.rubrics[honour.rubric]
    guard let publicity = rubric.publicity,
      let card = results.scorecards.first(where: { $0.rubric == honour.rubric })
    else { return nil }
    let lines = screening.lines.filter { $0.file?.isPutForward == true }
    guard let latest = lines.compactMap({ $0.file?.decision?.on?.lastDay }).max() else {
      return nil
    }
    let language = results.language
    let kind = results.pack.subjects[rubric.subject]
    let names = ShownSubjects(results, kind: rubric.subject)
    let hasGroups = screening.lines.contains { $0.group != screening.lines.first?.group }
    // The loader has refused all others; here it is asked again, because what is out is out.
    let shown = publicity.show.filter { kind.facts[$0].sensitivity == .open }
    let words = shown.map { FactWords(kind.facts[$0], results.pack, language) }
    people = lines.map { line in
      let row = Int(card.subjects[line.entry])
      return Person(
        name: scrubbed(names.name(row)), group: hasGroups ? line.group : "",
        facts: zip(shown, words).map { slot, words in
          words.text(results.dossiers.text(subject: rubric.subject, fact: slot, row: row))
        })
    }
    columns = shown.map { (kind.facts[$0].id, kind.facts[$0].label) }
    path = "publicity/\(fileName(honour.id))"
    title = PublicityLabel.title(honour.title.isEmpty ? honour.id : honour.title)
      .text(in: language)
    run = results.run.title
    let legal = results.run.legalBasis == rubric.basis ? "" : results.run.legalBasis
    basis = [rubric.basis, legal].filter { !$0.isEmpty }
      .joined(separator: Phrases.separator.text(in: language))
    nameLabel = kind.facts[kind.name].label
    decided = PublicityLabel.day(PartialDate(day: latest)).text(in: language)
    from = PublicityLabel.day(PartialDate(day: latest + 1)).text(in: language)
    to = PublicityLabel.day(PartialDate(day: latest + Int32(publicity.days))).text(in: language)
    self.publicity = publicity
    owner = results.pack.about.owner
    subject = kind.title
    self.language = language
    asOf = results.run.asOf
  }

  var hasGroups: Bool { people.contains { !$0.group.isEmpty } }

  /// What a template can name, and what stands there.
  var values: [String: String] {
    [
      "title": title, "run": run, "basis": basis, "decided": decided, "from": from, "to": to,
      "days": "\(publicity.days)", "telephone": publicity.telephone,
      "objections": publicity.objections, "owner": owner, "count": "\(people.count)",
    ]
  }

  /// The same for the row of each person.
  var rows: [[String: String]] {
    people.enumerated().map { index, person in
      var row = [
        "row.number": "\(index + 1)", "row.name": person.name, "row.group": person.group,
      ]
      for (column, text) in zip(columns, person.facts) { row["row." + column.id] = text }
      return row
    }
  }
}

extension CaseFile {
  /// Whether a decision that stands recommends, while no objection is open.
  fileprivate var isPutForward: Bool {
    guard state == .decided, let decision else { return false }
    switch decision.result {
    case .recommend: return true
    case .asProposed: return proposal == .recommend
    case .reserve, .decline, .deferred, .changed: return false
    }
  }
}

/// How the values of one fact read.
private struct FactWords {
  private let fact: Fact
  private let codes: CodeTable?
  private let language: Language

  init(_ fact: Fact, _ pack: RulePack, _ language: Language) {
    self.fact = fact
    codes = fact.codes.map { pack.codes[$0] }
    self.language = language
  }

  func text(_ text: String?) -> String {
    guard let text else { return "" }
    if let codes { return codes.words(of: text).text(in: language) }
    switch text {
    case "true" where fact.isFlag: return Phrases.yes.text(in: language)
    case "false" where fact.isFlag: return Phrases.no.text(in: language)
    default: return scrubbed(text)
    }
  }
}
