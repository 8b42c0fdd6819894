import Tables
import Testing

@Suite("What persons said of bodies of earlier runs")
struct SuccessionTests {
  @Test("leads from one id to those before it, the last word counting")
  func chain() {
    var said = SaidSuccessions()
    said.say(true, kind: "unit", subject: "B", earlier: "A")
    said.say(true, kind: "unit", subject: "C", earlier: "B")
    said.say(true, kind: "unit", subject: "D", earlier: "A")
    said.say(false, kind: "unit", subject: "D", earlier: "A")
    #expect(said.earlierIDs(kind: "unit", subject: "C") == ["B", "A"])
    #expect(said.earlierIDs(kind: "unit", subject: "D") == [])
    #expect(said.earlierIDs(kind: "zone", subject: "C") == [])
    #expect(said.isSame(kind: "unit", subject: "D", earlier: "A") == false)
    #expect(said.isSame(kind: "unit", subject: "C", earlier: "A") == nil)
  }

  @Test("ends where ids lead back to themselves")
  func circle() {
    var said = SaidSuccessions()
    said.say(true, kind: "unit", subject: "B", earlier: "A")
    said.say(true, kind: "unit", subject: "A", earlier: "B")
    #expect(said.earlierIDs(kind: "unit", subject: "A") == ["B"])
  }

  @Test("holds between the two names alone, and over names between them")
  func names() {
    var said = SaidSuccessions()
    said.sayName(true, kind: "unit", subject: "A", keys: ("fork", "spade"))
    said.sayName(true, kind: "unit", subject: "A", keys: ("spade", "cup"))
    said.sayName(false, kind: "unit", subject: "A", keys: ("cup", "plate"))
    func isSame(_ then: String, _ now: String, _ id: String = "A") -> Bool? {
      said.isSameName(kind: "unit", subject: id, keys: (then, now))
    }
    #expect(isSame("fork", "cup") == true)
    #expect(isSame("cup", "plate") == false)
    #expect(isSame("fork", "plate") == nil)
    #expect(isSame("fork", "spade", "B") == nil)
    said.sayName(false, kind: "unit", subject: "A", keys: ("fork", "spade"))
    #expect(isSame("fork", "cup") == nil)
  }

  @Test("is said of an id only as long as it stands for the name that it had then")
  func meant() {
    var said = SaidSuccessions()
    said.say(true, kind: "unit", subject: "B", earlier: "A")
    #expect(said.isMeant(kind: "unit", earlier: "A", key: "knife"))
    said.mean(kind: "unit", earlier: "A", key: "fork")
    #expect(said.isMeant(kind: "unit", earlier: "A", key: "fork"))
    #expect(!said.isMeant(kind: "unit", earlier: "A", key: "knife"))
    said.sayName(true, kind: "unit", subject: "A", keys: ("knife", "fork"))
    #expect(said.isMeant(kind: "unit", earlier: "A", key: "knife"))
  }
}
