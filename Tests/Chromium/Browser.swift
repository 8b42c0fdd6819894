public import Foundation
import Glibc
import Surroundings

/// A headless Chromium with one tab, driven through pipes by the DevTools protocol; it ends when it
/// goes out of scope.
///
/// ```swift
/// let browser = try Browser()
/// try browser.open(page)
/// let title: String = try browser.evaluate("document.title")
/// ```
public final class Browser {
  /// Where Chromium is installed; nil without one.
  public static let path = Surroundings.program("chromium", "chromium-browser", "google-chrome")

  /// What the page wrote to the console as an error, and exceptions that nothing caught.
  public private(set) var errors: [String] = []

  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let profile: URL
  private var session: String?
  private var count = 0
  private var rest = Data()

  /// Starts Chromium with an empty profile, which is removed at the end.
  ///
  /// - Throws: where none is installed, or it does not answer.
  public init() throws {
    guard let path = Browser.path else { throw BrowserFailure("Chromium not found") }
    profile = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString)")
    // A browser that died is an error of the next call, not the end of this program.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = URL(filePath: "/bin/sh")
    // Chromium listens on descriptor 3 and answers on 4.
    process.arguments = [
      "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", path, "--headless",
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
      "--no-first-run", "--remote-debugging-pipe", "--user-data-dir=\(profile.path)",
    ]
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])
    let attached = try call(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Performance"] { try call(domain + ".enable") }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: profile)
  }

  // MARK: - The protocol

  /// One command of the DevTools protocol, and its result.
  @discardableResult
  public func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    count += 1
    var message: [String: Any] = ["id": count, "method": method, "params": parameters]
    // What concerns the whole browser goes to no tab.
    if let session, !method.hasPrefix("SystemInfo.") { message["sessionId"] = session }
    try commands.fileHandleForWriting.write(
      contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == count else { continue }
      if let error = answer["error"] as? [String: Any] {
        throw BrowserFailure("\(method): \(error["message"] ?? "")")
      }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func receive() throws -> [String: Any] {
    let handle = answers.fileHandleForReading
    while true {
      if let end = rest.firstIndex(of: 0) {
        let message = rest[rest.startIndex..<end]
        rest = Data(rest[(end + 1)...])
        let object = try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
        note(object)
        return object
      }
      var waited = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&waited, 1, 60_000) > 0 else {
        throw BrowserFailure("chromium did not answer within a minute")
      }
      let more = handle.availableData
      guard !more.isEmpty else { throw BrowserFailure("chromium ended") }
      rest.append(more)
    }
  }

  private func note(_ event: [String: Any]) {
    guard let method = event["method"] as? String,
      let parameters = event["params"] as? [String: Any]
    else { return }
    switch method {
    case "Runtime.exceptionThrown":
      errors.append(describe(parameters["exceptionDetails"]))
    case "Runtime.consoleAPICalled" where parameters["type"] as? String == "error":
      errors.append("\(parameters["args"] ?? "")")
    case "Log.entryAdded":
      let entry = parameters["entry"] as? [String: Any] ?? [:]
      if entry["level"] as? String == "error" { errors.append("\(entry["text"] ?? "")") }
    default: break
    }
  }

  // MARK: - The page

  /// Opens a page from disk and waits until it shows its view.
  ///
  /// - Parameter state: what stands behind `#` in the address.
  public func open(_ file: URL, state: String = "") throws {
    var address = URLComponents()
    address.scheme = "file"
    address.host = ""
    address.path = file.absoluteURL.path(percentEncoded: false)
    address.fragment = state.isEmpty ? nil : state
    // Another state of the same page would not be loaded anew.
    try call("Page.navigate", ["url": "about:blank"])
    try call("Page.navigate", ["url": address.string ?? ""])
    try wait()
  }

  /// Waits until the page shows what was asked for.
  public func wait() throws {
    let ready = """
      document.readyState === 'complete' && location.href !== 'about:blank'
        && !document.querySelector('[aria-busy]') && document.body.innerText.trim() !== ''
      """
    for _ in 0..<1500 {
      if try evaluate(ready, as: Bool.self) { return }
      usleep(20_000)
    }
    throw BrowserFailure("the page showed nothing within half a minute")
  }

  /// Waits until what was asked for by mouse or keyboard has been done; another address is told to
  /// the page a moment later.
  private func settle() throws {
    try perform("new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))")
    try wait()
  }

  /// The value of a JavaScript expression; a promise is waited for.
  public func evaluate<Value: Decodable>(_ expression: String, as type: Value.Type = Value.self)
    throws -> Value
  {
    let text = try result("JSON.stringify({value: await (\(expression))})") as? String ?? "{}"
    return try JSONDecoder().decode(Answer<Value>.self, from: Data(text.utf8)).value
  }

  /// Runs JavaScript statements.
  public func perform(_ statements: String) throws { _ = try result("0; \(statements)") }

  private func result(_ script: String) throws -> Any? {
    let isValue = script.hasPrefix("JSON.stringify(")
    let answer = try call(
      "Runtime.evaluate",
      [
        "expression": isValue ? "(async () => \(script))()" : script, "awaitPromise": true,
        "returnByValue": isValue,
      ])
    if let details = answer["exceptionDetails"] { throw BrowserFailure(describe(details)) }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Clicks in the middle of the first element that a selector finds.
  public func click(_ selector: String) throws {
    let place: [Double] = try evaluate(
      """
      (() => {
        const found = document.querySelector(\(quoted(selector)));
        found.scrollIntoView({block: 'center'});
        const box = found.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      })()
      """)
    for type in ["mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent",
        ["type": type, "x": place[0], "y": place[1], "button": "left", "clickCount": 1])
    }
    try settle()
  }

  /// Types into what has the focus.
  public func type(_ text: String) throws { try call("Input.insertText", ["text": text]) }

  /// Presses a key once: `Tab`, `Enter`, `ArrowDown`, `Space`.
  public func press(_ key: String) throws {
    let codes = ["Tab": 9, "Enter": 13, "Space": 32, "ArrowDown": 40]
    let texts = ["Enter": "\r", "Space": " "]
    var event: [String: Any] = [
      "key": key == "Space" ? " " : key, "code": key, "windowsVirtualKeyCode": codes[key] ?? 0,
    ]
    event["type"] = texts[key] == nil ? "rawKeyDown" : "keyDown"
    if let text = texts[key] { event["text"] = text }
    try call("Input.dispatchKeyEvent", event)
    event["type"] = "keyUp"
    event["text"] = nil
    try call("Input.dispatchKeyEvent", event)
    try settle()
  }

  /// Makes the window so wide and high, in CSS pixels; pictures have `scale` pixels for each.
  public func resize(width: Int, height: Int = 900, scale: Double = 1) throws {
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": scale, "mobile": false])
  }

  public func prefer(dark: Bool) throws {
    try call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
  }

  /// The page as a PNG, no higher than `height` CSS pixels.
  public func picture(height: Double = .infinity) throws -> Data {
    let size = try call("Page.getLayoutMetrics")["cssContentSize"] as? [String: Any] ?? [:]
    let all = size["height"] as? Double ?? 0
    let clip: [String: Any] = [
      "x": 0, "y": 0, "width": size["width"] ?? 0, "height": min(height, all), "scale": 1,
    ]
    return try data(
      "Page.captureScreenshot", ["captureBeyondViewport": true, "clip": clip, "format": "png"])
  }

  /// The page as it is printed, on the paper that its style asks for.
  public func print() throws -> Data {
    try data("Page.printToPDF", ["preferCSSPageSize": true, "printBackground": true])
  }

  private func data(_ method: String, _ parameters: [String: Any]) throws -> Data {
    let text = try call(method, parameters)["data"] as? String ?? ""
    guard let data = Data(base64Encoded: text) else { throw BrowserFailure("\(method): no data") }
    return data
  }

  /// Memory of the largest tab, in bytes: what is its own, as the browser's own task manager counts,
  /// and what is resident, the program's code that all tabs share included.
  public func memory() throws -> (own: Int, resident: Int) {
    let processes = try call("SystemInfo.getProcessInfo")["processInfo"] as? [[String: Any]] ?? []
    return processes.filter { $0["type"] as? String == "renderer" }.map { process in
      let id = process["id"] as? Int ?? 0
      return (statusBytes("RssAnon:", of: id), statusBytes("VmRSS:", of: id))
    }.max { $0.1 < $1.1 } ?? (0, 0)
  }
}

/// Why the browser could not do what it was asked.
public struct BrowserFailure: Error, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}

private struct Answer<Value: Decodable>: Decodable {
  var value: Value
}

private func describe(_ details: Any?) -> String {
  let details = details as? [String: Any] ?? [:]
  let exception = details["exception"] as? [String: Any]
  return exception?["description"] as? String ?? "\(details["text"] ?? "")"
}

private func quoted(_ text: String) -> String {
  "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
}

private func statusBytes(_ name: String, of process: Int) -> Int {
  let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
  return (line?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0) * 1024
}
