"""What services may rely on, whichever vault they are given."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import row, sample_box, sample_group, sorted_box, tag, with_spaced_ids
from stories import there

from peerreview.domain.group.partner import Partner
from peerreview.domain.round.box import Box, BoxChange
from peerreview.domain.round.round import RoundState
from peerreview.errors import BoxGoneError, FileError, RuleError
from peerreview.services.ports import Vault
from peerreview.store.box.line_format import LayoutError
from peerreview.store.vault import FileVault


class TestAGroup:
    def test_is_read_back_as_it_was_stored(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.CLOSED, RoundState.OPEN))
        assert vault.group.read() == sample_group(RoundState.CLOSED, RoundState.OPEN)

    def test_is_created_only_once(self, vault: Vault) -> None:
        vault.group.create(sample_group())
        with pytest.raises(FileError, match="already"):
            vault.group.create(sample_group(RoundState.OPEN))
        assert vault.group.read() == sample_group()

    def test_cant_be_read_or_updated_before_it_is_created(self, vault: Vault) -> None:
        for use in (vault.group.read, lambda: vault.group.update(lambda group: group)):
            with pytest.raises(FileError):
                use()

    def test_update_decides_on_the_current_content(self, vault: Vault) -> None:
        vault.group.create(sample_group())
        for name in ("Acme", "Bolt"):
            partner = Partner(id=name, name=name)
            group = vault.group.update(lambda now, new=partner: now.with_partner(new))
            assert group == vault.group.read()
        assert {"Acme", "Bolt"} <= {partner.name for partner in vault.group.read().partners}

    def test_has_another_version_after_every_change_and_only_then(self, vault: Vault) -> None:
        with pytest.raises(FileError):
            vault.group.read_version()
        vault.group.create(sample_group())
        version = vault.group.read_version()
        vault.group.read()
        vault.group.update(lambda group: group)
        vault.box(1).create(sample_box())
        assert vault.group.read_version() == version
        seen = [version]
        for state in (RoundState.OPEN, RoundState.CLOSED, RoundState.DISCARDED):
            vault.group.update(lambda group, state=state: sample_group(state))
            assert vault.group.read_version() not in seen
            seen.append(vault.group.read_version())

    def test_stays_as_it_was_when_the_decision_refuses(self, vault: Vault) -> None:
        vault.group.create(sample_group())

        def refuse(group: object) -> None:
            raise RuleError("not now")

        with pytest.raises(RuleError, match="not now"):
            vault.group.update(refuse)  # pyright: ignore[reportArgumentType]
        assert vault.group.read() == sample_group()

    def test_is_never_stored_if_it_breaks_a_rule(self, vault: Vault) -> None:
        vault.group.create(sample_group())
        broken = sample_group().model_copy(update={"partners": sample_group().partners * 2})
        with pytest.raises(ValueError, match="share an id"):
            vault.group.update(lambda group: broken)
        assert vault.group.read() == sample_group()


class TestABox:
    def test_is_read_back_sorted_by_its_random_ids(self, vault: Vault) -> None:
        shuffled = replace(sample_box(), slots=tuple(reversed(sample_box().slots)))
        vault.box(1).create(shuffled)
        assert vault.box(1).read() == sorted_box(sample_box())

    def test_belongs_to_one_round(self, vault: Vault) -> None:
        vault.box(1).create(sample_box(1))
        assert (there(vault.box(1)), there(vault.box(2))) == (True, False)
        with pytest.raises(BoxGoneError):
            vault.box(2).read()

    def test_is_created_only_once(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        with pytest.raises(FileError, match="already"):
            vault.box(1).create(sample_box(seed=1))
        assert vault.box(1).read() == sorted_box(sample_box())

    def test_update_overwrites_only_what_it_names(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        before = vault.box(1).read()
        ticket = before.tickets[2]._replace(tag=tag(1))
        slot = before.slots[5]._replace(tag=tag(2), row=row(3))
        after = vault.box(1).update(lambda box: BoxChange([ticket], [slot]))
        assert after == vault.box(1).read() == before.with_change(BoxChange([ticket], [slot]))

    def test_update_decides_on_the_current_content(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        for number in range(4):
            vault.box(1).update(
                lambda box, n=number: BoxChange([_free_ticket(box)._replace(tag=tag(n))])
            )
        assert vault.box(1).read().codes_drawn == 4

    def test_an_empty_update_changes_nothing(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        assert vault.box(1).update(lambda box: BoxChange()) == sorted_box(sample_box())

    def test_stays_as_it_was_when_the_decision_refuses(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        for use in (vault.box(1).update, vault.box(1).read_and_remove):
            with pytest.raises(RuleError, match="not now"):
                use(_refuse)
        assert vault.box(1).read() == sorted_box(sample_box())

    @pytest.mark.parametrize(
        "change",
        [
            lambda box: BoxChange([box.tickets[0]._replace(id=1)]),
            lambda box: BoxChange([box.tickets[0]._replace(tag=tag(1) + "=")]),
            lambda box: BoxChange([box.tickets[0]._replace(tag='"')]),
            lambda box: BoxChange(slots=[box.slots[0]._replace(id=1)]),
            lambda box: BoxChange(slots=[box.slots[0]._replace(row=row(1)[:-4])]),
            lambda box: BoxChange(slots=[box.slots[0]._replace(row="\N{SNOWMAN}" * 152)]),
            lambda box: BoxChange(slots=[box.slots[0]._replace(row="\ud800" * 152)]),
            lambda box: BoxChange(
                slots=[box.slots[0]._replace(partner=(box.slots[0].partner + 1) % 3)]
            ),
        ],
    )
    def test_refuses_a_change_that_would_move_or_resize_anything(
        self, vault: Vault, change: object
    ) -> None:
        vault.box(1).create(sample_box())
        with pytest.raises(LayoutError):
            vault.box(1).update(change)  # pyright: ignore[reportArgumentType]
        assert vault.box(1).read() == sorted_box(sample_box())

    def test_is_never_created_incomplete(self, vault: Vault) -> None:
        box = sample_box()
        short = box.slots[0]._replace(row=row(1)[:-4])
        for broken in (
            replace(box, tickets=box.tickets[1:]),
            replace(box, tickets=(box.tickets[0], *box.tickets[:-1])),
            replace(box, slots=box.slots[1:]),
            replace(box, slots=(box.slots[1], *box.slots[1:])),
            replace(box, slots=(short, *box.slots[1:])),
            replace(box, slots=(box.slots[0]._replace(id=1 << 64), *box.slots[1:])),
        ):
            with pytest.raises(LayoutError):
                vault.box(1).create(broken)
        assert not there(vault.box(1))

    def test_is_gone_after_it_was_read_and_removed(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        assert vault.box(1).read_and_remove(lambda box: len(box.slots)) == 18
        assert not there(vault.box(1))
        for use in (
            vault.box(1).read,
            lambda: vault.box(1).read_and_remove(len),
            _empty_update(vault),
        ):  # pyright: ignore[reportArgumentType]
            with pytest.raises(BoxGoneError, match="round 1 was closed"):
                use()

    def test_can_be_removed_unread_and_again(self, vault: Vault) -> None:
        vault.box(1).create(sample_box())
        vault.box(1).remove()
        vault.box(1).remove()
        assert not there(vault.box(1))


class TestAPartOfABox:
    """One rater's ticket and slots, however large the rest."""

    @pytest.fixture(params=["even ids", "any ids"])
    def whole(self, vault: Vault, request: pytest.FixtureRequest) -> Box:
        """Where a place is can be told from even ids; others have to be searched."""
        box = sample_box()
        vault.box(1).create(with_spaced_ids(box) if request.param == "even ids" else box)
        return vault.box(1).read()

    def part(self, whole: Box) -> Box:
        return Box(whole.head, whole.tickets[2:3], whole.slots[1:14:4])

    def test_is_updated_if_it_is_unchanged(self, vault: Vault, whole: Box) -> None:
        part = self.part(whole)
        change = BoxChange(
            [part.tickets[0]._replace(handed_in=True)], [part.slots[1]._replace(row=row(1))]
        )
        assert vault.box(1).update_if_unchanged(part, change) == part
        assert vault.box(1).read() == whole.with_change(change)

    def test_may_be_prepared_once_and_updated_step_by_step(self, vault: Vault, whole: Box) -> None:
        part = self.part(whole)
        box = vault.box(1).prepare_part(part)
        for change in (
            BoxChange(slots=[slot._replace(row=row(1)) for slot in part.slots]),
            BoxChange(slots=[part.slots[2]._replace(row=row(2))]),
            BoxChange([part.tickets[0]._replace(handed_in=True)]),
            BoxChange([part.tickets[0]], [part.slots[0]._replace(row=row(3))]),
        ):
            assert box.update_if_unchanged(part, change) is part
            part = part.with_change(change)
            seen = replace(part, slots=part.slots[1:2])
            assert box.update_if_unchanged(seen, BoxChange()) is seen
            assert vault.box(1).read() == whole.with_change(BoxChange(part.tickets, part.slots))
        other = BoxChange(
            [whole.tickets[0]._replace(tag=tag(1))], [part.slots[0]._replace(tag=tag(2))]
        )
        now = vault.box(1).update(lambda box: other)
        assert box.update_if_unchanged(part, BoxChange(slots=part.slots[:1])) == now.matching_part(
            part
        )
        assert vault.box(1).read() == now

    @pytest.mark.parametrize("elsewhere", ["ticket", "slot"])
    def test_is_left_alone_and_returned_if_anything_changed(
        self, vault: Vault, whole: Box, elsewhere: str
    ) -> None:
        """Also in a place that wouldn't have been written to."""
        part = self.part(whole)
        changes = {
            "ticket": BoxChange([part.tickets[0]._replace(tag=tag(1), handed_in=True)]),
            "slot": BoxChange(slots=[part.slots[2]._replace(tag=tag(2), row=row(2))]),
        }
        now = vault.box(1).update(lambda box: changes[elsewhere])
        mine = BoxChange(slots=[part.slots[1]._replace(row=row(1))])
        assert vault.box(1).update_if_unchanged(part, mine) == part.with_change(changes[elsewhere])
        assert vault.box(1).read() == now

    @pytest.mark.parametrize("other", [{"tag": tag(3)}, {"row": row(3)}])
    def test_an_unexpected_slot_is_never_overwritten(
        self, vault: Vault, whole: Box, other: dict[str, str]
    ) -> None:
        part = self.part(whole)
        changed = BoxChange(slots=[part.slots[1]._replace(**other)])
        now = vault.box(1).update(lambda box: changed)
        mine = BoxChange(slots=[part.slots[1]._replace(row=row(1))])
        for box in (vault.box(1), vault.box(1).prepare_part(part)):
            assert box.update_if_unchanged(part, mine) == part.with_change(changed)
        assert vault.box(1).read() == now

    def test_of_another_round_is_never_updated(self, vault: Vault, whole: Box) -> None:
        foreign_part = replace(self.part(whole), head=whole.head.model_copy(update={"heads": 3}))
        change = BoxChange(slots=[foreign_part.slots[1]._replace(row=row(1))])
        for box in (vault.box(1), vault.box(1).prepare_part(self.part(whole))):
            assert box.update_if_unchanged(foreign_part, change) == self.part(whole)
        assert vault.box(1).read() == whole

    def test_is_returned_without_what_isnt_in_the_box(self, vault: Vault, whole: Box) -> None:
        part = self.part(whole)
        foreign_part = replace(
            part,
            tickets=(part.tickets[0]._replace(id=part.tickets[0].id + 1),),
            slots=(part.slots[0]._replace(id=3), *part.slots),
        )
        assert vault.box(1).update_if_unchanged(foreign_part, BoxChange()) == replace(
            part, tickets=()
        )

    def test_may_be_a_single_ticket_or_empty(self, vault: Vault, whole: Box) -> None:
        for part in (replace(self.part(whole), slots=()), Box(whole.head, (), ())):
            assert vault.box(1).update_if_unchanged(part, BoxChange()) == part

    def test_is_all_that_can_be_updated(self, vault: Vault, whole: Box) -> None:
        other = whole.slots[0]._replace(row=row(1))
        with pytest.raises(LayoutError):
            vault.box(1).update_if_unchanged(self.part(whole), BoxChange(slots=[other]))
        part = self.part(whole)
        seen = replace(part, tickets=(), slots=part.slots[1:])
        (ticket,), (first, second, *_) = part.tickets, part.slots
        for change in (BoxChange([ticket]), BoxChange(slots=[first])):
            for box in (vault.box(1), vault.box(1).prepare_part(part)):
                with pytest.raises(LayoutError):
                    box.update_if_unchanged(seen, change)
        for change in (
            BoxChange([ticket._replace(tag=tag(1))]),
            BoxChange(slots=[first._replace(tag=tag(1))]),
            BoxChange(slots=[first._replace(partner=(first.partner + 1) % 3)]),
            BoxChange(slots=[first._replace(row=row(1)[4:])]),
            BoxChange(slots=[second, first._replace(row=f'"{row(1)[1:]}')]),
        ):
            for box in (vault.box(1), vault.box(1).prepare_part(part)):
                with pytest.raises(LayoutError):
                    box.update_if_unchanged(part, change)
        assert vault.box(1).read() == whole

    def test_is_left_alone_if_the_check_raises(self, vault: Vault, whole: Box) -> None:
        part = self.part(whole)
        with pytest.raises(RuleError):
            vault.box(1).update_if_unchanged(
                part, BoxChange(slots=[part.slots[1]._replace(row=row(1))]), _raise_ended
            )
        assert vault.box(1).read() == whole

    def test_is_gone_with_the_box(self, vault: Vault, whole: Box) -> None:
        vault.box(1).remove()
        for use in (
            vault.box(1).read_without_slots,
            lambda: vault.box(1).update_if_unchanged(self.part(whole), BoxChange()),
        ):
            with pytest.raises(BoxGoneError):
                use()

    def test_can_be_read_without_slots(self, vault: Vault, whole: Box) -> None:
        vault.box(1).update(lambda box: BoxChange([box.tickets[0]._replace(tag=tag(1))]))
        without_slots = vault.box(1).read_without_slots()
        assert without_slots == replace(vault.box(1).read(), slots=())
        assert without_slots.codes_drawn == 1


class TestThreads:
    def test_one_vault_serves_several_sessions(self, vault: Vault) -> None:
        vault.box(1).create(sample_box(turns=20))

        def session(first: int) -> None:
            for number in range(first, first + 5):
                vault.box(1).update(
                    lambda box, n=number: BoxChange([_free_ticket(box)._replace(tag=tag(n))])
                )

        with ThreadPoolExecutor(4) as sessions:
            list(sessions.map(session, (0, 5, 10, 15)))
        assert {ticket.tag for ticket in vault.box(1).read().tickets} == {tag(n) for n in range(20)}


class TestNesting:
    def test_a_round_is_opened_in_one_unit_of_work(self, vault: Vault) -> None:
        vault.group.create(sample_group())

        def open_round(group: object):
            vault.box(1).create(sample_box(1))
            return sample_group(RoundState.OPEN)

        vault.group.update(open_round)
        assert vault.group.read().open_round
        assert there(vault.box(1))

    def test_a_round_is_closed_in_one_unit_of_work(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.OPEN))
        vault.box(1).create(sample_box(1))
        vault.box(1).read_and_remove(
            lambda box: vault.group.update(lambda group: sample_group(RoundState.CLOSED))
        )
        assert vault.group.read() == sample_group(RoundState.CLOSED)
        assert not there(vault.box(1))


class TestCleaningUp:
    def test_does_nothing_when_all_is_well(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.CLOSED, RoundState.OPEN))
        vault.box(2).create(sample_box(2))
        assert vault.clean_up_after_crash() == ()
        assert there(vault.box(2))

    def test_needs_a_group(self, vault: Vault) -> None:
        with pytest.raises(FileError):
            vault.clean_up_after_crash()

    @pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.DISCARDED])
    def test_finishes_a_close_cut_off_before_the_box_was_removed(
        self, vault: Vault, state: RoundState
    ) -> None:
        vault.group.create(sample_group(state))
        vault.box(1).create(sample_box(1))
        vault.box(1).update(lambda box: BoxChange([box.tickets[0]._replace(tag=tag(1))]))
        assert vault.clean_up_after_crash() == (
            f"round 1 was {state}: its ballot box is removed now",
        )
        assert not there(vault.box(1))
        assert vault.clean_up_after_crash() == ()

    @pytest.mark.parametrize("group", [sample_group(), sample_group(RoundState.PLANNED)])
    def test_undoes_an_opening_cut_off_before_the_group_was_written(
        self, vault: Vault, group: object
    ) -> None:
        vault.group.create(group)  # pyright: ignore[reportArgumentType]
        vault.box(1).create(sample_box(1))
        assert vault.clean_up_after_crash() == (
            "round 1 was never opened: its empty ballot box is removed",
        )
        assert not there(vault.box(1))

    @pytest.mark.parametrize(
        ("group", "number"),
        [
            (sample_group(), 1),
            (sample_group(RoundState.PLANNED), 1),
            (sample_group(RoundState.CLOSED), 7),
        ],
    )
    def test_never_throws_ballots_away_on_a_guess(
        self, vault: Vault, group: object, number: int
    ) -> None:
        vault.group.create(group)  # pyright: ignore[reportArgumentType]
        vault.box(number).create(sample_box(number))
        vault.box(number).update(lambda box: BoxChange([box.tickets[0]._replace(tag=tag(1))]))
        (sentence,) = vault.clean_up_after_crash()
        assert "with drawn codes" in sentence
        assert there(vault.box(number))

    def test_leaves_the_drawn_box_of_another_round_of_that_number(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.CLOSED))
        vault.box(1).create(sample_box(8))
        vault.box(1).update(lambda box: BoxChange([box.tickets[0]._replace(tag=tag(1))]))
        assert len(vault.clean_up_after_crash()) == 1
        assert there(vault.box(1))


class TestFilesBesideAGroup:
    TEXTS = {"round-1.summary.md": "für alle\n", "round-1.summary.json": "{}\n"}

    def test_are_written_and_their_paths_returned(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.CLOSED))
        places = vault.write_beside(self.TEXTS, overwrite=False)
        assert [place.endswith(end) for place, end in zip(places, self.TEXTS, strict=True)] == [
            True, True,
        ]  # fmt: skip
        assert vault.clean_up_after_crash() == ()

    def test_are_overwritten_only_on_request(self, vault: Vault) -> None:
        vault.group.create(sample_group(RoundState.CLOSED))
        (second, text) = list(self.TEXTS.items())[1]
        there = vault.write_beside({second: text}, overwrite=False)
        assert vault.write_beside(self.TEXTS, overwrite=False) == ()
        assert vault.write_beside(self.TEXTS, overwrite=True)[1:] == there
        assert vault.write_beside(self.TEXTS, overwrite=True)[1:] == there

    def test_are_whole_files(self, file_vault: FileVault) -> None:
        file_vault.group.create(sample_group(RoundState.CLOSED))
        before = set(file_vault.path.parent.iterdir())
        (place,) = file_vault.write_beside({"round-1.summary.md": "für alle\n"}, overwrite=False)
        assert Path(place).read_bytes() == "für alle\n".encode()
        assert set(file_vault.path.parent.iterdir()) == {*before, Path(place)}


def _free_ticket(box: Box):
    return next(ticket for ticket in box.tickets if not ticket.tag)


def _refuse(box: Box):
    raise RuleError("not now")


def _empty_update(vault: Vault):
    return lambda: vault.box(1).update(lambda box: BoxChange())


def _raise_ended():
    raise RuleError("the round has ended")
