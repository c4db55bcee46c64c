#!/usr/bin/env python3
"""Independent values of the statistics of io.freshet.evaluator.statistics, at 50 digits.

  statistics_reference.py FILE [PART...]    write the values that ReferenceTest compares with (minutes), or some of them: counts,
                                            mixtures, bets, rollbacks, intervals

It evaluates the formulas as they are published, not as the library computes them: products of factors instead of sums of
logarithms, exact sums, the power series of the incomplete gamma and beta functions. It needs python3-mpmath (for the log-gamma
function and for checks) and shares no code with the library.

Differences come from a linear congruential generator, the same in any language: state = state * 6364136223846793005 +
1442695040888963407 mod 2^64 from state 20261124, u = state >> 44 (20 bits); a pair is +1 where u < wins, -1 where wins <= u <
wins + losses, 0 elsewhere. "scores" are ((u mod 1024) - shift) / 1024.
"""
import sys
from decimal import Decimal as D
from decimal import MAX_EMAX, MIN_EMIN, getcontext

import mpmath

getcontext().prec = 50
getcontext().Emax, getcontext().Emin = MAX_EMAX, MIN_EMIN
mpmath.mp.dps = 50
MASK = (1 << 64) - 1


def numbers():
    state = 20261124
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        yield state >> 44


def differences(kind, first, second):
    """kind pairs: wins and losses in 2^-20; kind scores: shift, span."""
    for u in numbers():
        if kind == "pairs":
            yield D(1) if u < first else D(-1) if u < first + second else D(0)
        else:
            yield (D(u % 1024) - first) / second


def ln(x):
    return x.ln()


def decimal(x):
    return D(mpmath.nstr(x, 45))


def beta_series(a, b):
    """Sum over j of prod_{i < j} (a + b + i) / (a + 1 + i) 2^-j: I_{1/2}(a, b) a B(a, b) 2^(a + b)."""
    term = total = D(1)
    j = 0
    while term > total * D(10) ** -45:
        term = term * (a + b + j) / (2 * (a + 1 + j))
        total += term
        j += 1
    return total


def mcnemar(c, b):
    n = b + c
    lnb = mpmath.loggamma(c + 1) + mpmath.loggamma(b + 1) - mpmath.loggamma(n + 2)
    if b >= c:
        return ln(beta_series(b + 1, c + 1)) - ln(D(2 * (b + 1)))
    lower = ln(beta_series(c + 1, b + 1)) - ln(D(c + 1)) - decimal(lnb + (n + 2) * mpmath.log(2))
    return decimal((n + 1) * mpmath.log(2) + lnb) + ln(1 - lower.exp())


def log_gamma_p(a, x):
    """ln P(a, x) = a ln x - x - lnGamma(a + 1) + ln sum x^n / ((a + 1) .. (a + n))."""
    term = total = D(1)
    n = 0
    while term > total * D(10) ** -45:
        n += 1
        term = term * x / (a + n)
        total += term
    return a * ln(x) - x - decimal(mpmath.loggamma(mpmath.mpf(str(a)) + 1)) + ln(total)


def log_gamma(a):
    return decimal(mpmath.loggamma(mpmath.mpf(str(a))))


def weak_null(s, v, rho):
    if s + v + rho <= 0:
        return "-Infinity"
    c = rho * ln(rho) - log_gamma(rho) - log_gamma_p(rho, rho)
    a, x = v + rho, s + v + rho
    return c + log_gamma(a) + log_gamma_p(a, x) - a * ln(x) + s + v


def row(*cells):
    line = ",".join(f"{c:.25E}" if isinstance(c, D) else str(c) for c in cells)
    OUT.write(line + "\n")
    OUT.flush()


def betting(kind, first, second, marks, delta_text):
    delta = D(float(delta_text))  # the double that the library gets
    cap = D("0.5") / (1 + delta)
    count, total, squares, wealth = 0, D(0), D(1), D(1)
    for d in differences(kind, first, second):
        m = total / (count + 1) - delta
        bet = min(max(m / (squares / (count + 1) + m * m), D(0)), cap)
        wealth *= 1 + bet * (d - delta)
        count += 1
        total += d
        squares += (d - total / (count + 1)) ** 2
        if count in marks:
            row("betting", kind, first, second, count, delta_text, ln(wealth))
            if count == marks[-1]:
                return


def mixture(kind, first, second, marks, settings):
    count, total, v = 0, D(0), D(0)
    for d in differences(kind, first, second):
        before = total / count if count else D(0)
        v += ((d - before) / 2) ** 2
        count += 1
        total += d
        if count in marks:
            for delta, rho in settings:
                s = (total - D(float(delta)) * count) / 2
                row("mixture", kind, first, second, count, delta, rho, weak_null(s, v, D(float(rho))))
            if count == marks[-1]:
                return


def rollback(kind, first, second, marks, bet_text, tolerance_text):
    bet, tolerance, r, count = D(float(bet_text)), D(float(tolerance_text)), D(0), 0
    for d in differences(kind, first, second):
        r = (r + 1) * (1 + bet * (-d - tolerance))
        count += 1
        if count in marks:
            row("rollback", kind, first, second, count, bet_text, tolerance_text, ln(r))
            if count == marks[-1]:
                return


def sequences(kind, first, second, marks):
    """Both confidence sequences at alpha 0.05; logarithms at 25 digits, the hedged one at the grid means i / 8."""
    width = ln(2 / D(0.05))
    grid = [D(i) / 8 for i in range(9)]
    up, down = [D(1)] * 9, [D(1)] * 9
    count, total, squares = 0, D(0), D("0.25")
    bets = staked = penalty = D(0)
    half, one = D("0.5"), D(1)
    for d in differences(kind, first, second):
        getcontext().prec = 25
        x = (d + 1) / 2
        t = count + 1
        bet = (2 * width / (squares / t * t * ln(D(1 + t)))).sqrt()
        for i, m in enumerate(grid):
            up[i] *= 1 + (min(bet, half / m) if m else bet) * (x - m)
            down[i] *= 1 - (min(bet, half / (1 - m)) if m != 1 else bet) * (x - m)
        before = total / count if count else half
        cut = min(bet, half)
        bets += cut
        staked += cut * x
        penalty += (x - before) ** 2 * (-ln(one - cut) - cut)
        count, total = t, total + x
        squares += (x - (half + total) / (t + 1)) ** 2
        if count in marks:
            for i in range(9):
                row("hedged", kind, first, second, count, i, ln(up[i]), ln(down[i]))
            low = max(D(0), (staked - width - penalty) / bets)
            high = min(D(1), (staked + width + penalty) / bets)
            row("bernstein", kind, first, second, count, 2 * low - 1, 2 * high - 1)
            if count == marks[-1]:
                break
    getcontext().prec = 50


def check():
    """The series against mpmath's own functions where those are quick."""
    for a, x in ((D("3.5"), D("0.25")), (D("20"), D("31")), (D("40"), D("12"))):
        p = mpmath.gammainc(mpmath.mpf(str(a)), 0, mpmath.mpf(str(x)), regularized=True)
        assert abs(log_gamma_p(a, x) - decimal(mpmath.log(p))) < D("1e-35")
    for c, b in ((3, 9), (9, 3), (40, 40)):
        p = mpmath.betainc(b + 1, c + 1, 0, 0.5, regularized=True)
        e = (b + c + 1) * mpmath.log(2) + mpmath.log(mpmath.beta(c + 1, b + 1)) + mpmath.log(p)
        assert abs(mcnemar(c, b) - decimal(e)) < D("1e-35")


def counts():
    for c, b in (
        (0, 0), (1000, 5000), (5000, 1000), (1, 100000), (100000, 1), (500000, 500000), (500001, 500000), (501000, 499000),
        (505000, 495000), (495000, 505000), (50000, 950000), (950000, 50000), (5000000, 4990000), (4990000, 5000000),
        (50000000, 49990000), (49990000, 50000000),
    ):
        row("mcnemar", c, b, mcnemar(c, b))


def mixtures():
    settings = (("0", "2"), ("0", "12.5"), ("0.01", "2"), ("-0.01", "12.5"))
    for wins, losses in ((26214, 26214), (31457, 20972), (36700, 68157), (10486, 94372), (94372, 10486)):
        mixture("pairs", wins, losses, MILLION, settings)  # equal, +1, -3, -8, +8 points
    mixture("scores", 500, 1024, (1000, 1000000, 4000000), settings)


def bets():
    for wins, losses, delta in ((26214, 26214, "-0.01"), (31457, 20972, "0")):
        betting("pairs", wins, losses, MILLION, delta)
    for wins, losses in ((26214, 26214), (31457, 20972), (10486, 94372)):
        for delta in ("0", "0.005", "-0.01"):
            if (wins, delta) not in ((26214, "-0.01"), (31457, "0")):
                betting("pairs", wins, losses, MILLION[:-1], delta)
    betting("scores", 520, 1024, (1000, 100000), "-0.125")
    betting("scores", 500, 1024, (1000, 1000000, 2000000), "0")


def rollbacks():
    for bet, tolerance, marks in (("0.2", "0", MILLION), ("0.4", "0", MILLION[:-1]), ("0.2", "0.01", MILLION)):
        rollback("pairs", 26214, 26214, marks, bet, tolerance)
        rollback("pairs", 0, 52429, (10, 1000, 20000), bet, tolerance)


def intervals():
    sequences("pairs", 31457, 20972, (1, 10, 1000, 20000))
    sequences("scores", 500, 1024, (10, 1000, 100000))


MILLION = (1, 10, 1000, 20000, 1000000)
PARTS = {part.__name__: part for part in (counts, mixtures, bets, rollbacks, intervals)}
with open(sys.argv[1], "w", encoding="utf-8") as OUT:
    check()
    for name in sys.argv[2:] or PARTS:
        OUT.write(f"# {name} of statistics_reference.py\n")
        PARTS[name]()
