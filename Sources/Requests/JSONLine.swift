import Foundation

/// A JSON object as one line with sorted keys, where nothing depends on how numbers are written.
package func jsonText(_ object: Any) -> String {
  let data =
    (try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])) ?? Data()
  return String(decoding: data, as: UTF8.self)
}
