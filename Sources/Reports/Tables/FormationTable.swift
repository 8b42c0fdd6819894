import Labels
import RulePacks
import Tables

/// `formation.csv`: subjects that lack something and how they could get it, proposal by proposal.
func formationTable(_ results: RunResult) -> ReportTable {
  let plans = results.formation.map { ShownPlan($0, results) }
  let places = FormationPlace.all(of: results.formation)
  let separator = Phrases.separator.text(in: results.language)
  func text(
    _ id: String, _ label: Bilingual, _ width: Double, readers: ReportColumn.Readers = .all,
    _ text: @escaping @Sendable (ShownPlan, FormationPlace) -> String
  ) -> ReportColumn {
    ReportColumn(
      id: id, label: label, values: .text { text(plans[places[$0].plan], places[$0]) },
      readers: readers, width: width)
  }
  var form = text("form", ColumnLabel.form, 16) { plan, place in
    plan.formation.form(plan.plan[place.proposal].way)
  }
  let basis = plans.map { $0.formation.bases(in: results.language) }.filter { !$0.isEmpty }
    .joined(separator: "\n")
  form.note = Bilingual(zh: basis, en: basis)
  let haveBases = plans.contains { !$0.formation.bases.isEmpty }
  let columns: [ReportColumn] = [
    // Proposals are numbered from 1.
    ReportColumn(
      id: "proposal", label: ColumnLabel.formationProposal,
      values: .count { places[$0].number }, width: 8),
    text("subject", ColumnLabel.subject, 21) { $0.subjects.id($0.row($1.member)) },
    text("name", ColumnLabel.name, 32) { $0.subjects.name($0.row($1.member)) },
    form,
    text("partners", ColumnLabel.partners, 40, readers: .machines) { plan, place in
      plan.partners(of: place).map { plan.subjects.id($0) }.joined(separator: separator)
    },
    text("partner_names", ColumnLabel.partners, 40) { plan, place in
      plan.partners(of: place).map { plan.subjects.name($0) }.joined(separator: separator)
    },
    text("tie", ColumnLabel.tie, 24) { $0.tie($1) },
    ReportColumn(
      id: "strength", label: ColumnLabel.strength,
      values: .count { row in
        plans[places[row].plan].plan.strength(at: places[row].member)
      }),
    ReportColumn(
      id: "together", label: ColumnLabel.together,
      values: .count { row in
        plans[places[row].plan].plan[places[row].proposal].together
      }, width: 8),
    // Where it is the same for all, people read it in the note.
    text("basis", ColumnLabel.basis, 40, readers: haveBases ? .all : .machines) { plan, place in
      plan.formation.basis(of: plan.plan[place.proposal].way)
    },
  ]
  return ReportTable(
    path: "formation.csv", title: ReportLabel.formation,
    columns: columns + shownColumns(plans, places, results), count: places.count)
}

/// A column for each fact that the plans show; codes for machines, their names for people.
private func shownColumns(
  _ plans: [ShownPlan], _ places: [FormationPlace], _ results: RunResult
) -> [ReportColumn] {
  /// By plan; nil where it does not show the fact.
  typealias Sources = [FactTexts?]
  var labels: [(id: String, label: String)] = []
  var columns: [String: Sources] = [:]
  for (number, plan) in plans.enumerated() {
    for slot in plan.formation.shown {
      let fact = results.pack.subjects[plan.formation.subject].facts[slot]
      if columns[fact.id] == nil { labels.append((fact.id, fact.label)) }
      columns[fact.id, default: plans.map { _ in nil }][number] =
        FactTexts(results, subject: plan.formation.subject, slot: slot)
    }
  }
  return labels.flatMap { id, label -> [ReportColumn] in
    let sources = columns[id] ?? []
    func column(
      _ readers: ReportColumn.Readers, _ text: @escaping @Sendable (FactTexts, Int) -> String
    ) -> ReportColumn {
      ReportColumn(
        id: id, label: Bilingual(zh: label, en: label),
        values: .text { row in
          let place = places[row]
          return sources[place.plan].map { text($0, plans[place.plan].row(place.member)) } ?? ""
        }, readers: readers, width: 20)
    }
    guard sources.contains(where: { $0?.hasNames ?? false }) else {
      return [column(.all) { $0.value(of: $1) }]
    }
    return [
      column(.machines) { $0.value(of: $1) }, column([.people, .page]) { $0.name(of: $1) },
    ]
  }
}

/// One subject of one proposal.
struct FormationPlace: Sendable {
  let plan: Int
  let proposal: Int
  /// Position among the plan's rows.
  let member: Int
  /// Counted from 1 through all plans.
  let number: Int

  static func all(of plans: [FormationPlan]) -> [FormationPlace] {
    var places: [FormationPlace] = []
    places.reserveCapacity(plans.reduce(0) { $0 + $1.rows.count })
    var before = 0
    for (index, plan) in plans.enumerated() {
      for proposal in 0..<plan.count {
        for member in plan[proposal].members {
          places.append(
            FormationPlace(
              plan: index, proposal: proposal, member: member, number: before + proposal + 1))
        }
      }
      before += plan.count
    }
    return places
  }
}

/// One plan with what its rows share.
final class ShownPlan: Sendable {
  let formation: Formation
  let plan: FormationPlan
  let subjects: ShownSubjects
  private let ties: Ties

  init(_ plan: FormationPlan, _ results: RunResult) {
    self.plan = plan
    formation = results.pack.formations[plan.formation]
    subjects = ShownSubjects(results, kind: formation.subject)
    ties = Ties(formation, results)
  }

  func row(_ member: Int) -> Int { Int(plan.rows[member]) }

  /// The rows of the others in a proposal.
  func partners(of place: FormationPlace) -> [Int] {
    plan[place.proposal].members.filter { $0 != place.member }.map { row($0) }
  }

  /// What brings the subjects of a proposal together.
  func tie(_ place: FormationPlace) -> String {
    let proposal = plan[place.proposal]
    return proposal.tie.map { ties.text($0, of: row(proposal.members.lowerBound)) } ?? ""
  }
}

extension Formation {
  /// How the pack words a way.
  func form(_ way: FormationPlan.Way) -> String {
    switch way {
    case .alone: alone
    case .joint: joint
    case .area: area
    case .otherwise: otherwise
    case .unknown: unknown ?? otherwise
    }
  }

  /// What a way rests on.
  func basis(of way: FormationPlan.Way) -> String {
    let key =
      switch way {
      case .alone: "alone"
      case .joint: "joint"
      case .area: "area"
      case .otherwise: "otherwise"
      case .unknown: "unknown"
      }
    return bases[key] ?? basis
  }

  /// What the plan rests on; where its forms have bases of their own, a line for each form.
  fileprivate func bases(in language: Language) -> String {
    guard !bases.isEmpty else { return basis }
    let colon = Bilingual(zh: "：", en: ": ").text(in: language)
    return FormationPlan.Way.allCases.filter { $0 != .unknown || unknown != nil }
      .map { form($0) + colon + basis(of: $0) }.joined(separator: "\n")
  }
}

/// What brings the subjects of a proposal together, as labels and values.
private struct Ties: Sendable {
  private let near: [[FactTexts]]
  private let separator: String

  init(_ formation: Formation, _ results: RunResult) {
    separator = Phrases.separator.text(in: results.language)
    near = formation.near.map { slots in
      slots.map { FactTexts(results, subject: formation.subject, slot: $0) }
    }
  }

  func text(_ tie: Int, of row: Int) -> String {
    near[tie].map { "\($0.label) \($0.name(of: row))" }.joined(separator: separator)
  }
}
