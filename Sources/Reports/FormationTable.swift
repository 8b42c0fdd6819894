import RulePacks
import Tables

/// `formation.csv`: subjects that lack something and how they could get it, proposal by proposal.
func formationTable(_ results: Results) -> Document {
  let header = [
    "proposal", "subject", "name", "form", "partners", "partner_names", "tie", "strength",
    "together", "basis",
  ]
  var parts = [Lines(CSV(header: header).bytes)]
  var before = 0
  for plan in results.formation {
    parts.append(lines(of: plan, after: before, results))
    before += plan.count
  }
  return Document("formation.csv", parts)
}

/// - Parameter before: the number of proposals before these; they are numbered from 1.
private func lines(of plan: FormationPlan, after before: Int, _ results: Results) -> Lines {
  let formation = results.pack.formations[plan.formation]
  let subjects = ShownSubjects(results, kind: formation.subject)
  let ties = Ties(formation, results)
  let forms = FormationPlan.Way.allCases.map { CSV.made(formation.form($0)) }
  let basis = CSV.made(formation.basis)
  let separator = Phrases.separator.text(in: results.language)
  return Lines(count: plan.count) { number, csv in
    let proposal = plan[number]
    let rows = proposal.members.map { Int(plan.rows[$0]) }
    let tie = proposal.tie.map { ties.text($0, of: rows[0]) } ?? ""
    for (row, position) in zip(rows, proposal.members) {
      csv.cell(before + number + 1)
      subjects.append(row, to: &csv)
      csv.made(forms[Int(proposal.way.rawValue)])
      if rows.count == 1 {
        csv.empty()
        csv.empty()
      } else {
        let partners = rows.filter { $0 != row }
        csv.cell(partners.map { subjects.id($0) }.joined(separator: separator))
        csv.cell(partners.map { subjects.name($0) }.joined(separator: separator))
      }
      csv.cell(tie)
      if let strength = plan.strength(at: position) { csv.cell(strength) } else { csv.empty() }
      csv.cell(proposal.together)
      csv.made(basis)
      csv.endRow()
    }
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
    }
  }
}

/// What brings the subjects of a proposal together, as labels and values.
struct Ties: Sendable {
  private let near: [[Fact]]
  private let separator: String

  private struct Fact: Sendable {
    var label: String
    var values: TextSource
    /// Names of codes; empty where the fact has none.
    var names: [String: String]
  }

  init(_ formation: Formation, _ results: Results) {
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
