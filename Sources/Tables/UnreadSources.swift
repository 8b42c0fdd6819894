/// Of a fact that several sources state, the subjects of which one of them delivered what could not
/// be read, and none that is believed more states anything.
///
/// No source that is believed less speaks for these: what was delivered says something, so that the
/// fact is not known.
public struct UnreadSources: Sendable, Equatable {
  /// By the subject's row, the place of that source among the fact's, most believed first.
  private var places: [Int32: Int]

  public init(_ places: [Int32: Int] = [:]) { self.places = places }

  /// Adds that the source at a place could not be read for a subject.
  public mutating func add(_ place: Int, for row: Int) {
    places[Int32(row)] = min(places[Int32(row)] ?? place, place)
  }

  public var isEmpty: Bool { places.isEmpty }

  /// The place of the source that could not be read; nil where another counts.
  public func place(of row: Int) -> Int? { places[Int32(row)] }

  /// For each of so many subjects its row, −1 where a source before `place` could not be read; nil
  /// where there is none of them.
  public func open(at place: Int, count: Int) -> [Int32]? {
    let blocked = places.filter { $0.value < place }.map(\.key)
    guard !blocked.isEmpty else { return nil }
    var rows = (0..<Int32(count)).map { $0 }
    for row in blocked { rows[Int(row)] = -1 }
    return rows
  }

  /// The same for so many copies of one subject.
  public func copies(of row: Int, _ count: Int) -> UnreadSources {
    guard let place = place(of: row) else { return UnreadSources() }
    return UnreadSources(Dictionary(uniqueKeysWithValues: (0..<Int32(count)).map { ($0, place) }))
  }
}
