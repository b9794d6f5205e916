"""Exact intervals: of a median from order statistics, of a share, and of a rate of events."""

from __future__ import annotations

from math import floor, sqrt

LEVEL = 0.95
"""How sure an interval is: over many reports, so many of them hold the true value."""

_TAIL = (1 - LEVEL) / 2


def median_places(size: int) -> tuple[int, int] | None:
    """Places of the two order statistics between which the true median lies, at :data:`LEVEL`.

    The number of values below the true median is binomial with a half, whatever the distribution
    of the values, so the chance that both places miss it is known exactly. Places count from 0 in
    the sorted values, are symmetrical, and are the innermost whose chance of holding the median is
    not below the level.

    Source: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2.

    Args:
        size: how many values there are.

    Returns:
        The two places, or None for fewer than six values: even the smallest and the largest are
        then not wide enough.
    """
    from scipy.special import bdtr

    # The largest count from each end whose tail is small enough; the normal guess is near it.
    count = max(floor(size / 2 - sqrt(size)), 0)
    while count + 1 <= (size + 1) // 2 and float(bdtr(count, size, 0.5)) <= _TAIL:
        count += 1
    return (count - 1, size - count) if count else None


def share_interval(part: int, whole: int, tail: float = _TAIL) -> tuple[float, float]:
    """The Clopper-Pearson interval of a share (0 to 1).

    Args:
        part, whole: whole numbers.
        tail: what is left out at either end; :data:`LEVEL` is kept unless said otherwise.

    Source: Clopper and Pearson, Biometrika 26 (1934), by quantiles of the beta distribution.

    Raises:
        ValueError: the part is negative or larger than the whole, or the whole is empty.
    """
    from scipy.special import betaincinv

    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    low = float(betaincinv(part, whole - part + 1, tail)) if part else 0.0
    high = float(betaincinv(part + 1, whole - part, 1 - tail)) if part < whole else 1.0
    return low, high


def rate_interval(events: int, exposure: float) -> tuple[float, float]:
    """Garwood's exact interval of a Poisson rate at :data:`LEVEL`, in events a unit of exposure.

    Source: Garwood, Biometrika 28 (1936), by quantiles of the gamma distribution.

    Raises:
        ValueError: the number of events is negative, or the exposure is not above zero.
    """
    from scipy.special import gammaincinv

    if events < 0 or exposure <= 0:
        raise ValueError(f"{events} events in {exposure:g} is no rate")
    low = float(gammaincinv(events, _TAIL)) if events else 0.0
    return low / exposure, float(gammaincinv(events + 1, 1 - _TAIL)) / exposure
