import ArgumentParser
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// How words are set off on a terminal.
enum TextStyle: String {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case yellow = "33"
}

/// When to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// A stream that may show styles.
struct StyledStream {
  /// Results.
  static let output = StyledStream(descriptor: 1)

  /// Messages.
  static let errors = StyledStream(descriptor: 2)

  /// The choice of the command line.
  static let choice = Mutex(ColorChoice.auto)

  private let descriptor: Int32

  /// Returns the words with a style, or as they are where the stream shows none.
  func callAsFunction(_ style: TextStyle, _ words: String) -> String {
    isStyled && !words.isEmpty ? "\u{1B}[\(style.rawValue)m\(words)\u{1B}[0m" : words
  }

  /// By itself only a terminal shows styles, unless `NO_COLOR` is set to anything, or `TERM` says that
  /// it is a dumb one.
  private var isStyled: Bool {
    switch Self.choice.withLock({ $0 }) {
    case .always: true
    case .never: false
    case .auto:
      isatty(descriptor) == 1 && Environment.value("TERM") != "dumb"
        && (Environment.value("NO_COLOR") ?? "").isEmpty
    }
  }
}
