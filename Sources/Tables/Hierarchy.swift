import Glibc

/// How several scores become one.
public enum Aggregate: String, Sendable, CaseIterable {
  /// Weighted arithmetic mean.
  case mean
  /// Weighted sum; weights of what is missing go to the others in proportion.
  case sum
  /// Weighted geometric mean; 0 if any is 0.
  case geometric
  /// Weighted harmonic mean; 0 if any is 0.
  case harmonic
  /// The least, whatever the weights.
  case min
  /// The greatest, whatever the weights.
  case max

  /// What it is called.
  public var words: Bilingual {
    switch self {
    case .mean: Bilingual(zh: "加权算术平均", en: "weighted mean")
    case .sum: Bilingual(zh: "加权和", en: "weighted sum")
    case .geometric: Bilingual(zh: "加权几何平均", en: "weighted geometric mean")
    case .harmonic: Bilingual(zh: "加权调和平均", en: "weighted harmonic mean")
    case .min: Bilingual(zh: "最低的一项", en: "least")
    case .max: Bilingual(zh: "最高的一项", en: "greatest")
    }
  }
}

/// How the indicators of a composite score are grouped, with a weight at every level.
public struct Hierarchy: Sendable, Equatable {
  public struct Child: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
      /// Index of an indicator.
      case leaf(Int)
      /// Index of an earlier node.
      case node(Int)
    }

    public var source: Source
    public var weight: Double

    public init(_ source: Source, weight: Double) {
      self.source = source
      self.weight = weight
    }
  }

  public struct Node: Sendable, Equatable {
    public var aggregate: Aggregate
    public var children: [Child]

    public init(_ aggregate: Aggregate, _ children: [Child]) {
      self.aggregate = aggregate
      self.children = children
    }
  }

  /// Children come before what they are part of; the last is the whole.
  public var nodes: [Node]

  public init(_ nodes: [Node] = []) { self.nodes = nodes }

  /// The share of the whole that each indicator's weight makes, its groups' weights included.
  public func shares(leaves count: Int) -> [Double] { shares(count).leaves }

  /// The share of the whole that the weight of each node makes.
  public var nodeShares: [Double] {
    let children = nodes.flatMap(\.children)
    let leaves = children.map { if case .leaf(let leaf) = $0.source { leaf + 1 } else { 0 } }
    return shares(leaves.max() ?? 0).nodes
  }

  private func shares(_ count: Int) -> (leaves: [Double], nodes: [Double]) {
    var leaves = [Double](repeating: 0, count: count)
    var shares = [Double](repeating: 0, count: nodes.count)
    if !shares.isEmpty { shares[shares.count - 1] = 1 }
    for index in nodes.indices.reversed() {
      let whole = nodes[index].children.reduce(0) { $0 + $1.weight }
      for child in nodes[index].children where whole > 0 {
        let share = shares[index] * child.weight / whole
        switch child.source {
        case .leaf(let leaf): leaves[leaf] = share
        case .node(let node): shares[node] = share
        }
      }
    }
    return (leaves, shares)
  }

  /// The scores of every node, a column each.
  ///
  /// What is missing (NaN) is left out, and the weights of the others of its group count instead;
  /// a group of which all is missing is missing.
  ///
  /// - Parameters:
  ///   - leaves: The values of every indicator on its scale, a column each.
  ///   - factors: What the weight of each indicator is multiplied with; empty is 1.
  public func scores(of leaves: [[Double]], factors: [Double] = []) -> [[Double]] {
    let count = leaves.first?.count ?? 0
    var scores: [[Double]] = []
    scores.reserveCapacity(nodes.count)
    for node in nodes {
      var columns: [[Double]] = []
      var weights: [Double] = []
      for child in node.children {
        switch child.source {
        case .leaf(let leaf):
          columns.append(leaves[leaf])
          weights.append(child.weight * (factors.isEmpty ? 1 : factors[leaf]))
        case .node(let earlier):
          columns.append(scores[earlier])
          weights.append(child.weight)
        }
      }
      scores.append(aggregated(columns, weights: weights, by: node.aggregate, count: count))
    }
    return scores
  }
}

/// One column of several, lane by lane; NaN is left out, and NaN where nothing is left.
public func aggregated(
  _ columns: [[Double]], weights: [Double], by aggregate: Aggregate, count: Int
) -> [Double] {
  var sums = [Double](repeating: 0, count: count)
  var known = sums
  let whole = weights.reduce(0, +)
  for (column, weight) in zip(columns, weights) where weight > 0 {
    switch aggregate {
    case .mean, .sum: add(column, weight, to: &sums, &known) { $0 }
    case .geometric: add(column, weight, to: &sums, &known) { log($0) }
    case .harmonic: add(column, weight, to: &sums, &known) { 1 / $0 }
    case .min: keep(column, in: &sums, &known) { Swift.min($0, $1) }
    case .max: keep(column, in: &sums, &known) { Swift.max($0, $1) }
    }
  }
  for lane in 0..<count {
    guard known[lane] > 0 else {
      sums[lane] = .nan
      continue
    }
    switch aggregate {
    case .mean: sums[lane] /= known[lane]
    case .sum: sums[lane] *= whole / known[lane]
    case .geometric: sums[lane] = exp(sums[lane] / known[lane])
    case .harmonic: sums[lane] = known[lane] / sums[lane]
    case .min, .max: break
    }
  }
  return sums
}

private func add(
  _ column: [Double], _ weight: Double, to sums: inout [Double], _ known: inout [Double],
  _ change: (Double) -> Double
) {
  for lane in sums.indices where !column[lane].isNaN {
    sums[lane] += weight * change(column[lane])
    known[lane] += weight
  }
}

/// One of two numbers, where both are there.
private func keep(
  _ column: [Double], in kept: inout [Double], _ known: inout [Double],
  _ choose: (Double, Double) -> Double
) {
  for lane in kept.indices where !column[lane].isNaN {
    kept[lane] = known[lane] > 0 ? choose(kept[lane], column[lane]) : column[lane]
    known[lane] = 1
  }
}
