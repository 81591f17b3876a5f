extension Curation {
  /// The settings of a curation.
  static let keys = [
    SettingKey(
      "by", words: ["likelihood", "real-likelihood", "brightness", "class"], default: "likelihood",
      "the verifier: density under the last model or generation 0's, mean level, or nearness to a "
        + "class"),
    SettingKey(
      "class", .text, words: ["none"], default: "none",
      with: SettingKey.Condition(key: "by", values: ["class"]), "the class that by=class is about"),
    SettingKey(
      "rule", words: ["top", "best", "odds"], default: "top",
      "keep the best share, the best of k, or one of k with odds exp(strength score)"),
    SettingKey(
      "keep", .number(0.01...1), default: "0.5",
      with: SettingKey.Condition(key: "rule", values: ["top"]), "the share that rule=top keeps"),
    SettingKey(
      "k", .whole(2...1000), default: "2",
      with: SettingKey.Condition(key: "rule", values: ["best", "odds"]),
      "the candidates of rule=best and rule=odds"),
    SettingKey(
      "strength", .number(0...1_000_000), default: "1",
      with: SettingKey.Condition(key: "rule", values: ["odds"]), "the strength of rule=odds"),
    SettingKey(
      "noise", .number(0...1000), default: "0",
      "the verifier's error, as a multiple of the scores' standard deviation"),
  ]

  /// Creates the curation of settings.
  init(_ settings: Settings) {
    let verifier: Verifier =
      switch settings.text("by") {
      case "real-likelihood": .realLikelihood
      case "brightness": .brightness
      case "class": .nearness(className: settings.text("class"))
      default: .likelihood
      }
    let rule: Rule =
      switch settings.text("rule") {
      case "best": .best(of: settings.whole("k"))
      case "odds": .odds(of: settings.whole("k"), strength: settings.number("strength"))
      default: .top(share: settings.number("keep"))
      }
    self.init(verifier, rule, noise: settings.number("noise"))
  }

  /// The settings as they are written, without those that decide nothing.
  var text: String {
    let by =
      switch verifier {
      case .likelihood: "by=likelihood"
      case .realLikelihood: "by=real-likelihood"
      case .brightness: "by=brightness"
      case .nearness(let name): "by=class,class=\(name)"
      }
    let how =
      switch rule {
      case .top(let share): "rule=top,keep=\(share.plainText)"
      case .best(let size): "rule=best,k=\(size)"
      case .odds(let size, let strength): "rule=odds,k=\(size),strength=\(strength.plainText)"
      }
    return "\(by),\(how),noise=\(noise.plainText)"
  }
}
