// Models of different size, and more than one.

extension StrategyCatalogue {
  /// Populations.
  static let populations: [StrategyEntry] = [
    StrategyEntry(
      "distilled",
      "as replace, with a model of other capacity from one generation on, and back again",
      source: "Hinton et al. 2015; Gunasekar et al. 2023",
      keys: [
        SettingKey(
          "student", .number(0.001...1000), default: "0.25",
          "components of the student as a multiple of the teacher's"),
        .at(1, "the student's first generation"),
        SettingKey(
          "back", .whole(2...1_000_000), words: ["never"], default: "never",
          "the generation from which the teacher's capacity is used again"),
      ],
      contradiction: { settings in
        guard let back = settings.numberOrNil("back"), Int(back) <= settings.whole("at") else {
          return nil
        }
        return "the teacher cannot be back at generation \(Int(back)) when the student comes at "
          + "\(settings.whole("at")). Give back a later generation, or never."
      }
    ) { settings in
      let at = settings.whole("at")
      var points = [Schedule.Point(0, 1), Schedule.Point(at, settings.number("student"))]
      if let back = settings.numberOrNil("back") {
        points.append(Schedule.Point(Int(back), 1))
      }
      return Recipe(mixing: .replace, population: Population(capacity: Schedule(points)))
    },
    StrategyEntry(
      "crossed",
      "M models of N / M samples each, on their own samples and those of the others; measured are "
        + "all samples together",
      source: "population genetics: outbreeding",
      keys: [
        SettingKey("models", .whole(2...100), default: "2", "models, M"),
        SettingKey(
          "own", .number(0...1), default: "0.5",
          "share of its own samples that a model is trained on; 1 keeps them apart"),
      ]
    ) { settings in
      Recipe(
        mixing: .replace,
        population: Population(models: settings.whole("models"), own: settings.number("own")))
    },
  ]
}
