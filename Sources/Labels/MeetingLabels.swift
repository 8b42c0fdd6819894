public import Tables

/// What stands on the papers of a meeting, beside what other tables have.
public enum MeetingLabel {
  public static let title = Bilingual(zh: "研究名单", en: "List for the meeting")
  public static let sofar = Bilingual(zh: "决定情况", en: "Decided so far")
  public static let unanswered = Bilingual(zh: "未答复", en: "not answered")
  public static let howToFill = Bilingual(
    zh: "会后在本列选择或填写研究结果（未研究的留空），连同决定日期、决定机构一并填好，把本表放入报送文件夹重新运行，即作为决定读入。",
    en:
      "After the meeting choose or write what was decided (leave empty what was not), fill in date "
      + "and role, put this workbook into the delivery and run again: it is read as decisions.")
}

extension Screening {
  /// For every group in which anything was decided, how the places were given and who is left, in a
  /// sentence.
  ///
  /// - Parameters:
  ///   - quota: of each group.
  ///   - reserve: of each group.
  public func decidedSentences(quota: Int, reserve: Int) -> [Bilingual] {
    var groups: [(name: String, counts: Decided)] = []
    for line in lines {
      if groups.last?.name != line.group { groups.append((line.group, Decided())) }
      groups[groups.count - 1].counts.add(line)
    }
    return groups.filter { $0.counts.isAny }.map { group in
      let counts = group.counts
      let head =
        groups.count == 1 || group.name.isEmpty ? ("", "") : ("\(group.name)：", "\(group.name): ")
      let rest = max(0, quota - counts.recommended)
      let over = max(0, counts.recommended - quota)
      return Bilingual(
        zh: head.0
          + "名额 \(quota)：已决定推荐 \(counts.recommended)、候补 \(counts.reserve)、不予推荐 \(counts.declined)、暂缓 \(counts.deferred)；"
          + (over > 0 ? "超出名额 \(over)" : "名额还余 \(rest)") + "，待研究 \(counts.open)",
        en: head.1
          + "quota \(quota): \(counts.recommended) decided to recommend, \(counts.reserve) in reserve, \(counts.declined) declined, \(counts.deferred) deferred; "
          + (over > 0 ? "\(over) above the quota" : "\(rest) places left")
          + ", \(counts.open) to be decided")
    }
  }

  /// Decisions of one group that stand.
  private struct Decided {
    var recommended = 0
    var reserve = 0
    var declined = 0
    var deferred = 0
    /// Candidates that could still be put forward.
    var open = 0

    var isAny: Bool { recommended + reserve + declined + deferred > 0 }

    mutating func add(_ line: Line) {
      switch line.decided {
      case .recommend: recommended += 1
      case .reserve: reserve += 1
      case .decline: declined += 1
      case .deferred: deferred += 1
      case .asProposed, .changed: break
      case nil:
        switch line.proposal {
        case .recommend, .reserve, .tied, .waiting: open += 1
        case .ineligible, .notSelected: break
        }
      }
    }
  }
}
