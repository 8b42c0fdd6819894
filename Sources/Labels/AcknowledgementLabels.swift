public import Tables

extension Acknowledgement {
  /// Where a finding stands that nobody has acknowledged.
  public static let open = Bilingual(zh: "未处理", en: "open")

  /// `（其中已确认 2 条）`; nothing where none is.
  public static func count(_ count: Int) -> Bilingual {
    count == 0
      ? Bilingual(zh: "", en: "")
      : Bilingual(zh: "（其中已确认 \(count) 条）", en: " (\(count) of them acknowledged)")
  }
}

extension Acknowledgement.State {
  /// What people read for it.
  public var label: Bilingual {
    switch self {
    case .acknowledged: Bilingual(zh: "已确认", en: "acknowledged")
    case .changed: Bilingual(zh: "确认后情况已变", en: "changed since it was acknowledged")
    }
  }
}
