public import Tables

/// Something in a pack or a run's settings that a person has to mend, and where it stands.
public struct PackFault: Error, Sendable, Hashable {
  /// Path of the file as the caller named its folder.
  public var file: String
  /// Counted from 1; columns count characters (Unicode scalars).
  public var line: Int
  public var column: Int
  public var message: Bilingual
  /// What to do about it.
  public var cure: Bilingual

  public init(file: String, line: Int, column: Int, message: Bilingual, cure: Bilingual) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.cure = cure
  }

  /// `file:line:column: what — what to do`.
  public func text(in language: Language) -> String {
    let what = message.text(in: language)
    return "\(file):\(line):\(column): \(what) — \(cure.text(in: language))"
  }
}

/// Every fault of a pack; never empty, in order of file, line and column.
public struct PackFaults: Error, Sendable {
  public private(set) var faults: [PackFault]

  init(_ faults: [PackFault]) {
    self.faults = faults.sorted { left, right in
      if left.file != right.file { return left.file < right.file }
      if left.line != right.line { return left.line < right.line }
      if left.column != right.column { return left.column < right.column }
      return left.message.en < right.message.en
    }
  }

  /// One line a fault.
  public func text(in language: Language) -> String {
    faults.map { $0.text(in: language) }.joined(separator: "\n")
  }
}

/// A sentence in both languages.
func say(_ zh: String, _ en: String) -> Bilingual { Bilingual(zh: zh, en: en) }
