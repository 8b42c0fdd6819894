import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A form before it is handed out")
struct TryFormTests {
  @Test("is read by the profile that it was made from, each column as its field")
  func read() throws {
    let pack = samplePack()
    let form = try #require(pack.form(ofRecord: 0))
    let tried = tryForm(form, pack: pack, asOf: asOf)
    #expect(tried.profile == form.profile && tried.fields == form.columns.map(\.field))
    #expect(tried.refused == [])
  }

  @Test("is not recognised where its headings are another's, and tells an example that is refused")
  func refused() throws {
    var pack = samplePack()
    var form = try #require(pack.form(ofRecord: 0))
    let staff = try #require(form.columns.firstIndex { $0.headings == ["从业人数"] })
    form.columns[staff].advice.example = "很多"
    #expect(tryForm(form, pack: pack, asOf: asOf).refused == [form.columns[staff].field])
    pack.sources.remove(at: form.profile)
    #expect(tryForm(form, pack: pack, asOf: asOf) == TriedForm())
  }
}
