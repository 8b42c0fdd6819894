public import Tables

/// Why a text is not an expression of this environment, and where.
public struct ExpressionFault: Error, Sendable, Equatable {
  /// Counted from 1 within the text.
  public var line: Int
  /// Counted from 1, in characters (Unicode scalars).
  public var column: Int
  public var message: Bilingual

  public init(line: Int, column: Int, message: Bilingual) {
    self.line = line
    self.column = column
    self.message = message
  }
}

/// The text of an expression as the scalars that positions count.
struct Source: Sendable {
  let text: String
  let scalars: [Unicode.Scalar]

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  func fault(at offset: Int, zh: String, en: String) -> ExpressionFault {
    var line = 1
    var column = 1
    for scalar in scalars[..<min(offset, scalars.count)] {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return ExpressionFault(line: line, column: column, message: Bilingual(zh: zh, en: en))
  }

  subscript(range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }
}
