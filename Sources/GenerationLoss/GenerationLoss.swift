// GenerationLoss
