/// Hears of every element of a file, whatever it is; a class because libxml2 keeps hold of it.
final class XMLListener {
  let open: (_ name: String, _ attributes: [XMLAttribute]) -> Void
  let close: (_ name: String) -> Void
  let text: (Span<UInt8>) -> Void

  init(
    open: @escaping (_ name: String, _ attributes: [XMLAttribute]) -> Void,
    close: @escaping (_ name: String) -> Void, text: @escaping (Span<UInt8>) -> Void
  ) {
    self.open = open
    self.close = close
    self.text = text
  }
}

/// An attribute by its name without prefix.
struct XMLAttribute {
  var name: String
  var value: String
}
