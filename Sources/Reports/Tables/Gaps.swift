import Labels
import RulePacks
import Tables

/// A missing fact as reports show it.
struct ShownFact: Sendable, Equatable {
  var label: String
  /// Title of the record kind that states it; empty if none does.
  var record = ""
  /// Id of the office that can supply it; nil if none is known.
  var officeID: String?
  /// Title of that office; empty if none is known.
  var office: String

  /// Nil where the fact, or what it is reached through, may not appear in reports.
  init?(_ missing: Gaps.MissingFact, subject: Int, pack: RulePack) {
    let first = missing.owner ?? subject
    var place = Place.subject(first)
    var labels = missing.owner.map { [pack.subjects[$0].title] } ?? []
    let prefix = labels.count
    for slot in missing.slots {
      switch place {
      case .record(let record, _) where slot < Demand.outer:
        let kind = pack.records[record]
        guard kind.fields.indices.contains(slot) else { continue }
        let field = kind.fields[slot]
        guard field.sensitivity == .open else { return nil }
        labels.append(field.label)
        self.record = kind.title
        officeID = field.office ?? kind.office ?? officeID
      case .subject(let owner), .record(_, let owner):
        let facts = pack.subjects[owner].facts
        let index = slot < Demand.outer ? slot : slot - Demand.outer
        guard facts.indices.contains(index) else { continue }
        let fact = facts[index]
        guard fact.sensitivity == .open else { return nil }
        labels.append(fact.label)
        record = pack.recordTitle(of: index, subject: owner)
        officeID = fact.office ?? pack.office(behind: index, of: owner) ?? officeID
        switch fact.origin {
        case .list(let record): place = .record(record, of: owner)
        case .members(let subject, _): place = .subject(subject)
        case .asOf, .record, .merged, .derived, .reference, .result: break
        }
      }
    }
    if let opinion = missing.opinion {
      officeID = opinion.office ?? officeID
      labels.append(opinion.title)
    }
    label = labels.count == prefix ? missing.shown : labels.joined(separator: "·")
    if let opinion = missing.opinion {
      let language = pack.about.language
      label +=
        Bilingual(zh: "：", en: ": ").text(in: language) + opinion.lack.label.text(in: language)
    }
    let id = officeID
    office = pack.about.offices.first { $0.id == id }?.title ?? id ?? ""
  }

  /// Where the next slot of a path is looked up.
  private enum Place {
    case subject(Int)
    case record(Int, of: Int)
  }
}

/// The gaps of one scorecard that may appear in reports, in order of its entries.
struct ShownGaps: Sendable {
  /// One a missing fact of the scorecard; nil where it may not appear.
  let facts: [ShownFact?]
  /// Numbers of gaps, by entry; those of entry `i` are `gaps[offsets[i]..<offsets[i + 1]]`.
  let gaps: [Int32]
  let offsets: [Int32]

  init(_ card: Scorecard, subject: Int, pack: RulePack) {
    let facts = card.gaps.facts.map { ShownFact($0, subject: subject, pack: pack) }
    self.facts = facts
    let shown = card.gaps.missing.map { facts[Int($0)] != nil }
    (offsets, gaps) = byEntry(card.gaps.entries, shown, count: card.count)
  }

  /// The labels of an entry's missing facts, each once.
  func missing(_ entry: Int, of card: Scorecard) -> [ShownFact] {
    var missing: [ShownFact] = []
    for gap in gaps[Int(offsets[entry])..<Int(offsets[entry + 1])] {
      guard let fact = facts[Int(card.gaps.missing[Int(gap)])] else { continue }
      if !missing.contains(fact) { missing.append(fact) }
    }
    return missing
  }
}

/// The numbers of the rows that are shown, stably sorted by entry (a counting sort).
private func byEntry(_ entries: [Int32], _ shown: [Bool], count: Int)
  -> (offsets: [Int32], rows: [Int32])
{
  var offsets = [Int32](repeating: 0, count: count + 1)
  for row in entries.indices where shown[row] { offsets[Int(entries[row]) + 1] += 1 }
  for entry in 0..<count { offsets[entry + 1] += offsets[entry] }
  var next = offsets
  var rows = [Int32](repeating: 0, count: Int(offsets[count]))
  for row in entries.indices where shown[row] {
    let entry = Int(entries[row])
    rows[Int(next[entry])] = Int32(row)
    next[entry] += 1
  }
  return (offsets, rows)
}
