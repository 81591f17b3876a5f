"""One Gaussian as an external generator for genloss: numpy alone."""

import sys

import numpy as np


def fit(train, model, seed, weights=None):
    rows = np.load(train).astype(np.float64)
    shares = np.ones(len(rows)) if weights is None else np.load(weights)
    shares = shares / shares.sum()
    mean = shares @ rows
    centred = rows - mean
    with open(model, "wb") as file:
        np.savez(file, mean=mean, covariance=(centred * shares[:, None]).T @ centred)


def spectrum(model):
    law = np.load(model)
    variances, axes = np.linalg.eigh(law["covariance"])
    return law["mean"], np.maximum(variances, 0), axes


def draw(model, count, seed, out):
    mean, variances, axes = spectrum(model)
    noise = np.random.default_rng(int(seed)).standard_normal((int(count), len(mean)))
    rows = mean + noise * np.sqrt(variances) @ axes.T
    np.save(out, rows.astype(np.float32))


def score(model, data, out):
    mean, variances, axes = spectrum(model)
    if variances.min() <= 1e-12 * variances.max():
        sys.exit(64)  # No density: there were too few rows.
    coordinates = (np.load(data) - mean) @ axes
    logarithms = np.log(2 * np.pi * variances)
    np.save(out, -0.5 * (coordinates**2 / variances + logarithms).sum(axis=1))


if __name__ == "__main__":
    calls = {"fit": fit, "draw": draw, "score": score}
    calls[sys.argv[1]](*sys.argv[2:])
