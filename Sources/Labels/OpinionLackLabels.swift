public import Tables

extension OpinionLack {
  /// Why no opinion decides an indicator.
  public var label: Bilingual {
    switch self {
    case .notReceived: Bilingual(zh: "未收到", en: "not received")
    case .notSigned: Bilingual(zh: "收到但没有签署", en: "received, not signed")
    case .withoutBasis: Bilingual(zh: "收到但没有写明依据", en: "received, states no basis")
    case .unclear: Bilingual(zh: "收到但等级或内容不清", en: "received, grade or matter unclear")
    case .notInForce: Bilingual(zh: "已超过可用期限", en: "no longer in force")
    }
  }
}
