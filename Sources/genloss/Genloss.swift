import ArgumentParser
import GenerationLoss

#if canImport(Glibc)
import Glibc
#endif

/// The root of the command line.
@main
struct Genloss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genloss",
    abstract: "A wind tunnel for model collapse: train, resample, retrain, measure, look.",
    usage: "genloss COMMAND [options]",
    discussion: Self.examples,
    version: Version.text,
    subcommands: commands)

  private static let commands: [any ParsableCommand.Type] = [
    RunCommand.self, StudyCommand.self, CompareCommand.self, ThresholdCommand.self,
    ClaimsCommand.self, BenchmarkCommand.self,
    DiagnoseCommand.self, MeasureCommand.self, CalibrateCommand.self, FeaturesCommand.self,
    ExportCommand.self, InspectCommand.self, SpritesCommand.self, ListCommand.self,
    ValidateCommand.self,
  ]

  /// Runs the command.
  static func main() {
    Allocator.prepare()
    Console.prepare()
    Interruption.listen()
    let words = Array(CommandLine.arguments.dropFirst())
    let status = Invocation(words, commands: commands).perform()
    Interruption.finish()
    Glibc.exit(status.rawValue)
  }

  static let examples = """
    Examples:
      genloss sprites icons --count 300 --size 32
      genloss run icons --strategy replace
      genloss run icons --strategy fresh-data --reuse-real
    """

  func run() throws {
    try Console.out(
      """
      genloss \(Release.version): what happens to image generators trained on their own output.

      \(Self.examples)

      Commands:
        run DATA        one self-consuming loop: measurements and pictures in a run folder
        study FILE      many runs from one file: data sets, strategies, seeds
        compare DIR…    strategies ranked over seeds: tables, statistics, pictures
        threshold DATA  how little real data is enough, and what quality costs
        claims [NAME]   what people claim, each a study with a verdict
        diagnose RUN…   which of the eight definitions of collapse a run fulfils, and since when
        measure A B     the metrics alone, on two folders of pictures or two .npy files
        calibrate DATA  which metrics find which damage in your data
        features DATA   write the features of pictures to a .npy file
        export RUN      a generation as PNG files, a zip or an array, to train others on
        inspect DATA    what a folder holds, and what would be skipped and why
        sprites OUT     draw a data set of icons with known attributes
        list WHAT       strategies, generators, metrics or features, each in a line
        validate        the loop, run many times over, against closed-form theory

      `genloss COMMAND --help` tells the rest.

      """)
  }
}
