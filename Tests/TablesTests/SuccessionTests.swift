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
    said.say(true, kind: "unit", subject: "A", earlier: "A")
    #expect(said.earlierIDs(kind: "unit", subject: "A") == ["B"])
    #expect(said.isSame(kind: "unit", subject: "A", earlier: "A") == true)
  }
}
