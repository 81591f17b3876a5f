/// What other implementations give for ``ReferenceFeatures``, to ten digits.
///
/// Rows marked `peers` were computed with numpy 2.4.6, scipy 1.17.1, prdc 0.2, vendi-score 0.0.3,
/// dcor 0.7 and mpmath 1.3.0; rows marked `direct`, and the first table, with numpy alone.
enum ReferenceValues {
  /// A table: the names of its columns, then a row for each case.
  struct Table {
    let rows: [(name: String, values: [String: Double])]

    init(_ text: String) {
      let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      rows = lines.dropFirst().map { line in
        // A dash stands for a value that does not exist.
        let values = zip(lines[0], line).compactMap { name, field in
          Double(field).map { (name, $0) }
        }
        return (line[0], Dictionary(uniqueKeysWithValues: values))
      }
    }

    subscript(name: String) -> [String: Double] {
      rows.first { $0.name == name }?.values ?? [:]
    }
  }

  /// The Fréchet distance and its parts, from the singular values of the product of both centred
  /// sets, means and traces in extended precision.
  static let frechet = Table(
    """
    case           value               mean                 real                 generated            cross
    gauss_shift    1.1628217815885     1.01550091520339     9.72236675253816     8.00253620851809     8.78879104733557
    same_dist      0.0708640923458788  0.00716177425180135  9.654677641131       9.61900149809495     9.60498841056594
    modes_dropped  291.71222944161     63.2748213528195     790.61216904672      704.723821901869     633.4492914299
    low_rank       800.261234378462    12.8476777830734     10371.9020846458     5848.48450811692     7716.48651808368
    low_rank_other 15630.56419084      23.444421082016      10242.4332028196     10202.138676996      2418.72605502881
    n_lt_d         432.405354740112    8.42310469549473     515.956906857418     325.013754313525     208.494205563163
    identical      -7.105427357601e-14 0                    9.96720011248662     9.96720011248662     9.96720011248665
    heavy_tails    12.335039525995     0.172132247367033    184.41515675241      225.657987155392     198.955118314587
    unequal        0.549105749457947   0.391549292937082    10.1899913369114     9.32931346309234     9.68087417174142
    offset         5.76442550957125    3.85244639518547     63.7295344232124     63.7713522826272     62.7944537957269
    tiny_scale     1.1309779349883e-12 1.00876965848012e-12 8.87498868993046e-12 8.91393182817784e-12 8.83335612080006e-12
    unit_sphere    0.069869707747136   0.0113543047894011   0.278294266564534    0.0880016533731864   0.153890258489993
    const_columns  0.768618395642951   0.271707811794451    7.79485937519175     7.57296358983113     7.43545619058719
    full_collapse  13.6445050808775    4.87503754065257     8.76946754022489     0                    0
    both_constant  0                   0                    0                    0                    0
    ties           0.0868331187754254  0.013433             6.40545845845846     5.24885085085085     5.79045459526694
    n2             26.950672000763     8.92594558082055     18.6625297963619     13.7646866315044     7.20124500396196
    n6_k5          20.2806332997288    3.76768909649561     17.4309282945236     12.0087251983816     6.46335464483599
    d1             0.0448402789189761  0.0377862680979882   0.985843944538774    0.826114816492392    0.902452375105089
    """)

  /// The Fréchet distance of the peers.
  static let peerFrechet = Table(
    """
    case          value
    gauss_shift   1.162821782
    same_dist     0.07086409235
    modes_dropped 291.7122294
    low_rank      800.2612344
    n_lt_d        432.4053547
    identical     -3.552713679e-15
    heavy_tails   12.33503953
    full_collapse 13.64450508
    ties          0.08683311878
    n2            26.950672
    d1            0.04484027892
    """)

  /// Statistics over all pairs; `sigma` is the median distance in the real set.
  static let pairs = Table(
    """
    case           source kid              sigma           mmd              energy_v        energy_u
    gauss_shift    peers  0.0480232895     4.246893683     0.03446106874    0.2532803746    0.2491468288
    same_dist      peers  -0.0001300207977 4.233180059     -9.366751385e-05 0.003635986273  -0.0006815348827
    modes_dropped  peers  9.378388671      41.31736622     0.02770461501    2.221379381     2.206368497
    low_rank       peers  5.836077443      142.7734001     0.008282047418   2.73785073      2.487311719
    low_rank_other direct 60.00795554      141.8279026     0.00390214006    1.195684308     0.9115994734
    n_lt_d         peers  0.02556754552    32.10763076     0.008430127955   0.8132650655    0.5253064461
    identical      peers  -0.001104123225  4.274644384     -0.0008148261719 0               -0.008766093065
    heavy_tails    peers  0.2080781341     17.707209       0.001396852311   0.05408285045   0.03463126807
    unequal        direct 0.01176142254    4.350490205     0.01206907863    0.09678531855   0.08923714028
    offset         direct 5.247703248e+15  11.23020705     0.01744729031    0.3482017773    0.32570432
    tiny_scale     direct 4.618527782e-14  4.041966072e-06 0.03389171775    2.424408424e-07 2.341528664e-07
    unit_sphere    direct 0.0005418749357  0.7417458619    0.03566801696    0.06337212659   0.06221107066
    const_columns  direct 0.0377466768     3.78192875      0.01021297626    0.08143150948   0.0660909733
    full_collapse  peers  0.5353583581     4.006771739     0.2712149175     3.17618845      3.167988066
    both_constant  direct 0                0               -                0               0
    ties           peers  0.01992190062    3.31662479      0.001657354878   0.01502542015   0.008481077234
    n2             peers  -3.012439925     6.109423835     -0.1371776814    4.233620164     -1.444513816
    n6_k5          direct -0.2933436222    5.855906919     -0.01974862453   1.594116165     -0.1882537416
    d1             peers  0.3734199479     0.9466934204    0.008097862259   0.02434768305   0.02220135512
    """)

  /// Counts and mean radii for k = 3.
  static let neighbours3 = Table(
    """
    case           source precision recall density coverage precision_le recall_le coverage_le radius_real     radius_generated
    gauss_shift    peers  1593      617    6480    1512     1593         617       1512        2.676965851     2.418835386
    same_dist      peers  1575      1548   6132    1763     1575         1548      1763        2.669694367     2.664223193
    modes_dropped  peers  2907      2044   14939   3172     2907         2044      3172        13.05172975     12.93969522
    low_rank       peers  999       68     26239   998      999          68        998         104.0841329     78.54578131
    low_rank_other direct 0         0      0       0        0            0         0           103.6788068     103.2696523
    n_lt_d         peers  200       0      37365   200      200          0         200         30.20502338     23.93574237
    identical      peers  1000      1000   3000    1000     1000         1000      1000        2.770776781     2.770776781
    heavy_tails    peers  797       1527   2351    1197     797          1527      1197        13.37793953     14.66937714
    unequal        direct 562       1740   2534    1460     562          1740      1460        2.767455605     2.799327717
    offset         direct 511       535    2145    748      511          535       748         8.899219651     8.885122321
    tiny_scale     direct 588       603    1593    618      588          603       618         2.629766762e-06 2.639316704e-06
    unit_sphere    direct 1000      0      257975  1000     1000         0         1000        0.5867553668    0.3308193341
    const_columns  direct 405       311    1523    386      405          311       386         2.369915195     2.294676737
    full_collapse  peers  500       0      1000    2        500          1         5           2.542351828     0
    both_constant  direct 0         0      0       0        64           64        64          0               0
    ties           peers  779       673    1367    597      988          949       959         1.243609493     1.089133148
    n6_k5          direct 6         6      26      6        6            6         6           5.856117468     5.104561276
    d1             peers  994       975    3039    848      994          975       848         0.01016564941   0.008707654196
    """)

  /// Counts and mean radii for k = 5.
  static let neighbours5 = Table(
    """
    case           source precision recall density coverage precision_le recall_le coverage_le radius_real     radius_generated
    gauss_shift    peers  1770      856    10975   1765     1770         856       1765        2.752014415     2.484222825
    same_dist      peers  1761      1727   10369   1943     1761         1727      1943        2.744842686     2.73724635
    modes_dropped  peers  3476      2414   24620   3439     3476         2414      3439        13.1809739      13.06287923
    low_rank       peers  1000      109    42154   1000     1000         109       1000        106.6254989     80.34186304
    low_rank_other direct 1         0      1       1        1            0         1           106.1965297     105.7264075
    n_lt_d         peers  200       0      38484   200      200          0         200         30.40857632     24.10304997
    identical      peers  1000      1000   5000    1000     1000         1000      1000        2.854281676     2.854281676
    heavy_tails    peers  1033      1685   3986    1594     1033         1685      1594        13.63714067     14.9498635
    unequal        direct 633       2130   4242    1986     633          2130      1986        2.83378287      2.879821035
    offset         direct 638       650    3743    905      638          650       905         9.067030745     9.040324743
    tiny_scale     direct 731       741    2730    780      731          741       780         2.710051446e-06 2.716749684e-06
    unit_sphere    direct 1000      0      348834  1000     1000         0         1000        0.5970905786    0.3365668116
    const_columns  direct 444       370    2518    441      444          370       441         2.462511315     2.391727108
    full_collapse  peers  500       0      5000    10       500          1         11          2.630159278     0
    both_constant  direct 0         0      0       0        64           64        64          0               0
    ties           peers  938       828    2475    762      991          970       991         1.372468964     1.2358202
    n6_k5          direct 6         6      34      6        6            6         6           6.758558021     5.64041582
    d1             peers  1000      1000   5065    958      1000         1000      958         0.01643276978   0.01415769782
    """)

  /// Diversity of the real set.
  static let spreadReal = Table(
    """
    case           source vendi       effective_rank participation total_variance
    gauss_shift    peers  26.66961412 23.78115465    13.29589956   9.722366753
    same_dist      peers  26.68095803 23.83295079    13.32684731   9.654677641
    modes_dropped  peers  19.94314455 19.3063813     11.53482172   790.612169
    low_rank       peers  37.77265357 37.59037164    35.50776626   10371.90208
    low_rank_other direct 37.79655041 37.61510734    35.65360575   10242.4332
    n_lt_d         peers  165.2002288 164.3161837    143.8606285   515.9569069
    identical      peers  25.92927641 22.57639726    12.02283033   9.967200112
    heavy_tails    peers  62.95037602 61.25691431    58.21965047   184.4151568
    unequal        direct 31.0494671  27.50065152    14.00888446   10.18999134
    offset         direct 1.000000231 62.04996506    60.27048898   63.72953442
    tiny_scale     direct 26.14030091 23.08510834    12.44323405   8.87498869e-12
    unit_sphere    direct 5.63974873  61.53644098    59.61331101   0.2782942666
    const_columns  direct 6.935304307 15.70289997    10.32005822   7.794859375
    full_collapse  peers  18.20295686 16.33259913    10.27455038   8.76946754
    both_constant  direct 1           -              -             0
    ties           peers  5.971653951 5.97275562     5.947541014   6.405458458
    n2             peers  1.998627064 1              1             18.6625298
    n6_k5          direct 5.36708617  4.45988529     4.078763275   17.43092829
    d1             peers  1           1              1             0.9858439445
    """)

  /// Diversity of the generated set.
  static let spreadGenerated = Table(
    """
    case           source vendi       effective_rank participation total_variance
    gauss_shift    peers  24.39961839 23.32915202    12.67324678   8.002536209
    same_dist      peers  26.67838077 23.78853654    13.15979654   9.619001498
    modes_dropped  peers  13.62853958 14.29253845    7.157646713   704.7238219
    low_rank       peers  37.77548502 37.58788515    35.51729326   5848.484508
    low_rank_other direct 37.6905309  37.53389932    35.42766165   10202.13868
    n_lt_d         peers  163.1876445 164.0138855    143.7125535   325.0137543
    identical      peers  25.92927641 22.57639726    12.02283033   9.967200112
    heavy_tails    peers  62.95221391 60.06081017    54.24304228   225.6579872
    unequal        direct 29.99735185 26.19848547    13.14877581   9.329313463
    offset         direct 1.000000231 62.07496902    60.31840232   63.77135228
    tiny_scale     direct 24.80382697 23.30860141    12.91594955   8.913931828e-12
    unit_sphere    direct 1.932331884 61.17803178    59.29876653   0.08800165337
    const_columns  direct 6.483708531 14.91779643    9.449649673   7.57296359
    full_collapse  peers  1           -              -             0
    both_constant  direct 1           -              -             0
    ties           peers  5.968071755 5.991440025    5.982762138   5.248850851
    n2             peers  1.904443897 1              1             13.76468663
    n6_k5          direct 5.192463063 4.215603277    3.682360429   12.0087252
    d1             peers  1           1              1             0.8261148165
    """)

  /// A shrinking recursion against its real set, k = 5; its Vendi score with the real bandwidth is
  /// 10.71805932.
  static let generations = Table(
    """
    generation fd           fd_previous  kid              energy_v       mmd              precision recall density coverage vendi       vendi_rbf   total_variance
    g1         0.2162860627 0.2162860627 0.0003571705336  0.02014432568  0.001770206824   0.958     0.671  1.95    0.996    22.95255178 7.568290628 7.586193061
    g3         0.9165626871 0.1569910651 0.006997385307   0.1241063492   0.0144662509     1         0.181  5.26    0.998    23.58784899 4.291513798 4.911362546
    n0         0.1395273766 0.1395273766 -5.508672291e-05 0.008217184065 -4.732209341e-05 0.86      0.89   1.0358  0.978    22.65310575 10.76934985 9.49441391
    n1         0.1349507148 0.1349507148 -0.0001954795583 0.008111451049 -2.408790635e-05 0.893     0.878  1.0452  0.977    23.50778423 10.20978233 9.072476474
    n2         0.1332667391 0.1332667391 -0.0002114525886 0.007774226812 -8.891941282e-05 0.878     0.896  1.0014  0.972    22.94841351 10.72029745 9.432164594
    n3         0.1336000874 0.1336000874 -0.0001942856351 0.007738889731 -0.0001009689957 0.894     0.883  1.0084  0.974    22.94541237 10.71280908 9.424954526
    n4         0.1412337182 0.1412337182 -0.0003000319612 0.007460070684 -0.0001375144097 0.869     0.884  0.9998  0.97     23.11160623 10.88882936 9.515610517
    """)

  /// Half of the generated samples are copies.
  static let memorised = Table(
    """
    case      copies generated_to_train test_to_train fd_train      fd_test
    memorised 500    1.288387141        2.585683757   0.07180054006 0.1575618762
    """)

  /// Rows, columns and the 64-bit FNV-1a hash, word by word, of the single-precision
  /// numbers of each set.
  static let hashes = """
    gauss_shift.real 2000 64 c8aa9f8f3e4590d2
    gauss_shift.fake 2000 64 6f0745fbfdf99d01
    same_dist.real 2000 64 dc9cfa4cfd7d4f96
    same_dist.fake 2000 64 a793f80e4f00bddd
    modes_dropped.real 5000 192 f7a77583dc3e88dd
    modes_dropped.fake 5000 192 404693a540caba6d
    low_rank.real 1000 512 34431bc011040b25
    low_rank.fake 1000 512 20ebab94c7c69925
    low_rank_other.real 1000 512 58a82f49f2314b25
    low_rank_other.fake 1000 512 2e1cf08c5cf8e325
    n_lt_d.real 200 512 dfb2fc530377c405
    n_lt_d.fake 200 512 53f283aea45e0f00
    identical.real 1000 64 8b39477928720dc0
    identical.fake 1000 64 8b39477928720dc0
    heavy_tails.real 2000 64 9550466d06448b8c
    heavy_tails.fake 2000 64 ef5f8afc4e9a7cd2
    unequal.real 3000 96 880f02fa6300f5f1
    unequal.fake 700 96 fae24c867d8d3580
    offset.real 1000 64 f25279cbcf3cad0e
    offset.fake 1000 64 d1e566499444d094
    tiny_scale.real 1000 64 4b3f065dfe4b8781
    tiny_scale.fake 1000 64 789a98500a3b0d8b
    unit_sphere.real 1000 64 89a2f684ef792b70
    unit_sphere.fake 1000 64 17dbc0a827e74fe8
    const_columns.real 500 32 8d351c2bbeb0079d
    const_columns.fake 500 32 65ac8fd405c25c29
    full_collapse.real 500 32 acc6c76c6c59745d
    full_collapse.fake 500 32 46256838dda8b4f5
    both_constant.real 64 8 479488e42b054b25
    both_constant.fake 64 8 479488e42b054b25
    ties.real 1000 6 fc1ef22b5f08c7e5
    ties.fake 1000 6 4a8087b80f88c7e5
    one_nan.real 500 32 cd6e1549b84b2002
    one_nan.fake 500 32 6a7ffaac6982b56e
    one_inf.real 500 32 aa9103d4defb749f
    one_inf.fake 500 32 ffe3e2476170abce
    n1.real 1 16 73ada03047865d25
    n1.fake 1 16 5aa9bf6ca856fe65
    n2.real 2 16 b0ceedb41f07de25
    n2.fake 2 16 017e353272357665
    n6_k5.real 6 16 f39b676f9eb957a5
    n6_k5.fake 6 16 686842497eb287a5
    d1.real 1000 1 38d681a5261a9185
    d1.fake 1000 1 acc776a5fc256163
    memorised.train 1000 64 694a724d8f3123cb
    memorised.test 1000 64 d3a46ca2f39458c0
    memorised.gen 1000 64 3d77511cd39d2c4f
    honest.train 1000 64 694a724d8f3123cb
    honest.test 1000 64 d3a46ca2f39458c0
    honest.gen 1000 64 2f16b3a319bec260
    underfit.train 1000 64 694a724d8f3123cb
    underfit.test 1000 64 d3a46ca2f39458c0
    underfit.gen 1000 64 7590562de3161071
    generations.g0 1000 48 3f198d455313dae9
    generations.g1 1000 48 ce441189bfef6db9
    generations.g2 1000 48 dad2726689c6158f
    generations.g3 1000 48 b02528f5c759c4de
    generations.g4 1000 48 5a2d1cfd2bad05dd
    generations.g5 1000 48 8b2c08199f3112b1
    generations.g6 1000 48 218f82f3f22dce60
    generations.n0 1000 48 14bcfe3065ccf26c
    generations.n1 1000 48 026090863326308a
    generations.n2 1000 48 e71d98d11644a8d6
    generations.n3 1000 48 d8ec33f164bac329
    generations.n4 1000 48 d282b254d8b8abd4
    """
}
