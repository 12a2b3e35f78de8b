"""The partners of groups that rate together: one list, as if somebody had written it down."""

from collections.abc import Sequence
from datetime import date

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, name_core
from peerreview.domain.group.partner_list import ListedRow


def joint_partners(groups: Sequence[Group], today: date) -> tuple[ListedRow, ...]:
    """Return the partners of all groups; who must not be rated again yet has a fault.

    Two results about a partner that come soon after each other could be subtracted, also if they
    are not the same group's. So whoever rests in one group, rests under each name for all of them.
    """
    rests = sorted(
        (day, name_core(name))
        for group in groups
        for partner, day in group.resting_until(today).items()
        for name in group.get_partner(partner).names
    )

    def fault(partner: Partner) -> str:
        cores = {name_core(name) for name in partner.names}
        days = [day for day, name in rests if name in cores]
        return f"rated lately: can be rated again from {days[-1]}" if days else ""

    partners = (each for group in groups for each in group.partners if not each.retired)
    return tuple(
        ListedRow(0, each.name, each.kind, each.aliases, problem=fault(each)) for each in partners
    )
