/// Further values of other implementations and of the definitions, for the same sets.
extension ReferenceValues {
  /// The line through Fréchet distances over one over the number of leading generated samples.
  static let extrapolated = Table(
    """
    case          intercept      slope
    gauss_shift   1.1210329      53.4176558
    same_dist     0.02910264131  74.2172592
    modes_dropped 290.4950783    6734.576872
    low_rank      706.5715315    91153.11924
    identical     -0.09776649264 89.01101046
    heavy_tails   14.32382922    1780.699777
    n_lt_d        440.1112378    6493.012836
    full_collapse 13.64450508    -1.03169138e-12
    ties          0.07310204316  8.234985015
    d1            0.0407825662   1.995010762
    """)

  /// Mean and standard deviation of the kernel distance over consecutive blocks of 250 samples.
  static let kernelBlocks = Table(
    """
    case          mean             deviation
    gauss_shift   0.04770935271    0.00439021333
    same_dist     -0.0003241214561 0.001046768796
    modes_dropped 8.589573225      0.1187213351
    low_rank      6.004109638      0.2998551044
    identical     -0.00441819093   0.0001372401732
    heavy_tails   0.104979249      0.4146109129
    full_collapse 0.535824489      0.01317379227
    ties          0.02933550811    0.02331160888
    d1            0.2908119392     0.1847752062
    """)

  /// The maximum mean discrepancy of the Gaussian kernel with bandwidth 10, times 1000.
  static let wideKernel = Table(
    """
    case          v             u
    gauss_shift   9.288814037   9.204574197
    same_dist     0.06829591274 -0.02296835927
    modes_dropped 27.53414654   27.15333618
    low_rank      2             2.327579174e-10
    identical     0             -0.1882735733
    heavy_tails   4.497710209   3.681669936
    n_lt_d        25.17399462   15.40204587
    full_collapse 48.03894708   47.87232902
    ties          0.1667663129  0.05463178925
    n2            85.59460044   -63.82492494
    d1            0.3693540158  0.3514783992
    """)

  /// Clipped and symmetric scores of five neighbours.
  static let clipped = Table(
    """
    case          density      density_scale uncapped     coverage      coverage_raw coverage_full symmetric_precision symmetric_recall
    gauss_shift   1            0.4445        1.105736783  0.7586206897  0.6431       0.7542140982  0.47                0.428
    same_dist     1            0.4475        1.007374302  1             0.7655       0.7542140982  0.8805              0.8635
    modes_dropped 0.9760273973 0.36208       0.9760273973 0.6540691862  0.58036      0.7540293338  0.6952              0.4828
    low_rank      1            0.3896        2.516940452  1             0.9986       0.7545224095  0.169               0.109
    identical     1            0.4416        1.349637681  1             1            0.7545224095  1                   1
    heavy_tails   0.4185110664 0.2485        0.4185110664 0.3883058471  0.3767       0.7542140982  0.5165              0.797
    n_lt_d        1            0.389         2.570694087  1             1            0.7570057863  0                   0
    full_collapse 1            0.4672        2.140410959  0.02195608782 0.02         0.7551404287  0                   0
    ties          1            0.62          1.450967742  0.4395604396  0.421        0.7545224095  0.704               0.762
    d1            1            0.6776        1.073494687  0.9420579421  0.7316       0.7545224095  0.966               0.958
    """)

  /// Cosine Vendi scores of orders 2 and infinity, of the real and the generated set.
  static let vendiOrders = Table(
    """
    case          real2       real_inf    generated2  generated_inf
    gauss_shift   15.90248188 6.308531316 14.10084649 5.646297816
    same_dist     15.89711626 6.211405527 15.78969154 6.104589862
    modes_dropped 12.5045154  8.978630456 7.163927428 3.789653517
    low_rank      35.84225761 21.02514633 35.85711977 22.46253251
    identical     15.01904631 5.727438102 15.01904631 5.727438102
    heavy_tails   61.96072607 46.16406929 61.95095184 46.4691499
    n_lt_d        144.7049165 79.74334579 140.3792358 45.41774647
    full_collapse 12.3772139  5.211379797 1           1
    ties          5.986395969 5.392724212 6.043828592 5.527746303
    n2            1.99725758  1.928537532 1.824308757 1.526331293
    d1            1           1           1           1
    """)

  /// Wasserstein distances along 256 given directions.
  static let sliced = Table(
    """
    case          w1            w2            largest       mind
    gauss_shift   0.1094950062  0.1371547217  0.3651209117  3.611792193
    same_dist     0.01457261709 0.02089606125 0.03523031661 0.08383591215
    modes_dropped 0.517370646   0.7425935967  2.198358506   317.6324639
    low_rank      0.9031198432  1.158277831   1.968817922   2060.709171
    identical     0             0             0             0
    heavy_tails   0.1447661327  0.3581701172  0.8281876049  24.63087991
    n_lt_d        0.2098232515  0.2767482642  0.4686560555  117.6416283
    full_collapse 0.5132145829  0.6457514407  1.132223814   40.03151263
    ties          0.09545651444 0.1263755664  0.1767510619  0.2874741079
    n2            0.7615192531  0.9377085966  2.111191087   42.20627578
    d1            0.1967032881  0.214969253   0.214969253   0.1386353392
    """)

  /// Twenty bins around every (n / 20)-th real sample.
  static let bins = Table(
    """
    case          different divergence
    gauss_shift   12        0.04679349533
    same_dist     0         0.001692876686
    modes_dropped 15        0.03784828857
    low_rank      7         0.02121558448
    identical     0         0
    heavy_tails   2         0.003711056371
    full_collapse 17        0.5047083835
    ties          3         0.007629930599
    d1            2         0.01125565217
    """)

  /// The counts of real and of generated samples in the bins, by case.
  static let binCounts: [String: (real: [Int], generated: [Int])] = [
    "gauss_shift": (
      real: [
        49, 69, 247, 17, 156, 48, 112, 31, 18, 35, 111, 46, 57, 89, 70, 252, 129, 256, 118, 90,
      ],
      generated: [
        30, 107, 222, 5, 177, 23, 87, 8, 11, 20, 101, 268, 51, 31, 142, 114, 141, 326, 50, 86,
      ]
    ),
    "same_dist": (
      real: [
        44, 109, 19, 105, 8, 22, 132, 118, 316, 32, 16, 60, 78, 131, 79, 135, 53, 355, 95, 93,
      ],
      generated: [
        34, 108, 20, 106, 7, 26, 142, 96, 335, 34, 16, 54, 69, 134, 60, 167, 58, 356, 100, 78,
      ]
    ),
    "modes_dropped": (
      real: [
        10, 19, 59, 61, 140, 976, 2566, 8, 163, 3, 187, 306, 43, 42, 25, 7, 1, 3, 365, 16,
      ],
      generated: [
        26, 49, 175, 142, 115, 1193, 1936, 14, 102, 14, 426, 330, 116, 157, 85, 13, 11, 5, 57, 34,
      ]
    ),
    "low_rank": (
      real: [
        93, 14, 75, 152, 48, 7, 26, 5, 189, 32, 8, 10, 8, 18, 54, 58, 45, 36, 44, 78,
      ],
      generated: [
        97, 8, 94, 171, 53, 0, 10, 0, 259, 34, 1, 2, 6, 0, 54, 48, 29, 31, 31, 72,
      ]
    ),
    "identical": (
      real: [
        9, 80, 30, 31, 13, 88, 55, 61, 87, 112, 10, 5, 97, 13, 32, 77, 79, 24, 68, 29,
      ],
      generated: [
        9, 80, 30, 31, 13, 88, 55, 61, 87, 112, 10, 5, 97, 13, 32, 77, 79, 24, 68, 29,
      ]
    ),
    "heavy_tails": (
      real: [
        9, 16, 84, 60, 119, 190, 3, 1, 141, 66, 170, 101, 176, 97, 115, 10, 5, 572, 60, 5,
      ],
      generated: [
        13, 8, 104, 45, 124, 199, 2, 1, 129, 85, 156, 137, 186, 123, 105, 12, 6, 486, 73, 6,
      ]
    ),
    "full_collapse": (
      real: [
        59, 18, 13, 12, 1, 3, 59, 6, 16, 51, 31, 60, 4, 17, 44, 68, 10, 6, 20, 2,
      ],
      generated: [
        500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ]
    ),
    "ties": (
      real: [
        244, 30, 65, 25, 14, 55, 107, 92, 40, 15, 5, 29, 62, 9, 42, 61, 6, 9, 37, 53,
      ],
      generated: [
        245, 33, 75, 19, 11, 69, 113, 109, 51, 5, 6, 16, 34, 4, 33, 66, 5, 18, 34, 54,
      ]
    ),
    "d1": (
      real: [
        118, 75, 11, 64, 23, 41, 37, 16, 31, 96, 19, 72, 61, 84, 14, 76, 26, 71, 19, 46,
      ],
      generated: [
        114, 91, 11, 63, 25, 37, 28, 19, 48, 41, 22, 59, 96, 87, 10, 97, 30, 56, 23, 43,
      ]
    ),
  ]

  /// Sliced distances and bins of generations of a shrinking recursion.
  static let slicedGenerations = Table(
    """
    case w2            mind         different divergence     density      coverage    symmetric_precision symmetric_recall
    g1   0.05804686598 0.4851991655 3         0.008616403832 1            1           0.799               0.671
    g3   0.135826034   2.656614459  12        0.05551405597  1            1           0.198               0.181
    n0   0.03455116817 0.171904784  0         0.004972791991 0.9909638554 1           0.86                0.89
    n1   0.03526384049 0.1790695363 2         0.005426674366 1            1           0.893               0.878
    n2   0.03487035344 0.175095583  2         0.006665896053 1            1           0.878               0.896
    n3   0.03337514027 0.1604015983 2         0.006146430814 0.9948364888 1           0.894               0.883
    n4   0.03434166816 0.1698264248 1         0.00641256719  0.9612736661 0.999000999 0.869               0.884
    """)
}
