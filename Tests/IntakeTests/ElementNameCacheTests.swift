import Testing

@testable import Intake

@Suite("Known names")
struct ElementNameCacheTests {
  @Test("A child is known at its own node only, in whatever order children come")
  func children() {
    var names = ElementNameCache(nodes: 3)
    for (name, child) in [(UInt(7), Int32(1)), (8, 2), (9, -1)] {
      #expect(names.child(name, of: 0) == nil)
      names.remember(name, of: 0, as: child)
    }
    #expect(names.child(7, of: 1) == nil)
    for (name, child) in [(UInt(9), Int32(-1)), (7, 1), (8, 2), (8, 2), (7, 1), (9, -1)] {
      #expect(names.child(name, of: 0) == child)
    }
  }

  @Test("Attributes are known by node and name")
  func attributes() {
    var names = ElementNameCache(nodes: 2)
    names.remember(ElementNameCache.Attribute(name: 1, slot: 4, isNilMark: false), of: 1)
    names.remember(ElementNameCache.Attribute(name: 2, slot: -1, isNilMark: true), of: 1)
    #expect(names.attribute(1, of: 1)?.slot == 4)
    #expect(names.attribute(2, of: 1)?.isNilMark == true)
    #expect(names.attribute(1, of: 0) == nil)
  }

  @Test("No more than so many are remembered at a node")
  func most() {
    var names = ElementNameCache(nodes: 1)
    for name in 0..<UInt(ElementNameCache.most + 5) { names.remember(name, of: 0, as: 3) }
    #expect(names.child(UInt(ElementNameCache.most - 1), of: 0) == 3)
    #expect(names.child(UInt(ElementNameCache.most), of: 0) == nil)
  }
}
