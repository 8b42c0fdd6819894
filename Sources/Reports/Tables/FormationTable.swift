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
  let basis = plans.map(\.formation.basis).filter { !$0.isEmpty }.joined(separator: "\n")
  form.note = Bilingual(zh: basis, en: basis)
  return ReportTable(
    path: "formation.csv", title: Bilingual(zh: "组建方案", en: "Formation"),
    columns: [
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
      text("basis", ColumnLabel.basis, 24, readers: .machines) { plan, _ in plan.formation.basis },
    ], count: places.count)
}

/// One subject of one proposal.
private struct FormationPlace: Sendable {
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
private final class ShownPlan: Sendable {
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
  fileprivate func form(_ way: FormationPlan.Way) -> String {
    switch way {
    case .alone: alone
    case .joint: joint
    case .area: area
    case .otherwise: otherwise
    }
  }
}

/// What brings the subjects of a proposal together, as labels and values.
private struct Ties: Sendable {
  private let near: [[Fact]]
  private let separator: String

  private struct Fact: Sendable {
    var label: String
    var values: TextSource
    /// Names of codes; empty where the fact has none.
    var names: [String: String]
  }

  init(_ formation: Formation, _ results: RunResult) {
    let facts = results.pack.subjects[formation.subject].facts
    separator = Phrases.separator.text(in: results.language)
    near = formation.near.map { slots in
      slots.map { slot in
        let codes = facts[slot].codes.map { results.pack.codes[$0].codes } ?? []
        return Fact(
          label: facts[slot].label,
          values: TextSource(results.dossiers, subject: formation.subject, fact: slot),
          names: Dictionary(codes.map { ($0.code, $0.name) }, uniquingKeysWith: { one, _ in one }))
      }
    }
  }

  func text(_ tie: Int, of row: Int) -> String {
    near[tie].map { fact in
      let value = fact.values.text(row)
      return "\(fact.label) \(fact.names[value] ?? value)"
    }.joined(separator: separator)
  }
}
