import Fields
import Foundation
package import Ledger
package import Reports
package import Requests
package import RulePacks
package import Tables

/// How many findings of a kind are told one by one; the table has all.
private let mostFindings = 500

/// Who of the run before the subjects of this one are, as far as that is not plain.
///
/// An id that stands for another name than before may be another body, and so may the same name
/// and place under another id be the same; neither is guessed: nothing is carried to such a
/// subject or compared with it until a person has said what it is.
package struct Successions: Sendable {
  package private(set) var cases: [Succession] = []
  package private(set) var said = SaidSuccessions()
  package private(set) var findings: [Finding] = []
  /// What the delivery says of ids that stand for another name, by kind and row.
  private var saidOfNames: [[Int: (isSame: Bool, on: String)]] = []
  /// When the delivery says it of another id, by kind, row and that id.
  private var saidOfIDs: [[Int: [String: String]]] = []

  /// - Throws: where the ledger cannot be read.
  package init(_ request: Request, plan: RunPlan, pack: RulePack, dossiers: Dossiers)
    throws(RunFailure)
  {
    let ledger = try openLedger(of: request)
    do throws(LedgerFailure) {
      let before = request.history?.before ?? Int.max
      for past in try ledger?.successions(before: before) ?? [] {
        said.say(past)
      }
      saidOfNames = pack.subjects.map { _ in [:] }
      saidOfIDs = pack.subjects.map { _ in [:] }
      for kind in pack.subjects.indices { readSaid(of: kind, pack, dossiers) }
      guard let previous = plan.previous,
        let record = try ledger?.latest(id: previous, before: before)
      else { return }
      for kind in pack.subjects.indices {
        guard let now = kindNames(of: kind, pack: pack, dossiers: dossiers),
          let then = try ledger?.names(of: record.sequence, beside: now)
        else { continue }
        add(then, now, kind, previous: record.asOf)
      }
    } catch {
      throw RunFailure(error)
    }
    tell(previous: plan.previous ?? "", pack, dossiers)
  }

  /// What the delivery says itself, the last of what it says of a pair.
  private mutating func readSaid(of kind: Int, _ pack: RulePack, _ dossiers: Dossiers) {
    let subject = pack.subjects[kind]
    for fact in dossiers.subjects[kind].facts {
      guard case .list(let record, let offsets, let rows) = fact,
        pack.records[record].caseRole == .successions, dossiers.records[record].count > 0,
        let earlier = pack.records[record].field("earlier_id"),
        let same = pack.records[record].field("same_body"),
        let on = pack.records[record].field("confirmed_on")
      else { continue }
      let table = dossiers.records[record]
      for row in 0..<dossiers.subjects[kind].count where offsets[row] < offsets[row + 1] {
        let own = rows[Int(offsets[row])..<Int(offsets[row + 1])].map { Int($0) }.sorted {
          (table.columns[on].text($0) ?? "", $0) < (table.columns[on].text($1) ?? "", $1)
        }
        for listed in own {
          guard let id = table.columns[earlier].text(listed), !id.isEmpty,
            let answer = table.columns[same].text(listed)
          else { continue }
          let own = dossiers.subjects[kind].ids[row]
          if id == own {
            saidOfNames[kind][row] = (answer == "true", table.columns[on].text(listed) ?? "")
          } else {
            said.say(answer == "true", kind: subject.id, subject: own, earlier: id)
            saidOfIDs[kind][row, default: [:]][id] = table.columns[on].text(listed) ?? ""
          }
        }
      }
    }
  }

  /// Bodies under another name, and those that are gone beside those that are new.
  ///
  /// - Parameter previous: The date of the run before. What was said of a name by then was said of
  ///   another change.
  private mutating func add(
    _ then: EarlierNames, _ now: KindNames, _ kind: Int, previous: String
  ) {
    for (row, texts) in then.renamed {
      guard let was = texts.first ?? nil, let name = now.text(0, row),
        matchingKey(was) != matchingKey(name)
      else { continue }
      let keys = (then: matchingKey(was), now: matchingKey(name))
      if let answer = saidOfNames[kind][row], answer.on > previous {
        said.sayName(answer.isSame, kind: now.kind, subject: now.ids[row], keys: keys)
      }
      let answer = said.isSameName(kind: now.kind, subject: now.ids[row], keys: keys)
      add(.name, kind, row, now, earlier: now.ids[row], name: was, answer)
    }
    guard then.facts == now.facts, !then.gone.isEmpty, !then.new.isEmpty else { return }
    var gone: [String: [Int]] = [:]
    for (index, one) in then.gone.enumerated() {
      if let key = key(one.texts) { gone[key, default: []].append(index) }
    }
    var new: [String: [Int]] = [:]
    for row in then.new {
      if let key = key(now.facts.indices.map { now.text($0, row) }) {
        new[key, default: []].append(row)
      }
    }
    let known = Dictionary(
      then.gone.map { ($0.id, $0.texts.first.flatMap { $0 } ?? "") },
      uniquingKeysWith: { first, _ in first })
    for row in then.new {
      // Said by a person, whatever the name of now.
      let ids = said.earlierIDs(kind: now.kind, subject: now.ids[row])
      if let id = ids.first(where: { known[$0] != nil }), let name = known[id] {
        let isSaid = isSaid(kind, row, now.kind, earlier: id, name: name, previous: previous)
        add(.id, kind, row, now, earlier: id, name: name, isSaid ? true : nil)
        continue
      }
      guard let key = key(now.facts.indices.map { now.text($0, row) }), let found = gone[key],
        found.count == 1, new[key]?.count == 1
      else { continue }
      let one = then.gone[found[0]]
      let answer = self.said.isSame(kind: now.kind, subject: now.ids[row], earlier: one.id)
      add(
        .id, kind, row, now, earlier: one.id, name: one.texts.first.flatMap { $0 } ?? "", answer)
    }
  }

  /// Whether what was said of an id was said of the body for which it stood in the run before: a
  /// code is given to another body at times. What was said since that run was said of that body.
  private mutating func isSaid(
    _ kind: Int, _ row: Int, _ id: String, earlier: String, name: String, previous: String
  ) -> Bool {
    let key = matchingKey(name)
    let isOfIt =
      (saidOfIDs[kind][row]?[earlier] ?? "") > previous
      || said.isMeant(kind: id, earlier: earlier, name: name)
    if isOfIt { said.mean(kind: id, earlier: earlier, key: key) }
    return isOfIt
  }

  private mutating func add(
    _ change: Succession.Change, _ kind: Int, _ row: Int, _ now: KindNames, earlier: String,
    name: String, _ answer: Bool?
  ) {
    cases.append(
      Succession(
        kind: kind, row: row, change: change, earlierID: earlier, earlierName: name,
        state: answer.map { $0 ? .same : .another } ?? .open))
  }

  /// Lets what the run before gave follow its bodies.
  package func follow(
    in carried: inout [String: CarriedResults], _ pack: RulePack, _ dossiers: Dossiers
  ) {
    for rubric in pack.rubrics where carried[rubric.id] != nil {
      let own = cases.filter { $0.kind == rubric.subject }
      let ids = dossiers.subjects[rubric.subject].ids
      let same = own.filter { $0.change == .id && $0.state == .same }
      let open = own.filter { $0.change == .name && $0.state != .same }
      carried[rubric.id]?.follow(
        Dictionary(
          same.map { ($0.earlierID, ids[$0.row]) }, uniquingKeysWith: { first, _ in first }),
        without: open.map { ids[$0.row] })
    }
  }

  /// Nil where a text of it is not stated: nothing is proposed of a body of which that is unknown.
  private func key(_ texts: [String?]) -> String? {
    var key = ""
    for text in texts {
      guard let text, !text.isEmpty else { return nil }
      key += matchingKey(text) + "\u{0}"
    }
    return key
  }

  private mutating func tell(previous: String, _ pack: RulePack, _ dossiers: Dossiers) {
    var counts: [Succession.Change: Int] = [:]
    for one in cases where one.state == .open {
      counts[one.change, default: 0] += 1
      guard counts[one.change, default: 0] <= mostFindings else { continue }
      let kind = pack.subjects[one.kind]
      let name = dossiers.text(subject: one.kind, fact: kind.name, row: one.row) ?? ""
      findings.append(
        finding(one, dossiers.subjects[one.kind].ids[one.row], name, previous, pack))
    }
    for change in Succession.Change.allCases where counts[change, default: 0] > mostFindings {
      let more = counts[change, default: 0] - mostFindings
      findings.append(
        Finding(
          .warning, change.findingKind,
          message: Bilingual(
            zh: "另有 \(more) 个对象同样需要确认，见 successions.csv。",
            en: "\(more) more are to be confirmed likewise; successions.csv has all."),
          cure: cure(pack)))
    }
  }

  private func finding(
    _ one: Succession, _ id: String, _ name: String, _ previous: String, _ pack: RulePack
  ) -> Finding {
    let message =
      switch one.change {
      case .name:
        Bilingual(
          zh: "上一批次“\(previous)”中代码 \(id) 的名称是“\(one.earlierName)”，本批次是“\(name)”；"
            + "确认为同一单位以前，不沿用、不比较它以往的结果。",
          en:
            "in the run “\(previous)” the code \(id) stood for “\(one.earlierName)”, now it stands "
            + "for “\(name)”; until they are confirmed to be one body, nothing is carried to it or "
            + "compared with it.")
      case .id where matchingKey(one.earlierName) != matchingKey(name):
        Bilingual(
          zh: "以往确认过“\(name)”（\(id)）与代码 \(one.earlierID) 是同一单位，但上一批次“\(previous)”中这个代码的"
            + "名称是“\(one.earlierName)”，不是确认时的名称；确认以前按两个单位对待，不沿用、不比较。",
          en:
            "it was confirmed that “\(name)” (\(id)) had the code \(one.earlierID), but in the run "
            + "“\(previous)” that code stands for “\(one.earlierName)”, another name than when it was "
            + "confirmed; until that is confirmed, too, they count as two, and nothing is carried or "
            + "compared.")
      case .id:
        Bilingual(
          zh: "“\(name)”本批次的代码是 \(id)，上一批次“\(previous)”中同名同地的单位代码是 \(one.earlierID)，"
            + "可能是换了代码的同一单位；确认以前按两个单位对待。",
          en: "“\(name)” has the code \(id); in the run “\(previous)” a body of the same name and "
            + "place had \(one.earlierID). It may be the same under a new code; until that is "
            + "confirmed they count as two.")
      }
    return Finding(
      .warning, one.change.findingKind, subject: id, message: message, cure: cure(pack))
  }

  private func cure(_ pack: RulePack) -> Bilingual {
    guard pack.records.contains(where: { $0.caseRole == .successions }) else {
      return Bilingual(
        zh: "请核对报送的名称和代码；规则包没有确认单位沿革的登记表，无法确认。",
        en: "Check the name and the code that were delivered; the pack has no records in which it "
          + "could be confirmed.")
    }
    return Bilingual(
      zh: "请在 successions.xlsx 中填写是否同一单位、确认岗位和日期，放回报送文件夹重新运行；名称或者代码有误的，更正报送数据。",
      en: "Fill in successions.xlsx (the same body or not, by which role, when), put it into the "
        + "delivery and run again; where the name or the code is wrong, correct the delivered data."
    )
  }
}

/// Whether subjects of a kind are found by their name with something else, so that another name may
/// mean another body.
package func isKnownByName(_ kind: Int, _ pack: RulePack) -> Bool {
  let subject = pack.subjects[kind]
  let name = subject.facts[subject.name].id
  return subject.identity.contains { $0.count > 1 && $0.contains(name) }
}

/// What the subjects of a kind are known by beside their ids; nil for kinds that are not found by
/// their name and something else, as persons are not, and where that is not public.
package func kindNames(of kind: Int, pack: RulePack, dossiers: Dossiers) -> KindNames? {
  let subject = pack.subjects[kind]
  let name = subject.facts[subject.name].id
  guard let step = subject.identity.first(where: { $0.count > 1 && $0.contains(name) }) else {
    return nil
  }
  let ids = [name] + step.filter { $0 != name }
  let slots = ids.compactMap { subject.fact($0) }
  guard slots.count == ids.count, slots.allSatisfy({ subject.facts[$0].sensitivity == .open })
  else { return nil }
  return KindNames(kind: subject.id, ids: dossiers.subjects[kind].ids, facts: ids) { fact, row in
    dossiers.text(subject: kind, fact: slots[fact], row: row)
  }
}

extension SaidSuccessions {
  /// Whether one id stood for another name, and nobody has said that both are one body.
  package func isAnother(kind: String, subject: String, then: String, now: String) -> Bool {
    let keys = (then: matchingKey(then), now: matchingKey(now))
    return keys.then != keys.now && isSameName(kind: kind, subject: subject, keys: keys) != true
  }

  /// Whether an earlier id stands for a body of which somebody spoke; of one without a name nobody
  /// can tell that it is another.
  package func isMeant(kind: String, earlier: String, name: String) -> Bool {
    let key = matchingKey(name)
    return key.isEmpty || isMeant(kind: kind, earlier: earlier, key: key)
  }

  /// Adds what was said in a run that the ledger holds.
  package mutating func say(_ past: PastSuccession) {
    if past.subject == past.earlier {
      sayName(
        past.isSame, kind: past.kind, subject: past.subject,
        keys: (matchingKey(past.names.then), matchingKey(past.names.now)))
    } else {
      say(past.isSame, kind: past.kind, subject: past.subject, earlier: past.earlier)
      let key = matchingKey(past.names.then)
      if past.isSame, !key.isEmpty { mean(kind: past.kind, earlier: past.earlier, key: key) }
    }
  }
}

/// What was said in this run, for the ledger.
package func pastSuccessions(of evaluated: RunResult) -> [PastSuccession] {
  evaluated.successions.filter { $0.state != .open }.map { one in
    PastSuccession(
      kind: evaluated.pack.subjects[one.kind].id,
      subject: evaluated.dossiers.subjects[one.kind].ids[one.row], earlier: one.earlierID,
      names: PastSuccession.Names(
        then: one.earlierName,
        now: evaluated.dossiers.text(
          subject: one.kind, fact: evaluated.pack.subjects[one.kind].name, row: one.row) ?? ""),
      isSame: one.state == .same)
  }
}
