extension SettingKey {
  /// The real share of a training set of fixed size: that of `--real-share` where it is given.
  static let share = SettingKey(
    "share", .number(0...1), default: "0.5", option: .realShare, "real share p of N")

  /// Whether real samples are new ones or those of generation 0.
  static func real(_ standard: String) -> SettingKey {
    SettingKey(
      "real", words: ["fresh", "fixed"], default: standard,
      "new real samples each generation, or always the same")
  }

  /// The key of the generation before which a strategy does nothing of its own.
  static let turningPoint = "at"

  static func at(_ standard: Int, _ summary: String) -> SettingKey {
    SettingKey(
      turningPoint, .whole(1...1_000_000), default: "\(standard)", summary)
  }

  static func schedule(
    _ name: String, _ range: ClosedRange<Double>, default standard: String, _ summary: String
  ) -> SettingKey {
    SettingKey(name, .schedule(range), default: standard, summary)
  }
}

extension Mixing {
  /// Real samples and those of the last model, together the budget.
  static func beside(_ real: MixingPart.Source, share: Schedule) -> Mixing {
    Mixing([
      MixingPart([real], .share(share)), MixingPart([.generations(last: 1)], .rest),
    ])
  }

  /// The same with the source that the settings choose.
  static func beside(_ settings: Settings, share: Schedule) -> Mixing {
    beside(settings.text("real") == "fresh" ? .fresh : .original, share: share)
  }

  /// The samples of the last model alone.
  static let replace = Mixing([MixingPart([.generations(last: 1)], .share(Schedule(1)))])
}

// What generations are trained on, by what happens to the synthetic samples.

extension StrategyCatalogue {
  /// One kind of samples alone.
  static let single: [StrategyEntry] = [
    StrategyEntry(
      "replace", "N synthetic samples of the last generation, nothing else (fully synthetic loop)",
      source: "Shumailov et al. 2024; Alemohammad et al. 2023"
    ) { _ in Recipe(mixing: .replace) },
    StrategyEntry(
      "real-only", "N new real samples: the control of an endless real supply", source: "control"
    ) { _ in Recipe(mixing: Mixing([MixingPart([.fresh], .share(Schedule(1)))])) },
    StrategyEntry(
      "refit", "the original real set again, with new random numbers: the control of fit noise",
      source: "control"
    ) { _ in Recipe(mixing: Mixing([MixingPart([.original], .all)])) },
  ]

  /// Pools that keep what was drawn earlier.
  static let accumulating: [StrategyEntry] = [
    StrategyEntry(
      "accumulate", "the original real set and the synthetic samples of every generation so far",
      source: "Gerstgrasser et al. 2024"
    ) { _ in
      Recipe(mixing: Mixing([MixingPart([.original, .generations(last: nil)], .all)]))
    },
    StrategyEntry(
      "accumulate-subsample", "N samples drawn from all that accumulated, real and synthetic alike",
      source: "Kazdan et al. 2025",
      keys: [
        SettingKey(
          "choice", words: ["random", "equal"], default: "random",
          "from the whole, or equally many from each generation")
      ]
    ) { settings in
      Recipe(
        mixing: Mixing([
          MixingPart(
            [.original, .generations(last: nil)], .share(Schedule(1)),
            settings.text("choice") == "equal" ? .equal : .random)
        ]))
    },
    StrategyEntry(
      "window",
      "all samples of the last W generations, the original set being the first of them at the start",
      source: "Gerstgrasser et al. 2024 (between replace and accumulate)",
      keys: [
        SettingKey(
          "generations", .whole(1...1_000_000), default: "3", "generations kept, W")
      ]
    ) { settings in
      Recipe(mixing: Mixing([MixingPart([.window(settings.whole("generations"))], .all)]))
    },
  ]

  /// Sets whose size changes.
  static let resized: [StrategyEntry] = [
    StrategyEntry(
      "growing", "n_g synthetic samples of the last generation, a number that changes",
      source: "Shumailov et al. 2024",
      keys: [.schedule("size", 0.001...1000, default: "1..3@10", "n_g as a multiple of N")]
    ) { settings in
      Recipe(
        mixing: Mixing([
          MixingPart([.generations(last: 1)], .share(settings.schedule("size")))
        ]))
    },
    StrategyEntry(
      "bottleneck", "as replace, but one generation has few samples to train on",
      source: "population genetics: founder effect",
      keys: [
        .at(3, "the generation that has few"),
        SettingKey("size", .number(0.001...1), default: "0.1", "its samples as a share of N"),
      ]
    ) { settings in
      let at = settings.whole("at")
      let points =
        (at > 1 ? [Schedule.Point(1, 1)] : [])
        + [Schedule.Point(at, settings.number("size")), Schedule.Point(at + 1, 1)]
      return Recipe(
        mixing: Mixing([MixingPart([.generations(last: 1)], .share(Schedule(points)))]))
    },
  ]

  /// Constant shares of real samples.
  static let mixed: [StrategyEntry] = [
    StrategyEntry(
      "synthetic-augmentation",
      "a fixed real set, p N samples, and (1 - p) N synthetic samples of the last generation",
      source: "Alemohammad et al. 2023; Bertrand et al. 2024", keys: [.share]
    ) { settings in
      Recipe(mixing: .beside(.original, share: Schedule(settings.number("share"))))
    },
    StrategyEntry(
      "fresh-data", "p N new real samples and (1 - p) N synthetic samples of the last generation",
      source: "Alemohammad et al. 2023", keys: [.share]
    ) { settings in
      Recipe(mixing: .beside(.fresh, share: Schedule(settings.number("share"))))
    },
    StrategyEntry(
      "reservoir",
      "real samples drawn anew each generation from R0 originals that were kept, beside synthetic "
        + "ones of the last generation, together N",
      source: "Bertrand et al. 2024 (fixed real data)",
      keys: [
        SettingKey(
          "originals", .whole(1...100_000_000), words: ["all"], default: "all", "kept originals, R0"
        ),
        SettingKey(
          "real", .whole(1...100_000_000), words: ["half"], default: "half",
          "real samples drawn each generation, or half of N"),
      ]
    ) { settings in
      let kept = settings.numberOrNil("originals").map { MixingPart.Source.reservoir(Int($0)) }
      let size: MixingPart.Size =
        settings.numberOrNil("real").map { .count(Schedule($0)) } ?? .share(Schedule(0.5))
      return Recipe(
        mixing: Mixing([
          MixingPart([kept ?? .original], size, .random),
          MixingPart([.generations(last: 1)], .rest),
        ]))
    },
    StrategyEntry(
      "weighted",
      "p N real samples that together weigh w in the fit, and synthetic ones that weigh the rest",
      source: "He et al. 2025 (golden ratio)",
      keys: [
        SettingKey(
          "weight", .number(0...1), words: ["golden"], default: "golden",
          "weight w of the real samples; golden = (sqrt(k^2 + 4k) - k)/2, k = p/(1 - p)"),
        .share, .real("fresh"),
      ]
    ) { settings in
      var mixing = Mixing.beside(settings, share: Schedule(settings.number("share")))
      mixing.parts[0].weight =
        settings.numberOrNil("weight").map { .share(Schedule($0)) } ?? .golden
      mixing.parts[1].weight = .rest
      return Recipe(mixing: mixing)
    },
  ]

  /// Shares of real samples that change.
  static let contaminated: [StrategyEntry] = [
    StrategyEntry(
      "ramp", "a synthetic share of N that changes by a schedule, and real samples for the rest",
      source: "the web as it fills",
      keys: [
        .schedule("synthetic", 0...1, default: "0.5..1@6", "synthetic share of N"), .real("fresh"),
      ]
    ) { settings in
      Recipe(mixing: .beside(settings, share: settings.schedule("synthetic").map { 1 - $0 }))
    },
    StrategyEntry(
      "drying", "a share of new real samples that falls to zero, and synthetic ones for the rest",
      source: "Villalobos et al. 2024 (real data runs out)",
      keys: [.schedule("share", 0...1, default: "1..0@6", "real share of N")]
    ) { settings in
      Recipe(mixing: .beside(.fresh, share: settings.schedule("share")))
    },
    StrategyEntry(
      "onset", "real samples alone until synthetic ones get in at generation s",
      source: "the web before and after generators",
      keys: [
        .at(3, "the first generation with synthetic samples, s"),
        SettingKey("synthetic", .number(0...1), default: "1", "their share of N from then on"),
        .real("fresh"),
      ]
    ) { settings in
      Recipe(
        mixing: .beside(
          settings,
          share: .step(from: 1, to: 1 - settings.number("synthetic"), at: settings.whole("at"))))
    },
    StrategyEntry(
      "recovery", "as replace until real samples come back at generation s",
      source: "the cure after the disease",
      keys: [
        .at(5, "the first generation with real samples, s"),
        SettingKey("share", .number(0...1), default: "1", "their share of N from then on"),
        .real("fresh"),
      ]
    ) { settings in
      Recipe(
        mixing: .beside(
          settings,
          share: .step(from: 0, to: settings.number("share"), at: settings.whole("at"))))
    },
  ]

  /// Models that are not sampled as they were fitted.
  static let biased: [StrategyEntry] = [
    StrategyEntry(
      "bias", "as replace, with samples that are drawn closer to the modes than the model has them",
      source: "Alemohammad et al. 2023; Marchi et al. 2024",
      keys: [
        SettingKey(
          "lambda", .number(0...100), default: "0.9", option: .bias,
          "factor on the sampling covariance"),
        SettingKey(
          "temperature", .number(0.01...100), default: "1",
          "mixture weights are drawn to the power of 1/temperature"),
        SettingKey(
          "deviations", .number(0.01...100), words: ["all"], default: "all",
          "no latent number beyond so many standard deviations"),
        SettingKey(
          "likeliest", .number(0.01...1), default: "1",
          "share of the drawn samples that is kept, the likeliest under the model"),
      ]
    ) { settings in
      Recipe(
        mixing: .replace,
        sampling: SamplingRule(
          bias: settings.number("lambda"), temperature: settings.number("temperature"),
          deviations: settings.numberOrNil("deviations"),
          likeliest: settings.number("likeliest")))
    }
  ]
}
