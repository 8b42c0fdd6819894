package import Comparison
import Labels
import Pipeline
package import Tables

extension Impact {
  /// The comparison for people: counts, from which tier to which, through which rules, and who.
  ///
  /// - Parameters:
  ///   - language: of all that is told.
  ///   - width: places of a line.
  ///   - most: how many changes of a rubric or a list are told one by one.
  package func lines(in language: Language, width: Int, most: Int = 30) -> [String] {
    var lines = [
      Bilingual(
        zh: "批次 \(run)：\(titles.before) → \(titles.after)",
        en: "run \(run): \(titles.before) → \(titles.after)"
      ).text(in: language)
    ]
    for rubric in rubrics { lines += rubric.lines(in: language, width: width, most: most) }
    for screening in screenings where !screening.changes.isEmpty {
      lines += screening.lines(in: language, width: width, most: most)
    }
    return lines
  }
}

extension RubricImpact {
  var headline: Bilingual {
    guard !moves.isEmpty else {
      return Bilingual(
        zh: "\(title)：对象 \(subjects)，没有变化", en: "\(title): \(subjects) subjects, nothing changes")
    }
    let counted = self.counted
    let ranks = moves.count { move in
      guard let was = move.before?.rank, let now = move.after?.rank else { return false }
      return was > 0 && now > 0 && was != now
    }
    return Bilingual(
      zh:
        "\(title)：对象 \(subjects)，有变化 \(moves.count)：等次升 \(counted.tierUp)、降 \(counted.tierDown)，新被门槛拦下 \(counted.newlyGated)，解除 \(counted.released)，进入排名 \(counted.ranked)，退出排名 \(counted.unranked)，得分增 \(counted.higher)、减 \(counted.lower)，名次变动 \(ranks)",
      en:
        "\(title): \(subjects) subjects, \(moves.count) change: tier up \(counted.tierUp), down \(counted.tierDown), newly gated \(counted.newlyGated), released \(counted.released), into the ranking \(counted.ranked), out of it \(counted.unranked), score up \(counted.higher), down \(counted.lower), another rank \(ranks)"
    )
  }

  fileprivate func lines(in language: Language, width: Int, most: Int) -> [String] {
    var lines = ["", headline.text(in: language)]
    guard !moves.isEmpty else { return lines }
    lines += TextTable(matrixTable, in: language).lines(width: width)
    lines.append("")
    lines += TextTable(ruleTable, in: language).lines(width: width)
    lines.append("")
    // Those that stand elsewhere come first.
    let order =
      moves.indices.filter { moves[$0].changesStanding }
      + moves.indices.filter { !moves[$0].changesStanding }
    let listed = order.prefix(most).map { Int32($0) }
    lines += TextTable(moveTable(), listed, in: language).lines(width: width)
    if moves.count > most { lines.append(more(moves.count - most, in: language)) }
    return lines
  }
}

extension ScreeningImpact {
  fileprivate func lines(in language: Language, width: Int, most: Int) -> [String] {
    let entering = changes.count { $0.after == .recommend }
    let leaving = changes.count { $0.before == .recommend }
    let head = Bilingual(
      zh:
        "\(title)：进入\(Screening.Proposal.recommend.label.zh) \(entering)，退出 \(leaving)，其他变化 \(changes.count - entering - leaving)",
      en:
        "\(title): \(entering) become recommended, \(leaving) no longer are, \(changes.count - entering - leaving) other changes"
    )
    let listed = changes.indices.prefix(most).map { Int32($0) }
    return ["", head.text(in: language)]
      + TextTable(changeTable, listed, in: language).lines(width: width)
  }
}
