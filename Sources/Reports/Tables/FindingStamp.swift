import Fields
public import Tables

extension Finding {
  /// Eight hexadecimal digits that stand for what a finding says of whom, with the values in it but
  /// without the places at which they were delivered: the same as long as nothing of it changes.
  public var stamp: String {
    let said = message.withoutPlace.en.withoutFiles
    let texts = [rule, subject ?? "", field ?? "", said]
    return String(sha256(Array(texts.joined(separator: "\t").utf8)).prefix(8))
  }
}

extension String {
  /// Without what stands in brackets and ends in a line's number: `(a.csv:12)`.
  fileprivate var withoutFiles: String {
    replacing(#/\s?[(（][^()（）]*:\d+[)）]/#, with: "")
  }
}
