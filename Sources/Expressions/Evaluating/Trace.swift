public import Tables

/// One part of an expression and what became of it.
public struct TracedNode: Sendable, Equatable {
  public indirect enum Outcome: Sendable, Equatable {
    /// The value as people write it.
    case value(String)
    /// The names of the facts that are missing.
    case unknown([String])
    case error(Bilingual)
    /// Inside a macro: what each row or element gave, in order (the first fifty).
    case each([Outcome])
  }

  /// As it stands in the expression.
  public var text: String
  /// 0 for the whole expression.
  public var depth: Int
  public var outcome: Outcome
}

/// Writes down every node as it is evaluated, outer ones before inner ones.
struct Recorder {
  private(set) var nodes: [TracedNode] = []
  private var open: [Int] = []

  static let most = 50

  mutating func enter(_ text: String, _ node: Node) {
    nodes.append(TracedNode(text: text, depth: open.count, outcome: .value("")))
    open.append(nodes.count - 1)
  }

  mutating func leave(_ lanes: EvaluationResult, count: Int, facts: [FactUse]) {
    guard let index = open.popLast() else { return }
    if lanes.isUniform || count == 1 {
      nodes[index].outcome = TracedNode.Outcome(lanes, 0, facts)
    } else {
      nodes[index].outcome = .each(
        (0..<min(count, Recorder.most)).map { TracedNode.Outcome(lanes, $0, facts) })
    }
  }
}

extension TracedNode.Outcome {
  init(_ lanes: EvaluationResult, _ lane: Int, _ facts: [FactUse]) {
    let missing = lanes.missing(at: lane)
    if missing != 0 {
      self = .unknown(
        facts.indices.filter { missing & Evaluator.bit($0) != 0 }.map { facts[$0].shown })
    } else if let fault = Fault(rawValue: lanes.fault(at: lane)) {
      self = .error(fault.message)
    } else if case .rows(let rows) = lanes.values {
      let place = lanes.isUniform ? 0 : lane
      self = .value("[\(rows.offsets[place + 1] - rows.offsets[place])]")
    } else {
      self = .value(lanes.value(at: lane).description)
    }
  }
}

extension CheckedExpression {
  /// Evaluates one lane and keeps what every part gave, outer parts before inner ones.
  public func trace(over batch: Batch, lane: Int) -> [TracedNode] {
    let needed = demand.slots.union(demand.lists.keys)
    let one = Batch(
      count: 1,
      vectors: batch.vectors.filter { needed.contains($0.key) }.mapValues {
        $0.gathered([Int32(lane)])
      })
    var evaluator = Evaluator(expression: self, recorder: Recorder())
    let frame = Frame(
      depth: 0, count: 1, batch: one, picks: nil, elements: nil, parent: nil, owners: [])
    _ = evaluator.evaluate(root, frame)
    return evaluator.recorder?.nodes ?? []
  }
}
