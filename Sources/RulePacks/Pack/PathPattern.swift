/// Names files of a delivery: `*` stands for any characters within a name, `?` for one, `**` also
/// for folders between. Without `/` it is compared with each name of a path, so that a folder's name
/// means all that lies in it; with `/` with the path from the delivery's folder on.
public struct PathPattern: Sendable, Equatable {
  public var text: String
  /// The line of `run.yaml` that it stands on.
  public var line: Int

  private let scalars: [Unicode.Scalar]

  public init(_ text: String, line: Int) {
    self.text = text
    self.line = line
    var plain = text[...]
    // `old/` means the folder.
    while plain.count > 1, plain.hasSuffix("/") { plain = plain.dropLast() }
    scalars = Array(plain.unicodeScalars)
  }

  /// Whether a file or folder is meant.
  ///
  /// - Parameter path: within the delivery, without `/` at its end.
  /// - Complexity: O(pattern × path).
  public func matches(_ path: String) -> Bool {
    guard !scalars.contains("/") else { return matches(Array(path.unicodeScalars)[...]) }
    let name = path.split(separator: "/").last ?? ""
    return matches(Array(name.unicodeScalars)[...])
  }

  private func matches(_ path: ArraySlice<Unicode.Scalar>) -> Bool {
    // Which beginnings of the pattern the path so far is.
    var reached = [Bool](repeating: false, count: scalars.count + 1)
    reached[0] = true
    skipStars(&reached)
    for scalar in path {
      var next = [Bool](repeating: false, count: scalars.count + 1)
      for index in scalars.indices where reached[index] {
        switch scalars[index] {
        case "*":
          if scalar != "/" || isDouble(index) { next[index] = true }
        case "?": next[index + 1] = scalar != "/"
        case let expected: next[index + 1] = next[index + 1] || expected == scalar
        }
      }
      reached = next
      skipStars(&reached)
    }
    return reached[scalars.count]
  }

  /// A star may stand for nothing.
  private func skipStars(_ reached: inout [Bool]) {
    for index in scalars.indices where reached[index] && scalars[index] == "*" {
      reached[index + 1] = true
    }
  }

  private func isDouble(_ index: Int) -> Bool {
    (index > 0 && scalars[index - 1] == "*")
      || (index + 1 < scalars.count && scalars[index + 1] == "*")
  }
}
