import Tables
import Testing

/// 51 countries, 49 indicators, 8 pillars, 2 sub-indexes: every stage against what COINr gives.
@Suite("A composite indicator worked out by another program")
struct PublishedIndexTests {
  static let tolerance = 1e-9

  @Test("imputes means of groups")
  func imputed() throws {
    let before = try PublishedIndex.table("stage_Denominated")
    let codes = before["uCode"]
    let after = try PublishedIndex.table("stage_Imputed").ordered(by: codes)
    let groups = try PublishedIndex.table("iData").ordered(by: codes)["EurAsia_group"]
    var count = 0
    for indicator in try PublishedIndex.indicators() {
      let values = before.numbers(indicator.id)
      let filled = imputed(values, by: groups)
      count += values.count { $0.isNaN }
      #expect(isNear(filled, after.numbers(indicator.id)), "\(indicator.id)")
    }
    #expect(count == 65)
  }

  private func imputed(_ values: [Double], by groups: [String]) -> [Double] {
    values.indices.map { row in
      guard values[row].isNaN else { return values[row] }
      let others = values.indices.filter { groups[$0] == groups[row] }.map { values[$0] }
      return Reference(others).mean
    }
  }

  @Test("brings in as many outliers, to the same values")
  func treated() throws {
    let before = try PublishedIndex.table("stage_Imputed")
    let after = try PublishedIndex.table("stage_Treated")
    let details = try PublishedIndex.table("treatment_details")
    for (row, id) in details["iCode"].enumerated() {
      let values = before.numbers(id)
      let shape = Shape(values)
      #expect(isNear([shape.skewness], [details.numbers("check_SkewKurt0.Skew")[row]]))
      #expect(isNear([shape.kurtosis], [details.numbers("check_SkewKurt0.Kurt")[row]]))
      let bounds = Winsorising().bounds(of: Reference(values))
      #expect(bounds.count == Int(details["winsorise.nwin"][row]) ?? 0, "\(id)")
      let kept = values.map { max(bounds.least, min($0, bounds.most)) }
      #expect(isNear(kept, after.numbers(id)), "\(id)")
    }
  }

  static let normalisations: [(String, Scale)] = [
    ("stage_Normalised", Scale(.minMax, low: 0, high: 100)),
    ("normalised_n_zscore", Scale(.zScore, low: 0, high: 1)),
    ("normalised_n_prank", Scale(.percentile, low: 0, high: 1)),
    ("normalised_n_rank", Scale(.rank, low: 0, high: 1)),
    ("normalised_n_borda", Scale(.borda, low: 0, high: 1)),
    ("normalised_n_dist2max", Scale(.distanceToMax, low: 0, high: 1)),
    ("normalised_n_fracmax", Scale(.fractionOfMax, low: 0, high: 1)),
  ]

  @Test("normalises alike", arguments: normalisations)
  func normalised(name: String, scale: Scale) throws {
    let before = try PublishedIndex.table("stage_Treated")
    let after = try PublishedIndex.table(name).ordered(by: before["uCode"])
    var apart = 0
    for indicator in try PublishedIndex.indicators() {
      let values = before.numbers(indicator.id).map { $0 * indicator.sign }
      let found = scale.normalised(values, over: Reference(values))
      let expected = after.numbers(indicator.id)
      for row in expected.indices where expected[row].isFinite {
        // Values that differ in the sixteenth digit were published alike, and tie here.
        let ties = scale.method.isByPlace ? values.count { $0 == values[row] } - 1 : 0
        let step = scale.method == .percentile ? 1 / Double(values.count - 1) : 1
        let isWithinTie =
          ties > 0 && expected[row] > found[row]
          && expected[row] <= found[row] + Double(ties) * step
        #expect(isNear([found[row]], [expected[row]]) || isWithinTie, "\(indicator.id) \(row)")
        apart += isWithinTie && !isNear([found[row]], [expected[row]]) ? 1 : 0
      }
      // Where nothing is a share of a maximum of 0, infinity there is no value here.
      #expect(found.allSatisfy { $0.isFinite } || scale.method == .fractionOfMax)
    }
    #expect(apart == (scale.method.isByPlace ? 3 : 0))
  }

  @Test("leaves signs to directions")
  func turned() throws {
    let before = try PublishedIndex.table("stage_Treated")
    let after = try PublishedIndex.table("normalised_n_scaled").ordered(by: before["uCode"])
    for indicator in try PublishedIndex.indicators() {
      let values = before.numbers(indicator.id).map { $0 * indicator.sign }
      #expect(isNear(values, after.numbers(indicator.id)), "\(indicator.id)")
    }
  }

  @Test("aggregates pillars, sub-indexes and the whole, and ranks alike")
  func aggregated() throws {
    let normalised = try PublishedIndex.table("stage_Normalised")
    let expected = try PublishedIndex.table("stage_Aggregated").ordered(by: normalised["uCode"])
    let (hierarchy, names, leaves) = try hierarchy(.mean)
    let scores = hierarchy.scores(of: leaves.map { normalised.numbers($0) })
    for (name, column) in zip(names, scores) {
      #expect(isNear(column, expected.numbers(name)), "\(name)")
    }
    let index = scores[scores.count - 1]
    let ranks = try PublishedIndex.table("results_ranks_full").ordered(by: normalised["uCode"])
    let found = index.map { score in index.count { $0 > score } + 1 }
    #expect(found == ranks["Index"].compactMap { Int($0) })
    #expect(found.count == 51)
  }

  static let threeMeans: [(String, Aggregate)] = [
    ("results_a_amean_minmax1_100", .mean), ("results_a_gmean_minmax1_100", .geometric),
    ("results_a_hmean_minmax1_100", .harmonic),
  ]

  @Test("takes the three means alike", arguments: threeMeans)
  func means(name: String, aggregate: Aggregate) throws {
    let treated = try PublishedIndex.table("stage_Treated")
    let expected = try PublishedIndex.table(name).ordered(by: treated["uCode"])
    let (hierarchy, names, leaves) = try hierarchy(aggregate)
    let signs = Dictionary(
      uniqueKeysWithValues: try PublishedIndex.indicators().map { ($0.id, $0.sign) })
    let columns = leaves.map { leaf in
      let values = treated.numbers(leaf).map { $0 * (signs[leaf] ?? 1) }
      return Scale(.minMax, low: 1, high: 100).normalised(values, over: Reference(values))
    }
    for (node, column) in zip(names, hierarchy.scores(of: columns)) {
      #expect(isNear(column, expected.numbers(node)), "\(node)")
    }
  }

  @Test("weighs each indicator alike in the whole")
  func shares() throws {
    let (hierarchy, _, leaves) = try hierarchy(.mean)
    let expected = try PublishedIndex.table("effective_weights").ordered(by: leaves, key: "iCode")
    let shares = hierarchy.shares(leaves: leaves.count)
    // Published with fifteen digits.
    #expect(isNear(shares, expected.numbers("EffWeight")))
  }

  @Test("gives the same whole without any one pillar")
  func withoutPillar() throws {
    let normalised = try PublishedIndex.table("stage_Normalised")
    let expected = try PublishedIndex.table("remove_elements_pillar_scores")
      .ordered(by: normalised["uCode"])
    let (hierarchy, names, leaves) = try hierarchy(.mean)
    let columns = leaves.map { normalised.numbers($0) }
    for (node, name) in names.enumerated() where expected.header.contains(name) {
      var without = hierarchy
      for index in without.nodes.indices {
        without.nodes[index].children.removeAll { $0.source == .node(node) }
      }
      let scores = without.scores(of: columns)
      #expect(isNear(scores[scores.count - 1], expected.numbers(name)), "\(name)")
    }
  }

  /// The groups as published; names of the nodes, and of the indicators in their order.
  private func hierarchy(
    _ aggregate: Aggregate
  ) throws -> (Hierarchy, names: [String], leaves: [String]) {
    let meta = try PublishedIndex.table("iMeta")
    let leaves = try PublishedIndex.indicators().map(\.id)
    var nodes: [Hierarchy.Node] = []
    var names: [String] = []
    for level in ["2", "3", "4"] {
      for row in meta.rows.indices where meta["Level"][row] == level {
        let name = meta["iCode"][row]
        let children = meta.rows.indices.filter { meta["Parent"][$0] == name }.map { child in
          let id = meta["iCode"][child]
          let source: Hierarchy.Child.Source =
            leaves.firstIndex(of: id).map { .leaf($0) } ?? .node(names.firstIndex(of: id) ?? 0)
          return Hierarchy.Child(source, weight: Double(meta["Weight"][child]) ?? 1)
        }
        nodes.append(Hierarchy.Node(aggregate, children))
        names.append(name)
      }
    }
    return (Hierarchy(nodes), names, leaves)
  }

  private func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { left, right in
        abs(left - right) <= Self.tolerance * max(1, abs(right)) || (left.isNaN && right.isNaN)
      }
  }
}

extension Scale.Method {
  fileprivate var isByPlace: Bool {
    switch self {
    case .rank, .borda, .percentile: true
    case .minMax, .goalposts, .zScore, .distanceToMax, .fractionOfMax: false
    }
  }
}
