public import Tables

/// Values that no code table has, a finding for each field in which several rows hold one: how
/// many rows, and the five values that occur most.
///
/// - Parameter delivery: What was taken; its quarantined rows count too.
public func unknownValues(in delivery: Delivery) -> [Finding] {
  var counts: [String: [Bilingual: Int]] = [:]
  for finding in delivery.findings where isUnknown(finding.rule) {
    counts[finding.field ?? "", default: [:]][finding.message, default: 0] += 1
  }
  for row in delivery.quarantine {
    for fault in row.faults where isUnknown(fault.code) {
      counts[fault.field, default: [:]][fault.message, default: 0] += 1
    }
  }
  return counts.sorted { $0.key < $1.key }.compactMap { field, messages in
    let rows = messages.values.reduce(0, +)
    guard rows > 1 else { return nil }
    let most = messages.sorted {
      $0.value == $1.value ? $0.key.en < $1.key.en : $0.value > $1.value
    }.prefix(5)
    let zh = most.map { "\($0.key.zh)（\($0.value)行）" }.joined(separator: "；")
    let en = most.map { "\($0.key.en) (\($0.value) rows)" }.joined(separator: "; ")
    return Finding(
      .warning, "unknown-values", field: field,
      message: Bilingual(
        zh: "有\(rows)行的“\(field)”是代码表中没有的，共\(messages.count)种：\(zh)",
        en:
          "\(rows) rows hold values of “\(field)” that no code table has, \(messages.count) different ones: \(en)"
      ),
      cure: Bilingual(
        zh: "属实的写入代码表（code 或 aliases），写错的请报送单位更正",
        en: "add right ones to the code table (code or aliases); have wrong ones corrected"))
  }
}

private func isUnknown(_ rule: String) -> Bool { rule == "unknown-code" }
