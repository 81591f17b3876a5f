import GenerationLoss
import Images
import LinearAlgebra
import Pictures

/// What `--version` prints.
enum Version {
  /// The program's version and those of the libraries that it runs with, each as the library tells it.
  static var text: String {
    """
    genloss \(Release.version)
    Swift \(swift)
    OpenBLAS \(blasVersion), kernels \(blasKernelName)
    libpng \(CodecVersions.png)
    libjpeg-turbo \(CodecVersions.jpeg)
    Cairo \(cairoVersion)
    """
  }

  /// The compiler's language version; the run-time library is linked into the program.
  private static var swift: String {
    #if swift(>=6.4)
    "6.4 or later"
    #elseif swift(>=6.3)
    "6.3"
    #else
    "6.0 to 6.2"
    #endif
  }
}
