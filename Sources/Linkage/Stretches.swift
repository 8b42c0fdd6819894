/// A range cut into stretches of at most `length`.
func stretches(of count: Int, length: Int) -> [Range<Int>] {
  stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
}
