public import Expressions
import Tables

/// Checks a condition that a person gives beside a pack, as an option of a command.
///
/// - Parameters:
///   - text: The condition, over the facts of one kind of subject.
///   - name: What stands for the file in faults, such as `--where`.
///   - subject: The kind of subject.
///   - purpose: What the run is for; a field that is not open to it cannot be named.
public func checkCondition(
  _ text: String, named name: String, subject: Int, purpose: String, pack: RulePack
) throws(PackFaults) -> CheckedExpression {
  var loader = PackLoader(folder: "")
  loader.pack = pack
  loader.nameFacts()
  loader.purposesInForce = [purpose]
  loader.reading.files = [Reading.File(shown: name, text: text)]
  let node = YAMLNode(
    spot: Spot(file: 0, line: 1, column: 1), content: .scalar(text, .plain))
  let checked = loader.condition(node, scope: subject)
  guard let checked, loader.reading.faults.isEmpty else {
    throw PackFaults(loader.reading.faults)
  }
  return checked
}
