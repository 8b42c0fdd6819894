import Fields
public import Tables

extension Finding {
  /// Eight hexadecimal digits that stand for what a finding says of whom, with the values in it but
  /// without the places at which they were delivered: the same as long as nothing of it changes.
  ///
  /// One that is about no subject is about its file, which then counts too.
  ///
  /// - Parameter files: paths of the delivered files.
  public func stamp(in files: [String]) -> String {
    let said = message.withoutPlace.en.withoutFiles
    var texts = [rule, subject ?? "", field ?? "", said]
    if subject == nil, let file = place.map({ Int($0.file) }), files.indices.contains(file) {
      texts.append(files[file])
    }
    return String(sha256(Array(texts.joined(separator: "\t").utf8)).prefix(8))
  }
}

extension String {
  /// Without what stands in brackets and ends in a line's number: `(a.csv:12)`.
  fileprivate var withoutFiles: String {
    replacing(#/\s?[(（][^()（）]*:\d+[)）]/#, with: "")
  }
}
