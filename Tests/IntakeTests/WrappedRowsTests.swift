import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("XML rows within an envelope")
struct WrappedRowsTests {
  @Test("are told with the place where they stand and the one where they should")
  func envelope() async {
    let row = "<ROW><UNISCID/><ENTNAME>甲</ENTNAME><EMPNUM>3</EMPNUM><ESTDATE>2018</ESTDATE></ROW>"
    let text = "<RESPONSE><CODE>0</CODE><DATA><DATASET>\(row)</DATASET></DATA></RESPONSE>"
    let told = await failure(["a.xml": Array(text.utf8)])?.messages.first
    #expect(
      told?.zh.hasPrefix(
        "a.xml:1:1: 没有来源配置能识别这个文件：“RESPONSE/DATA/DATASET/ROW”像是“接口”的记录，来源配置却写在“DATASET/ROW”")
        ?? false)
    #expect(told?.en.contains("looks like rows of “接口”") ?? false)
  }

  @Test("are none where an element only has the name of a row")
  func name() async {
    let text = "<RESPONSE><DATA><ROW><A>1</A><B>2</B><C>3</C></ROW></DATA></RESPONSE>"
    let told = await failure(["a.xml": Array(text.utf8)])?.messages.first?.zh ?? ""
    #expect(!told.contains("像是") && told.contains("没有来源配置能识别这个文件"))
  }
}
