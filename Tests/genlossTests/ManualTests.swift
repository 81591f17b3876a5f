import Storage
import Testing

@Suite("genloss: what man pages and completions are made of")
struct ManualTests {
  @Test("Every command says what it is for, and every option what it does")
  func manual() throws {
    try withTool { genloss in
      let dump = try genloss("--experimental-dump-help").json
      // The version that the generator of man pages reads.
      #expect(dump["serializationVersion"]?.integer == 0)
      let commands = try #require(dump["command"]?["subcommands"]?.array)
      #expect(commands.count > 10)
      for command in commands where command["commandName"]?.string != "help" {
        let name = command["commandName"]?.string ?? "?"
        #expect(command["abstract"]?.string?.hasSuffix(".") == true, "\(name)")
        #expect(command["discussion"]?.string?.contains("Example") == true, "\(name)")
        for argument in command["arguments"]?.array ?? [] {
          let words = argument["abstract"]?.string ?? ""
          #expect(!words.isEmpty, "\(name): \(argument["valueName"]?.string ?? "?")")
        }
      }
    }
  }

  @Test("The completions of every shell know every command", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    try withTool { genloss in
      let script = try genloss("--generate-completion-script", shell)
      #expect(script.status == 0)
      let dump = try genloss("--experimental-dump-help").json
      for command in dump["command"]?["subcommands"]?.array ?? [] {
        let name = try #require(command["commandName"]?.string)
        #expect(script.output.contains(name), "\(name)")
      }
      #expect(script.output.contains("real-share"))
    }
  }
}
