"""The data folder and the model come from the caller, then from the environment."""

from pathlib import Path

from knowledge.settings import home_folder, model_name


def test_the_folder_asked_for_wins(monkeypatch):
    monkeypatch.setenv("APPUI_HOME", "/ailleurs")

    assert home_folder(Path("ici")) == Path("ici")


def test_then_comes_the_environment(monkeypatch):
    monkeypatch.setenv("APPUI_HOME", "/ailleurs")
    monkeypatch.setenv("APPUI_EMBEDDING", "un/modele")

    assert home_folder() == Path("/ailleurs")
    assert model_name() == "un/modele"


def test_an_empty_or_missing_variable_means_the_default(monkeypatch):
    monkeypatch.setenv("APPUI_HOME", "")
    monkeypatch.delenv("APPUI_EMBEDDING", raising=False)

    assert home_folder() == Path(".appui")
    assert model_name() is None
