"""Building features with pandas: every step keeps its input until the function ends."""
import gc

import pandas as pd
from sklearn.ensemble import RandomForestClassifier


def build_features(train_path, history_path):
    train = pd.read_parquet(train_path)
    history = pd.read_parquet(history_path)
    recent = history[history["day"] > 300]
    counts = recent.groupby("user").size().rename("visits")
    features = train.merge(counts, on="user", how="left")
    features = features.fillna(0)
    model = RandomForestClassifier(n_estimators=500)
    model.fit(features.drop(columns="target"), features["target"])
    return model


def score_chunks(paths, model):
    total = 0
    for path in paths:
        chunk = pd.read_parquet(path)
        total += model.predict(chunk).sum()
    return total


def keep_a_column(path):
    # The column is a view of the frame: del frees nothing here, and the tool says so.
    frame = pd.read_csv(path)
    prices = frame["price"]
    del frame
    gc.collect()
    return prices.rolling(30).mean()
