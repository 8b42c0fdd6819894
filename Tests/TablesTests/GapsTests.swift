import Tables
import Testing

@Suite("What gaps are in")
struct GapsTests {
  static let sites: [Gaps.Site] = [.part(0), .gate(0), .cap(0), .part(16_383), .gate(7), .cap(300)]

  @Test("is kept in four bytes and comes out as it went in")
  func kept() {
    var sites = Sites()
    for site in Self.sites { sites.append(site) }
    var twice = sites
    twice.append(contentsOf: sites)
    #expect((0..<sites.count).map { sites[$0] } == Self.sites)
    #expect((0..<twice.count).map { twice[$0] } == Self.sites + Self.sites)
    #expect(sites == [.part(0), .gate(0), .cap(0), .part(16_383), .gate(7), .cap(300)])
    #expect(sites != [.part(0)])
  }
}
