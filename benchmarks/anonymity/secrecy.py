"""ZERO: what nobody may learn before the close, from too few voices, or from two rounds.

The other half of this game, `leftovers`, is about what stays on the disk.
"""

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from benchmarks.anonymity import leaky_rules, leaky_storage
from benchmarks.anonymity.leaky_storage import always, replaced
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.scratch_round import scratch_round
from benchmarks.anonymity.table import HEADS, HONEST, OPINION, Table
from peerreview.ballotbox.key import from_base64
from peerreview.domain.group.group import Group
from peerreview.domain.result.board import make_board
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import LOWEST_FLOOR
from peerreview.domain.summary.markdown import markdown_page
from peerreview.domain.summary.summary import summarize, summary_to_json
from peerreview.domain.tally.release import FIVE_BANDS_FROM, THREE_BANDS_FROM, Band, released_band
from peerreview.services import rating

_HALVES = (slice(32), slice(32, None))
_TOP_BIT, _FEWEST_VALUES = 0x80, 56
_FIVE_RATERS, _TWELVE_RATERS = 5, 12


def read_with_codes(table: Table) -> bool:
    """The facilitator knows everybody's code, and tries every code on every slot."""
    rows = [slot.row for slot in table.scratch.box().slots]
    return any(_opens(seat.key.secret, row) for seat in table.seats for row in rows)


def _opens(secret: bytes, row: str) -> bool:
    try:
        return bool(SecretBox(secret).decrypt(from_base64(row)))
    except CryptoError:
        return False


def compare_two_casts(table: Table) -> bool:
    """Whoever took copies compares the sealed rows of a rater who hands in the same ballot again.

    An unchanged half of a row would show that the answers are the same.
    """
    before = {slot.id: from_base64(slot.row) for slot in table.scratch.box().slots}
    table.rate_again(0, OPINION)
    after = {slot.id: from_base64(slot.row) for slot in table.scratch.box().slots}
    changed = [slot_id for slot_id in before if before[slot_id] != after[slot_id]]
    halves = ((before[slot_id], after[slot_id], part) for slot_id in changed for part in _HALVES)
    return not changed or any(one[part] == two[part] for one, two, part in halves)


def find_unfilled_slots(table: Table) -> bool:
    """Whoever holds the file looks for slots without a ballot: those of one code belong together.

    Bytes that were never sealed often have fewer different values, and in the first 32 a top bit
    may be set, which no key has.
    """
    rows = [from_base64(slot.row) for slot in table.scratch.box().slots]
    return any(row[31] & _TOP_BIT or len(set(row)) < _FEWEST_VALUES for row in rows)


def watch_before_the_close(table: Table) -> bool:
    """Somebody watches counts, group file and sizes while a ballot changes to its opposite."""
    return _visible(table, 1) != _visible(table, 5)


def _visible(table: Table, opinion: int) -> object:
    table.rate_again(0, opinion)
    files = table.scratch.files()
    group = {name: content for name, content in files.items() if ".box." not in name}
    sizes = {name: len(content) for name, content in files.items()}
    return table.scratch.services.rounds.progress(), group, sizes


def ask_again_at_once(table: Table) -> bool:
    """The facilitator asks about the same partners again at once, to subtract two boards."""
    services = table.scratch.services
    table.scratch.close(HONEST)
    hands = {partner.id: HEADS for partner in services.rounds.group().active_partners}
    services.rounds.open(services.rounds.prepare(Plan(hands, HEADS)))
    return True


def count_few_voices(table: Table) -> bool:
    """Somebody counts the voices of a partner below the floor by what is kept of the round."""
    return len({_release_of(voices) for voices in range(LOWEST_FLOOR)}) > 1


def _release_of(voices: int) -> str:
    # The severity is fixed, because it depends on the answers about the other partner.
    with replaced(rating, "severity", always(0.0)), scratch_round(2, _FIVE_RATERS) as scratch:
        for number in range(_FIVE_RATERS):
            scratch.take_turn([4, 2 if number < voices else None])
        return scratch.close(_FIVE_RATERS).model_dump_json()


def compare_bands(table: Table) -> bool:
    """Somebody compares the bands of two rounds in which one answer changed by one step."""
    for voices in (THREE_BANDS_FROM, FIVE_BANDS_FROM):
        for total in range(voices + 1, 5 * voices):
            last = _band(total, voices, None)
            if any(_band(total + step, voices, last) != last for step in (-1, 1)):
                return True
    return False


def _band(total: int, voices: int, last: Band | None) -> Band | None:
    low, more = divmod(total, voices)
    return released_band([low + 1] * more + [low] * (voices - more), last)


def read_deal_breakers_at_home(table: Table) -> bool:
    """Somebody compares the summary of a round with many deal-breakers with one without any."""
    with scratch_round(1, _TWELVE_RATERS) as scratch:
        for _ in range(_TWELVE_RATERS):
            scratch.take_turn([1])
        scratch.close(_TWELVE_RATERS)
        group = scratch.services.rounds.group()
    release = group.releases[-1]
    silent = tuple(
        partner.evolve(deal_breaker=False, deal_breakers=()) for partner in release.partners
    )
    without = group.evolve(releases=(release.evolve(partners=silent),))
    return _summary_and_page(group) != _summary_and_page(without)


def _summary_and_page(group: Group) -> tuple[str, str]:
    summary = summarize(group, make_board(group), group.releases[-1])
    return summary_to_json(summary), markdown_page(summary)


ATTACKS = (
    Attack("ZERO", "read with codes", "box file, all codes", read_with_codes,
           leaky_storage.own_copies, "own copies"),
    Attack("ZERO", "the same again", "copies between turns", compare_two_casts,
           leaky_storage.one_nonce, "fixed nonce"),
    Attack("ZERO", "unfilled slots", "the box file", find_unfilled_slots,
           leaky_storage.empty_slots, "not prefilled"),
    Attack("ZERO", "before the close", "screens, sizes", watch_before_the_close,
           leaky_rules.live_board, "live board"),
    Attack("ZERO", "board less board", "the program", ask_again_at_once,
           leaky_rules.no_rest, "no 60 days"),
    Attack("ZERO", "fewer than four", "all that is kept", count_few_voices,
           leaky_rules.no_floor, "no least number"),
    Attack("ZERO", "one step", "two boards", compare_bands,
           leaky_rules.no_hysteresis, "no hysteresis"),
    Attack("ZERO", "deal-breaker home", "the export", read_deal_breakers_at_home,
           leaky_rules.advice_in_full, "advice in full"),
)  # fmt: skip
