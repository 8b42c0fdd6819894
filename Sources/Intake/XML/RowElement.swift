/// Which element of an XML file makes a row, found without a profile.
extension XMLSurvey {
  struct Outline {
    /// Names from the root to the row element.
    var rows: [String]
    /// Paths of leaves and attributes below the row element, and of attributes around it.
    var columns: [String]
    var possibleControls: [String]
    var otherRows: [String]
  }

  /// The element that repeats within one parent and owns the most values.
  ///
  /// - Returns: nil where the file holds no values at all.
  func outline() -> Outline? {
    var walk = Walk()
    visit(0, [], [], &walk)
    let repeated = walk.found.filter { elements[$0.element].most > 1 && $0.owned > 0 }
    let candidates = repeated.isEmpty ? walk.found.filter { $0.leaves > 0 } : repeated
    // The first of equals: found in the order of the file.
    guard
      let best = candidates.enumerated().max(by: { left, right in
        left.element.owned == right.element.owned
          ? left.offset > right.offset : left.element.owned < right.element.owned
      })?.element
    else { return nil }
    var outline = Outline(rows: best.names, columns: [], possibleControls: [], otherRows: [])
    collect(best.element, "", isRoot: true, into: &outline.columns)
    for (up, ancestor) in best.ancestors.reversed().enumerated() {
      let isRoot = up == best.ancestors.count - 1
      for name in elements[ancestor].attributes.values.sorted() {
        if isRoot {
          outline.possibleControls.append("\(elements[ancestor].name)/@\(name)")
        } else {
          outline.columns.append(String(repeating: "../", count: up + 1) + "@" + name)
        }
      }
      let above = Array(best.names.dropLast(up + 1)).joined(separator: "/")
      outline.possibleControls += elements[ancestor].children.values.sorted()
        .filter { elements[$0].children.isEmpty && tellsCount(elements[$0].name) }
        .map { above + "/" + elements[$0].name }
    }
    outline.otherRows = repeated.filter { $0.element != best.element }
      .map { $0.names.joined(separator: "/") }
    return outline
  }

  /// Whether an element beside the rows is called as one that tells how many there are.
  private func tellsCount(_ name: String) -> Bool {
    let key = name.lowercased()
    return ["count", "total", "rows", "sum", "num", "size", "数", "合计"].contains { key.contains($0) }
  }

  private struct Found {
    var element: Int
    var names: [String]
    /// Without the document itself, outermost first.
    var ancestors: [Int]
    /// Values in it that no repeated element within has.
    var owned: Int
    /// Values directly in it.
    var leaves: Int
  }

  private struct Walk {
    var found: [Found] = []
  }

  /// - Returns: how many values the element leaves to those around it.
  @discardableResult
  private func visit(_ index: Int, _ names: [String], _ ancestors: [Int], _ walk: inout Walk) -> Int
  {
    let element = elements[index]
    guard index == 0 || !element.children.isEmpty || !element.attributes.isEmpty else {
      return element.count
    }
    let place = walk.found.count
    let own = element.attributes.count * element.count
    walk.found.append(
      Found(element: index, names: names, ancestors: ancestors, owned: 0, leaves: own))
    var owned = own + (element.children.isEmpty ? element.count : 0)
    for child in element.children.values.sorted() {
      let inner = index == 0 ? [] : ancestors + [index]
      owned += visit(child, names + [elements[child].name], inner, &walk)
      if elements[child].children.isEmpty { walk.found[place].leaves += elements[child].count }
    }
    walk.found[place].owned = index == 0 ? 0 : owned
    if index == 0 { walk.found[place].leaves = 0 }
    return element.most > 1 ? 0 : owned
  }

  private func collect(_ index: Int, _ path: String, isRoot: Bool, into columns: inout [String]) {
    let element = elements[index]
    for name in element.attributes.values.sorted() {
      columns.append(path.isEmpty ? "@" + name : path + "/@" + name)
    }
    if element.children.isEmpty {
      if !isRoot { columns.append(path) }
      return
    }
    for child in element.children.values.sorted() {
      let inner = elements[child]
      // Lists within a row are rows of their own.
      if inner.most > 1, !inner.children.isEmpty { continue }
      collect(
        child, path.isEmpty ? inner.name : path + "/" + inner.name, isRoot: false, into: &columns)
    }
  }
}
