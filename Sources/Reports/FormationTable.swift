import RulePacks
import Tables

/// `formation.csv`: subjects that lack something and how they could get it, proposal by proposal.
func formationTable(_ results: Results) -> Document {
  let proposals = results.formation
  // Their numbers are sorted: a proposal is a hundred bytes.
  let order = proposals.indices.map { Int32($0) }.sorted {
    let (left, right) = (proposals[Int($0)], proposals[Int($1)])
    return (left.subject, left.number, left.row) < (right.subject, right.number, right.row)
  }
  let kinds = results.pack.subjects.indices.map { ShownSubjects(results, kind: $0) }
  let separator = Phrases.separator.text(in: results.language)
  let header = [
    "proposal", "subject", "name", "form", "partners", "partner_names", "tie", "strength",
    "together", "basis",
  ]
  return Document(
    "formation.csv",
    [
      Lines(header: header, count: proposals.count) { number, csv in
        let proposal = proposals[Int(order[number])]
        let kind = kinds[proposal.subject]
        csv.cell(proposal.number)
        kind.append(Int(proposal.row), to: &csv)
        csv.cell(proposal.form)
        if proposal.partners.isEmpty {
          csv.empty()
          csv.empty()
        } else {
          csv.cell(proposal.partners.map { kind.id(Int($0)) }.joined(separator: separator))
          csv.cell(proposal.partners.map { kind.name(Int($0)) }.joined(separator: separator))
        }
        csv.cell(proposal.tie)
        if let strength = proposal.strength { csv.cell(strength) } else { csv.empty() }
        csv.cell(proposal.together)
        csv.cell(proposal.basis)
        csv.endRow()
      }
    ])
}
