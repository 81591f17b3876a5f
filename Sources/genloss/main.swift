print("genloss")
