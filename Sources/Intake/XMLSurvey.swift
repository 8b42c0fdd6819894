import Fields
import RulePacks
import Tables

/// Which elements and attributes stand in the beginning of an XML file.
struct XMLSurvey: Sendable {
  struct Element: Sendable {
    var children: [String: Int] = [:]
    /// Matching key → name as written.
    var attributes: [String: String] = [:]
    /// As written, for messages.
    var name = ""
    /// How often it occurs, and how often at most within one parent; counted on request.
    var count = 0
    var most = 0
  }

  private(set) var elements: [Element] = [Element()]
  /// For each open element how often each child has occurred in it; nil where nobody asked.
  private var repeats: [[Int: Int]]?
  private var stack: [Int] = [0]
  /// Different elements kept at most.
  private static let most = 5000

  /// - Parameter counting: whether occurrences are counted, which recognition does not need.
  init(counting: Bool = false) { if counting { repeats = [[:]] } }

  mutating func open(_ name: String) {
    let element = element(name)
    stack.append(element)
    guard repeats != nil else { return }
    let count = (repeats?[stack.count - 2][element] ?? 0) + 1
    repeats?[stack.count - 2][element] = count
    repeats?.append([:])
    elements[element].count += 1
    elements[element].most = max(elements[element].most, count)
  }

  private mutating func element(_ name: String) -> Int {
    let key = matchingKey(name)
    let parent = stack[stack.count - 1]
    if let known = elements[parent].children[key] { return known }
    guard elements.count < XMLSurvey.most else { return parent }
    elements.append(Element(name: name))
    elements[parent].children[key] = elements.count - 1
    return elements.count - 1
  }

  mutating func attribute(_ name: String) {
    elements[stack[stack.count - 1]].attributes[matchingKey(name)] = name
  }

  mutating func close() {
    guard stack.count > 1 else { return }
    stack.removeLast()
    repeats?.removeLast()
  }

  /// How well an XML profile describes the file; nil where its row element does not occur.
  func fit(_ profile: Int, _ pack: RulePack) -> ProfileFit? {
    guard case .xml(let path) = pack.sources[profile].format else { return nil }
    let rowPath = path.map(XMLPlan.key)
    let rows = find(rowPath)
    guard !rows.isEmpty else { return nil }
    var names: Set<String> = Set(pack.sources[profile].ignored)
    var fit = Intake.fit(profile, in: pack) { field, rule in
      guard let rule else {
        let keys = ([field.label, field.id] + field.aliases).map(matchingKey)
        names.formUnion(keys)
        return rows.contains { row in
          keys.contains {
            elements[row].children[$0] != nil || elements[row].attributes[$0] != nil
          }
        }
      }
      names.formUnion(rule.from.compactMap { XMLPath($0).names.first })
      return rule.from.contains { has(XMLPath($0).absolute(from: rowPath)) }
    }
    let below = rows.flatMap { elements[$0].children }
    fit.unknown = below.filter { !names.contains($0.key) }.map { elements[$0.value].name }.sorted()
    return fit
  }

  private func has(_ path: XMLPath) -> Bool {
    find(path.names).contains { element in
      path.attribute.map { elements[element].attributes[$0] != nil } ?? true
    }
  }

  private func find(_ names: [String]) -> [Int] {
    var found = [0]
    for name in names {
      found = found.flatMap { element in
        name == "*"
          ? elements[element].children.values.sorted()
          : elements[element].children[name].map { [$0] } ?? []
      }
    }
    return found
  }
}
