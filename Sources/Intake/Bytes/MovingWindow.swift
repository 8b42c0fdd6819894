/// Forgets the beginning of a window but for some texts of it, which from then on stand at its
/// beginning.
///
/// - Parameters:
///   - position: where what is not forgotten begins.
///   - texts: where the texts stand, before and after; absent ones stay absent.
/// - Returns: where what was not forgotten begins now.
func discard(
  _ window: inout [UInt8], upTo position: Int, keeping texts: inout [CellRange]
) -> Int {
  var front: [UInt8] = []
  for index in texts.indices where texts[index].start >= 0 {
    let start = Int32(truncatingIfNeeded: front.count)
    front.append(contentsOf: window[texts[index].bounds])
    texts[index] = CellRange(start: start, end: Int32(truncatingIfNeeded: front.count))
  }
  window.replaceSubrange(0..<position, with: front)
  return front.count
}
