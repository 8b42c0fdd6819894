import Expressions
import Tables

extension PackLoader {
  /// The derived facts in an order in which each needs only those before it; a cycle is a fault.
  mutating func derivationOrder() -> [Int] {
    var places: [FactPlace: Int] = [:]
    for (index, derivation) in derivationMaps.enumerated() {
      places[FactPlace(subject: derivation.subject, slot: derivation.slot)] = index
    }
    let needs = derivationMaps.map { derivation in
      var mentioned: Set<FactPlace> = []
      for text in texts(of: derivation.map) {
        mention(in: text, subject: derivation.subject, into: &mentioned)
      }
      return mentioned.compactMap { places[$0] }.sorted()
    }
    let (order, cycle) = ordered(needs)
    if let cycle {
      let chain = (cycle + cycle.prefix(1)).map { derivationMaps[$0].id }
      let map = derivationMaps[cycle[0]].map
      reading.fault(
        at: map["id"]?.spot ?? map.spot,
        say(
          "事实互相依赖：\(chain.joined(separator: " → "))",
          "facts depend on each other: \(chain.joined(separator: " → "))"),
        cure: say("请去掉其中一环", "break the circle at one of them"))
    }
    return order
  }

  /// All expressions of a derived fact.
  private func texts(of map: YAMLMap) -> [String] {
    var texts: [String?] = [map["value"]?.scalar]
    if case .list(let rules) = map["rules"]?.content {
      texts += rules.map { inner($0, "when") }
    }
    texts += [
      inner(map["lookup"], "by"), inner(map["successor"], "of"), inner(map["pick"], "where"),
    ]
    return texts.compactMap { $0 }
  }

  private func inner(_ node: YAMLNode?, _ key: String) -> String? {
    guard case .map(let entries) = node?.content else { return nil }
    return entries.first { $0.key == key }?.value.scalar
  }

  /// Adds the facts that an expression may read, those of members included.
  ///
  /// Members are reached through variables whose types are not known yet, so any fact of theirs
  /// that stands after a dot counts.
  private func mention(in text: String, subject: Int, into found: inout Set<FactPlace>) {
    guard let used = try? Expressions.names(in: text) else { return }
    var members: Set<Int> = []
    for name in used {
      guard let slot = name.candidates.lazy.compactMap({ names[subject].slots[$0] }).first else {
        continue
      }
      add(FactPlace(subject: subject, slot: slot), to: &found, members: &members)
    }
    guard !members.isEmpty else { return }
    let paths = dottedPaths(in: text)
    var done: Set<Int> = []
    while let member = members.subtracting(done).min() {
      done.insert(member)
      for path in paths {
        guard let slot = names[member].slots[path] else { continue }
        add(FactPlace(subject: member, slot: slot), to: &found, members: &members)
      }
    }
  }

  private func add(
    _ place: FactPlace, to found: inout Set<FactPlace>, members: inout Set<Int>
  ) {
    let place = root(place)
    found.insert(place)
    let fact = pack.subjects[place.subject].facts[place.slot]
    if case .members(let member, _) = fact.origin { members.insert(member) }
  }

  /// Everything after a dot: of `u.in_zone.name` `in_zone`, `in_zone.name` and `name`.
  private func dottedPaths(in text: String) -> Set<String> {
    var paths: Set<String> = []
    var chain: [String] = []
    var word = String.UnicodeScalarView()
    func endChain() {
      for start in chain.indices.dropFirst() {
        for end in start..<chain.count {
          paths.insert(chain[start...end].joined(separator: "."))
        }
      }
      chain = []
    }
    for scalar in text.unicodeScalars {
      if scalar.properties.isXIDContinue {
        word.append(scalar)
        continue
      }
      if !word.isEmpty { chain.append(String(word)) }
      word = String.UnicodeScalarView()
      if scalar != "." { endChain() }
    }
    if !word.isEmpty { chain.append(String(word)) }
    endChain()
    return paths
  }
}

/// Indices in an order in which each comes after all that it needs, otherwise in their own order;
/// and one cycle, if there is any.
func ordered(_ needs: [[Int]]) -> (order: [Int], cycle: [Int]?) {
  var order: [Int] = []
  var cycle: [Int]?
  var isDone = needs.map { _ in false }
  // Walked by hand: a chain of a thousand facts must not use up the stack.
  for first in needs.indices where !isDone[first] {
    var path: [(node: Int, next: Int)] = [(first, 0)]
    while let (node, next) = path.last {
      if next == needs[node].count {
        isDone[node] = true
        order.append(node)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let need = needs[node][next]
      if let start = path.firstIndex(where: { $0.node == need }) {
        cycle = cycle ?? path[start...].map(\.node)
      } else if !isDone[need] {
        path.append((need, 0))
      }
    }
  }
  return (order, cycle)
}
