"""Fixtures for tests of screens: a clean environment, short pauses, groups and a rater."""

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from memory import MemoryVault
from stories import Calendar, fast_environment
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token

from peerreview.services.group_services import GroupServices

from .groups import create_group, make_rated_group, open_round
from .rater import Rater
from .stage import START, Crew, app_for, on_stage


@pytest.fixture(autouse=True, scope="session")
def styles_parsed_once() -> Iterator[None]:
    """Parse style sheets once for all apps with the same colors, which saves a fifth of a start."""
    tokens_of_colors: dict[tuple[tuple[str, str], ...], dict[str, list[Token]]] = {}
    rules_of_styles: dict[tuple[object, ...], list[RuleSet]] = {}

    def tokenize_once(variables: dict[str, str]) -> dict[str, list[Token]]:
        colors = tuple(sorted(variables.items()))
        if colors not in tokens_of_colors:
            tokens_of_colors[colors] = tokenize_values(variables)
        return tokens_of_colors[colors]

    def parse_once(*source: Any, variable_tokens: dict[str, list[Token]], **options: Any) -> Any:
        styles = (id(variable_tokens), source, *options.items())
        if styles not in rules_of_styles:
            rules = parse(*source, variable_tokens=variable_tokens, **options)
            rules_of_styles[styles] = list(rules)
        return rules_of_styles[styles]

    with pytest.MonkeyPatch.context() as textuals_own:
        textuals_own.setattr("textual.css.stylesheet.tokenize_values", tokenize_once)
        textuals_own.setattr("textual.css.stylesheet.parse", parse_once)
        yield


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove variables that change colors, sizes or animations, and shorten Textual's pauses."""
    for name in list(os.environ):
        foreign = name.startswith("TEXTUAL_") and not name.startswith("TEXTUAL_SNAPSHOT_")
        if name == "NO_COLOR" or foreign:
            monkeypatch.delenv(name)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 500)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    """Keep track of the threads that services run on, so that tests can wait for them."""
    crew = Crew()
    monkeypatch.setattr("asyncio.to_thread", crew.to_thread)
    yield crew
    assert not crew.working


@pytest.fixture
def twelve(calendar: Calendar) -> GroupServices:
    """Return a group with twelve partners and no round yet."""
    return create_group(GroupServices(MemoryVault(), fast_environment(calendar)))


@pytest.fixture
def rating(twelve: GroupServices) -> GroupServices:
    """Return a group with twelve partners and a round open for four, without any ballots."""
    open_round(twelve)
    return twelve


@pytest.fixture
def rated_group(calendar: Calendar) -> GroupServices:
    """Return a group with two closed rounds and none open."""
    vault = MemoryVault()
    vault.group.create(make_rated_group())
    return GroupServices(vault, fast_environment(calendar))


@pytest.fixture
async def rater(rating: GroupServices, crew: Crew) -> AsyncIterator[Rater]:
    """Yield a rater who took a code and has the ballot open."""
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START)
        yield Rater(stage)
