import Expressions
import RulePacks
import Tables

/// The members of the overview's populations by form: a line for each code of the fact, then one
/// for those of whom it is not known, if there are any.
func forms(_ overview: Overview, _ dossiers: Dossiers, _ pack: RulePack, jobs: Int) async
  -> [FormLine]
{
  guard let forms = overview.forms,
    let coverage = pack.coverages.first(where: { $0.subject == overview.subject })
  else { return [] }
  let conditions = overview.populations.map { coverage.populations[$0].condition }
  let parts = await overStretches(of: dossiers.subjects[overview.subject].count, jobs: jobs) {
    count(forms, conditions, overview.subject, $0, dossiers)
  }
  var tallies: [String?: FormTally] = [:]
  for part in parts {
    for (label, tally) in part { tallies[label, default: FormTally()].add(tally) }
  }
  let fact = pack.subjects[overview.subject].facts[forms.fact]
  let codes = fact.codes.map { pack.codes[$0].codes } ?? []
  var lines = codes.map { code in
    (tallies[code.code] ?? FormTally()).line(code.code, code.name, forms)
  }
  if let unknown = tallies[nil] { lines.append(unknown.line("", "", forms)) }
  return lines
}

private struct FormTally: Sendable {
  var organizations = FigureTally()
  var people = FigureTally()

  mutating func add(_ other: FormTally) {
    organizations.add(other.organizations)
    people.add(other.people)
  }

  func line(_ code: String, _ title: String, _ forms: Overview.Forms) -> FormLine {
    FormLine(
      code: code, title: title, units: people.members,
      organizations: forms.organizations.map { _ in
        ComputedFigure(number: organizations.texts.count, unknown: organizations.unknown)
      },
      members: forms.members.map { _ in
        ComputedFigure(number: people.number, unknown: people.unknown, countsOnes: false)
      })
  }
}

private func count(
  _ forms: Overview.Forms, _ conditions: [CheckedExpression], _ subject: Int, _ rows: Range<Int>,
  _ dossiers: Dossiers
) -> [String?: FormTally] {
  var demand = Demand(slots: [forms.fact])
  let asked = conditions + [forms.organizations, forms.members].compactMap { $0 }
  for expression in asked { demand.form(union: expression.demand) }
  let batch = dossiers.batch(of: subject, rows: rows, demand: demand)
  let answers = conditions.map { Answers($0.evaluate(over: batch)) }
  let members = (0..<rows.count).filter { lane in answers.contains { $0.isTrue(lane) } }
  let codes = labels(batch.vectors[forms.fact], at: members)
  let organizations = forms.organizations?.evaluate(over: batch)
  let people = forms.members?.evaluate(over: batch)
  let groups = Dictionary(grouping: members.indices, by: { codes[$0] })
  return groups.mapValues { places in
    let lanes = places.map { members[$0] }
    var tally = FormTally()
    tally.people.members = lanes.count
    if let organizations { tally.organizations.addTexts(organizations, lanes) }
    if let people { tally.people.add(people, lanes) }
    return tally
  }
}
