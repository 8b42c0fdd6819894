public import RulePacks
public import Tables

/// Values that could not be read, a finding for each field in which several rows hold one: how many
/// rows, and the spellings that occur most; those that no code table has, and those that are no
/// number, amount, date or flag.
///
/// - Parameters:
///   - delivery: What was taken; its quarantined rows count too.
///   - pack: Says what fields are called.
public func unknownValues(in delivery: Delivery, pack: RulePack) -> [Finding] {
  let areLocated = delivery.files.map { $0.sheet != nil || $0.sharesLines }
  func message(_ message: Bilingual, _ place: Place?) -> Bilingual {
    guard let place, areLocated.indices.contains(Int(place.file)), areLocated[Int(place.file)]
    else { return message }
    return message.withoutPlace
  }
  var counts: [Unread: [String: [Bilingual: Int]]] = [:]
  for finding in delivery.findings {
    guard let unread = Unread(rule: finding.rule) else { continue }
    counts[unread, default: [:]][finding.field ?? "", default: [:]][
      message(finding.message, finding.place), default: 0] += 1
  }
  for row in delivery.quarantine {
    for fault in row.faults {
      guard let unread = Unread(rule: fault.code) else { continue }
      counts[unread, default: [:]][fault.field, default: [:]][
        message(fault.message, row.place), default: 0] += 1
    }
  }
  return Unread.allCases.flatMap { unread in
    (counts[unread] ?? [:]).sorted { $0.key < $1.key }.compactMap { field, messages in
      unread.finding(field, label: pack.label(ofField: field), messages)
    }
  }
}

extension RulePack {
  /// What all record kinds with the field call it; its id where they differ.
  fileprivate func label(ofField id: String) -> String {
    let labels = Set(records.flatMap { $0.fields.filter { $0.id == id }.map(\.label) })
    return labels.count == 1 ? labels.first ?? id : id
  }
}

/// Why values could not be read.
private enum Unread: CaseIterable {
  case unknown
  case misspelled

  init?(rule: String) {
    switch rule {
    case "unknown-code": self = .unknown
    case "bad-number", "not-whole", "unknown-currency", "approximate", "unit-missing", "bad-date",
      "no-such-day", "bad-flag":
      self = .misspelled
    default: return nil
    }
  }

  func finding(_ field: String, label: String, _ messages: [Bilingual: Int]) -> Finding? {
    let rows = messages.values.reduce(0, +)
    guard rows > 1 else { return nil }
    let most = messages.sorted {
      $0.value == $1.value ? $0.key.en < $1.key.en : $0.value > $1.value
    }.prefix(5)
    let zh = most.map { "\($0.key.zh)（\($0.value)行）" }.joined(separator: "；")
    let en = most.map { "\($0.key.en) (\($0.value) rows)" }.joined(separator: "; ")
    switch self {
    case .unknown:
      return Finding(
        .warning, "unknown-values", field: field,
        message: Bilingual(
          zh: "有\(rows)行的“\(label)”是代码表中没有的，共\(messages.count)种：\(zh)",
          en:
            "\(rows) rows hold values of “\(field)” that no code table has, \(messages.count) different ones: \(en)"
        ),
        cure: Bilingual(
          zh: "属实的写入代码表（code 或 aliases），写错的请报送单位更正",
          en: "add right ones to the code table (code or aliases); have wrong ones corrected"))
    case .misspelled:
      return Finding(
        .warning, "unread-values", field: field,
        message: Bilingual(
          zh: "有\(rows)行的“\(label)”读不出，共\(messages.count)种写法：\(zh)",
          en:
            "\(rows) rows hold values of “\(field)” that cannot be read, \(messages.count) different spellings: \(en)"
        ),
        cure: Bilingual(
          zh: "通行的写法请在规则包中写明（单位、币种、是否用词等），写错的请报送单位更正",
          en:
            "teach the rule pack usual spellings (units, currencies, words for yes and no); have wrong ones corrected"
        ))
    }
  }
}
