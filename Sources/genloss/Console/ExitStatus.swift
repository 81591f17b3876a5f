import ArgumentParser
import Comparison
import Diagnosis
import Export
import ExternalGenerators
import GenerationLoss
import Generators
import Images
import LinearAlgebra
import Metrics
import Pictures
import Recursion
import Sprites
import Storage
import Studies
import SystemPackage
import Thresholds

/// How the command ends, after BSD's sysexits.
enum ExitStatus: Int32, Error {
  case done = 0
  case failedCheck = 1
  case skippedUnderStrict = 3
  case usage = 64
  case inputUnusable = 65
  case inputMissing = 66
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case locked = 75
  case configuration = 78
  case hangup = 129
  case interrupted = 130
  case brokenPipe = 141
  case terminated = 143

  /// The status that fits an error.
  ///
  /// The label keeps a kind of error without a mapping of its own from coming back here for ever.
  init(for error: any Error) {
    self =
      switch error {
      case let status as ExitStatus: status
      case let error as StorageError: Self(error)
      case let error as RecursionError: Self(error)
      case let error as RunFolderError: Self(error)
      case let error as GeneratorError: Self(error)
      case is ExternalGeneratorError: .failedCheck
      case let error as DiagnosisError: Self(error)
      case ExportError.occupied: .cannotCreate
      case ExportError.archive: .inputOutput
      case is ExportError: .inputUnusable
      case let error as StudyError: Self(error)
      case let error as ComparisonError: Self(error)
      case let error as ThresholdError: Self(error)
      case is ThresholdRuns.Failure: .failedCheck
      case is UsageError, is ValidationError: .usage
      case is SpriteFolder.Occupied, is ComparisonFiles.Occupied: .cannotCreate
      case is ConfigurationFile.Failure: .configuration
      case is PictureFolderError, is DecodingError, is EncodingError, is RealPartsError,
        is SpriteError, is FeatureSpaceError, is MetricsError, is LinearAlgebraError,
        is SavedReferenceError:
        .inputUnusable
      case PicturesError.tooLarge: .inputUnusable
      default: .internalError
      }
  }

  private init(_ error: RecursionError) {
    self =
      switch error {
      case .unknownStrategy, .invalidStrategy, .contradiction, .invalidSetting, .tooLittleMemory:
        .usage
      case .freshDataRunsOut, .tooFewSamples, .unusableData: .inputUnusable
      }
  }

  private init(_ error: RunFolderError) {
    self =
      switch error {
      case .locked: .locked
      case .notARunFolder, .foreign: .cannotCreate
      case .configurationDiffers, .fewerGenerations: .configuration
      case .damaged, .setAside, .newerSchema: .inputUnusable
      case .storage(let error): Self(error)
      }
  }

  private init(_ error: DiagnosisError) {
    self =
      switch error {
      case .missing: .inputMissing
      case .noRun: .inputUnusable
      case .configurationsDiffer, .sameSeed: .usage
      }
  }

  private init(_ error: StudyError) {
    self =
      switch error {
      case .notAStudyFolder, .foreignCell, .foreignTable, .otherQuestion: .cannotCreate
      case .unreadable, .newerSchema: .inputUnusable
      case .notStarted: .inputOutput
      }
  }

  private init(_ error: ComparisonError) {
    self =
      switch error {
      case .missing: .inputMissing
      case .neither, .nothing: .inputUnusable
      case .unknownMetric, .unranked, .sameSeed, .otherSamples, .unknownBaseline, .noGeneration:
        .usage
      }
  }

  private init(_ error: ThresholdError) {
    self =
      switch error {
      case .noValue, .notAveraged: .inputUnusable
      default: .usage
      }
  }

  private init(_ error: GeneratorError) {
    self =
      switch error {
      case .unknownGenerator, .unusedSetting, .invalidSetting: .usage
      default: .inputUnusable
      }
  }

  private init(_ error: StorageError) {
    self =
      switch (error.operation, error.cause) {
      case (_, .locked): .locked
      case (.read, .system(.noSuchFileOrDirectory)), (.list, .system(.noSuchFileOrDirectory)):
        .inputMissing
      case (_, .diskFull), (_, .system(.fileTooLarge)): .inputOutput
      case (.create, _): .cannotCreate
      case (_, .malformed), (_, .notARegularFile), (_, .tooLarge): .inputUnusable
      default: .inputOutput
      }
  }
}
