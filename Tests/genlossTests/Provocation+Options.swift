extension Provocation {
  /// Options that cannot be what was meant.
  static let options = [
    Provocation(
      name: "an unknown strategy", line: "run icons --strategy replce", status: 64,
      message: """
        There is no strategy "replce". Did you mean "replace"? `genloss list strategies` shows them \
        all.
        """),
    Provocation(
      name: "an unknown setting of a strategy", line: "run icons --strategy window:generatoins=5",
      status: 64,
      message: """
        --strategy window:generatoins=5 cannot be used: window has no key "generatoins". Did you mean \
        "generations"? It has generations. `genloss list strategies` explains them.
        """),
    Provocation(
      name: "a setting out of range", line: "run icons --strategy window:generations=0", status: 64,
      message: """
        --strategy window:generations=0 cannot be used: generations cannot be "0": it is a whole number \
        from 1 to 1000000. `genloss list strategies` explains them.
        """),
    Provocation(
      name: "two shares", line: "run icons --strategy fresh-data:share=.1 --real-share .2",
      status: 64,
      message: """
        fresh-data:share=0.1 and --real-share 0.2 contradict each other. Leave one of them out. \
        `genloss run --help` shows the options.
        """),
    Provocation(
      name: "two biases", line: "run icons --strategy bias:lambda=.9 --bias .8", status: 64,
      message: """
        bias:lambda=0.9 and --bias 0.8 contradict each other. Leave one of them out. \
        `genloss run --help` shows the options.
        """),
    Provocation(
      name: "more originals than there are",
      line: "run icons --samples 20 --strategy reservoir:originals=50", status: 64,
      message: """
        --strategy reservoir:originals=50 cannot be used: it keeps 50 originals, and generation 0 is \
        trained on 20. Keep 20 or fewer, or raise --samples.
        """),
    Provocation(
      name: "classes of vectors", line: "run gaussian:d=2 --conditional", status: 64,
      message: """
        --conditional true cannot be used: the data have no classes. They are the sub-folders of a \
        folder of pictures.
        """),
    Provocation(
      name: "wrong labels of no class", line: "run icons --label-noise 0.1", status: 64,
      message: """
        --label-noise 0.1 cannot be used: labels travel with samples under --conditional alone. Add \
        it, or leave this out. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "models for classes and for a population",
      line: "run icons --conditional --strategy crossed", status: 64,
      message: "crossed and --conditional contradict each other. Leave one of them out."),
    Provocation(
      name: "an unknown generator", line: "run icons --generator ptches", status: 64,
      message: """
        --generator ptches cannot be used: there is no such generator. Did you mean "patches"? \
        `genloss list generators` shows them all.
        """),
    Provocation(
      name: "a share that is none", line: "run icons --real-share 1.5", status: 64,
      message: """
        --real-share 1.5 cannot be used: a share lies between 0 and 1. `genloss run --help` shows the \
        options.
        """),
    Provocation(
      name: "generations below 0", line: "run icons --generations=-1", status: 64,
      message: """
        --generations -1 cannot be used: it must lie between 0 and 100000. `genloss run --help` shows \
        the options.
        """),
    Provocation(
      name: "a number that is none", line: "run icons --bias nan", status: 64,
      message: """
        The value 'nan' is invalid for '--bias <bias>': it must be a number in decimal notation, such \
        as 0.5. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "a seed below 0", line: "run icons --seed=-1", status: 64,
      message: """
        The value '-1' is invalid for '--seed <seed>': it must be a whole number from 0 to \
        18446744073709551615. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "a single sample", line: "run icons --samples 1", status: 64,
      message: """
        --samples 1 cannot be used: it must lie between 2, the least that has a spread, and \
        100000000. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "more samples than there are", line: "run icons --samples 1000", status: 64,
      message: """
        --samples 1000 cannot be used: the training part holds 32 of 40 samples. Lower --samples, \
        --holdout or --feature-share, or add data.
        """),
    Provocation(
      name: "a size of 0", line: "run icons --size 0", status: 64,
      message: """
        --size must lie between 8 and 4096, not 0. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "no threads", line: "run icons --threads 0", status: 64,
      message: """
        --threads must lie between 1 and 1024, not 0. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "a value that is not in the list", line: "run icons --fit crp", status: 64,
      message: "--fit cannot be \"crp\": it is crop or stretch. Did you mean \"crop\"?"),
    Provocation(
      name: "options that contradict each other", line: "run icons --quiet --verbose", status: 64,
      message: """
        --quiet and --verbose contradict each other. Leave one out. `genloss run --help` shows the \
        options.
        """),
    Provocation(
      name: "a setting that the generator does not have",
      line: "run icons --generator bootstrap --rank 3", status: 64,
      message: "The generator bootstrap has no setting rank. It has none: leave it out."),
    Provocation(
      name: "levels for vectors", line: "run gaussian:d=2 --carry png8", status: 64,
      message: "--carry png8 cannot be used: vectors have no 8-bit levels. Use --carry float."),
    Provocation(
      name: "a real share that a strategy has no use for",
      line: "run icons --strategy replace --real-share 0.3", status: 64,
      message: """
        --real-share 0.3 cannot be used: it would change nothing of replace. Leave it out. `genloss run \
        --help` shows the options.
        """),
    Provocation(
      name: "a real share that a strategy has another word for",
      line: "run icons --strategy curated --real-share 0.3", status: 64,
      message: """
        --real-share 0.3 cannot be used: it would change nothing of curated. Write curated:share=0.3 \
        instead. `genloss run --help` shows the options.
        """),
    Provocation(
      name: "a teacher that is back before it left",
      line: "run icons --strategy distilled:at=4,back=3", status: 64,
      message: """
        --strategy distilled:at=4,back=3 cannot be used: the teacher cannot be back at generation 3 \
        when the student comes at 4. Give back a later generation, or never. `genloss run --help` \
        shows the options.
        """),
    Provocation(
      name: "a verifier without its class", line: "run icons --strategy curated:by=class",
      status: 64,
      message: """
        --strategy curated:by=class,class=none cannot be used: it needs the class to judge by. The \
        classes are birds, butterflies, cars, cats, cups, faces, fish, flowers, houses, rockets, ships, \
        trees.
        """),
    Provocation(
      name: "a carry without its quality", line: "run icons --carry jpeg", status: 64,
      message: """
        The value 'jpeg' is invalid for '--carry <carry>': it is float, png8 or jpeg:Q with a quality Q \
        from 1 to 100. Did you mean "jpeg:90"?
        """),
  ]
}
