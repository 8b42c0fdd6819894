import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Prerequisites")
struct PrerequisitesTests {
  @Test("are the derivations whose facts are read, also through others")
  func read() throws {
    let pack = Fixture.pack([
      (.bool, .value(try Fixture.expression("members > 2"))),
      (.string, .value(try Fixture.expression("first ? zone : 'no'"))),
      (.int, .value(try Fixture.expression("members + 1"))),
    ])
    var dossiers = Fixture.dossiers([Unit(members: 1)], pack: pack)
    #expect(prerequisites(of: pack.derivations, in: dossiers) == [[], [0], []])
    // The zone is taken from where the first derived fact goes, if nowhere else.
    dossiers.subjects[0].facts[Fixture.zone] = .firstStated([Fixture.street, Fixture.derived])
    #expect(prerequisites(of: pack.derivations, in: dossiers) == [[], [0], []])
    dossiers.subjects[0].facts[Fixture.members] = .reference(
      subject: 0, fact: Fixture.derived + 1, rows: [0])
    #expect(prerequisites(of: pack.derivations, in: dossiers) == [[], [0], [1]])
  }

  @Test("chains are as long as the longest of those that wait")
  func chain() {
    #expect(chains(after: [[], [0], [], [0, 1], [2]]) == [3, 2, 2, 1, 1])
  }
}
