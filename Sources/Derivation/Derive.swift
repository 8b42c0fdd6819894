import Expressions
public import RulePacks
public import Tables

public struct DeriveSettings: Sendable {
  /// The date that all criteria are applied at.
  public var asOf: PartialDate
  /// How many pieces of work run at once; decides nothing else.
  public var jobs: Int

  public init(asOf: PartialDate, jobs: Int) {
    self.asOf = asOf
    self.jobs = jobs
  }
}

/// What derivation gives beside the facts that it fills in.
public struct Derived: Sendable {
  public var coverage: [CoverageLine]
  /// One a formation of the pack.
  public var formation: [FormationPlan]
  /// One a published figure of the pack; nil where the delivery holds nothing of it or cannot tell.
  public var published: [ComputedFigure?]
  /// Each statistic of the pack, for the whole and by its groups.
  public var statistics: [StatisticLine]
  /// One a code of the overview's forms.
  public var forms: [FormLine]
  public var findings: [Finding]
}

/// Fills in the facts that follow from others, and counts and proposes what the pack asks for.
///
/// Facts are derived for all subjects, each when those that it reads are there; what is unknown
/// stays unknown unless a rule says otherwise.
public func derive(_ dossiers: inout Dossiers, pack: RulePack, settings: DeriveSettings) async
  -> Derived
{
  let jobs = max(1, settings.jobs)
  let findings = await deriveAll(&dossiers, pack, asOf: settings.asOf, jobs: jobs)
  var formation: [FormationPlan] = []
  for index in pack.formations.indices {
    formation.append(await propose(pack.formations[index], index, dossiers, jobs: jobs))
  }
  var coverage: [CoverageLine] = []
  for rates in pack.coverages {
    let plan = formation.first { pack.formations[$0.formation].subject == rates.subject }
    coverage += await cover(rates, plan, dossiers, pack, jobs: jobs)
  }
  var published: [ComputedFigure?] = []
  for figure in pack.published {
    published.append(await computed(figure, dossiers, jobs: jobs))
  }
  let counted = await statistics(dossiers, pack, jobs: jobs)
  var formLines: [FormLine] = []
  if let overview = pack.overview {
    formLines = await forms(overview, dossiers, pack, jobs: jobs)
  }
  return Derived(
    coverage: coverage, formation: formation, published: published, statistics: counted,
    forms: formLines, findings: findings)
}

/// Derives so many facts at a time, first those that most others wait for.
///
/// Not `inParallel`: what can begin next depends on what is done, and reads its results.
private func deriveAll(
  _ dossiers: inout Dossiers, _ pack: RulePack, asOf: PartialDate, jobs: Int
) async -> [Finding] {
  let derivations = pack.derivations
  var missing = prerequisites(of: derivations, in: dossiers)
  let chains = chains(after: missing)
  // By derivation, so that it does not matter which is done first.
  var findings: [[Finding]] = derivations.map { _ in [] }
  var waiting = Set(derivations.indices)
  await withTaskGroup(of: (Int, FactColumn, [Finding]).self) { group in
    var running = 0
    func start() {
      let next = waiting.filter { missing[$0].isEmpty }.min {
        chains[$0] == chains[$1] ? $0 < $1 : chains[$0] > chains[$1]
      }
      guard let next else { return }
      waiting.remove(next)
      let known = dossiers
      group.addTask {
        let facts = await facts(
          of: derivations[next], known, pack, DeriveSettings(asOf: asOf, jobs: 1))
        return (next, facts.column, facts.findings)
      }
      running += 1
    }
    for _ in 0..<jobs { start() }
    while let (done, column, said) = await group.next() {
      running -= 1
      dossiers.subjects[derivations[done].subject].facts[derivations[done].slot] = column
      findings[done] = said
      for number in waiting { missing[number].remove(done) }
      for _ in running..<max(running, jobs) { start() }
    }
  }
  return findings.flatMap { $0 }
}

private func facts(
  of derivation: Derivation, _ dossiers: Dossiers, _ pack: RulePack, _ settings: DeriveSettings
) async -> (column: FactColumn, findings: [Finding]) {
  let subject = derivation.subject
  let count = dossiers.subjects[subject].count
  let fact = pack.subjects[subject].facts[derivation.slot]
  let codes = fact.codes.map { pack.codes[$0].names } ?? []
  switch derivation.form {
  case .value(let expression):
    let pieces = await overStretches(of: count, jobs: settings.jobs) { rows in
      results(of: expression, subject, rows, dossiers)
    }
    guard let table = fact.codes else {
      return (.own(column(pieces, of: fact.type, codes: codes)), [])
    }
    let known = Set(codes)
    let checked = pieces.map { $0.translated { known.contains($0) ? $0 : nil } }
    return (
      .own(column(checked, of: fact.type, codes: codes)),
      strangers(in: pieces, known: known, fact: fact, table: pack.codes[table].id)
    )
  case .rules(let rules, let otherwise):
    let values = rules.map(\.then)
    let pieces = await overStretches(of: count, jobs: settings.jobs) { rows in
      let decided = decide(rules, subject, rows, dossiers)
      return (decided, Results(decided, values, otherwise: otherwise))
    }
    return (
      .own(column(pieces.map(\.1), of: fact.type, codes: codes)),
      findings(of: pieces.map(\.0), rules, derivation, dossiers)
    )
  case .lookup(let table, let by, let column, let byPrefix):
    let lookup = Lookup(pack.codes[table], column: column, byPrefix: byPrefix)
    return await translated(by, subject, count, dossiers, fact, codes, settings.jobs) {
      lookup.text(of: $0)
    }
  case .successor(let table, let expression):
    let succession = Succession(pack.codes[table], asOf: settings.asOf)
    return await translated(expression, subject, count, dossiers, fact, codes, settings.jobs) {
      succession.successor(of: $0)
    }
  case .pick(let pick):
    let rows = await overStretches(of: count, jobs: settings.jobs) { rows in
      picked(pick, subject, rows, dossiers)
    }.flatMap { $0 }
    return (.chosen(record: pick.record, field: pick.take, rows: rows), [])
  }
}

/// A finding for each result that is none of the fact's codes, with how many subjects have it.
private func strangers(
  in pieces: [Results], known: Set<String>, fact: Fact, table: String
) -> [Finding] {
  var counts: [String: Int] = [:]
  for piece in pieces {
    guard case .codes(let ids, let names) = piece.values else { continue }
    var lanes = Array(repeating: 0, count: names.count)
    for lane in ids.indices where piece.known[lane] { lanes[Int(ids[lane])] += 1 }
    for (name, count) in zip(names, lanes) where count > 0 { counts[name, default: 0] += count }
  }
  return counts.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { text, count in
    Finding(
      .error, "not-a-code", field: fact.id,
      message: Bilingual(
        zh: "“\(fact.label)”得出“\(text)”（\(count)个对象），不在代码表“\(table)”中，按未知处理",
        en:
          "“\(fact.id)” comes out as “\(text)” for \(count) subjects, which is no code of “\(table)”; taken as unknown"
      ),
      cure: Bilingual(
        zh: "请更正表达式，或在代码表中补上这个代码", en: "correct the expression, or add the code to its table"))
  }
}

private func translated(
  _ expression: CheckedExpression, _ subject: Int, _ count: Int, _ dossiers: Dossiers,
  _ fact: Fact, _ codes: [String], _ jobs: Int,
  _ translate: @escaping @Sendable (String) -> String?
) async -> (column: FactColumn, findings: [Finding]) {
  let pieces = await overStretches(of: count, jobs: jobs) { rows in
    results(of: expression, subject, rows, dossiers).translated(translate)
  }
  return (.own(column(pieces, of: fact.type, codes: codes)), [])
}
