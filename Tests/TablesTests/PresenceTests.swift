import Tables
import Testing

@Suite("Presence")
struct PresenceTests {
  static let states: [CellState] = [.stated, .notStated, .statedNone, .checkedNone]

  @Test("keeps the three absences apart over word ends")
  func kept() {
    var presence = Presence()
    for cell in 0..<100 { presence.append(Self.states[cell * 7 % 4]) }
    for cell in 0..<100 {
      #expect(presence[cell] == Self.states[cell * 7 % 4])
      #expect(presence.isStated(cell) == (presence[cell] == .stated))
    }
  }

  @Test("joins at any length", arguments: [0, 1, 31, 32, 33, 64])
  func joined(length: Int) {
    var left = Presence(repeating: .statedNone, count: length)
    var right = Presence()
    for cell in 0..<50 { right.append(Self.states[cell % 4]) }
    left.append(contentsOf: right)
    left.append(.checkedNone)
    #expect(left.count == length + 51)
    for cell in 0..<length { #expect(left[cell] == .statedNone) }
    for cell in 0..<50 { #expect(left[length + cell] == Self.states[cell % 4]) }
    #expect(left[length + 50] == .checkedNone)
  }

  @Test("is changed cell by cell")
  func changed() {
    var presence = Presence(repeating: .stated, count: 40)
    #expect(presence.isComplete)
    presence[33] = .checkedNone
    #expect(presence[33] == .checkedNone && presence[32] == .stated && !presence.isComplete)
  }

  @Test("takes many states as it takes each", arguments: [0, 1, 31, 32, 33, 64], [1, 32, 100])
  func appendedTogether(length: Int, more: Int) {
    var together = Presence(repeating: .stated, count: length)
    var single = together
    let states = (0..<more).map { Self.states[$0 * 5 % 4] }
    together.append(contentsOf: states.span)
    for state in states { single.append(state) }
    #expect(together == single)
    #expect(together.isComplete == single.isComplete)
  }
}
