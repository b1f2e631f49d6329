"""Which faults the proxies play in one life."""

LRS_FAULTS = {
    "delay-request": {"ms": 60}, "delay-answer": {"ms": 60}, "reset-request": {"after": 6000}, "cut-request": {"after": 6000},
    "lose-answer": {}, "reset-answer": {"after": 300}, "cut-answer": {"after": 300}, "html": {"status": 200}, "twice": {},
    "status": {"status": 503}, "slow-answer": {"bytes": 40, "ms": 2}, "stall": {"ms": 400, "forward": True},
    "truncate-json": {}, "wrong-length": {"by": 9},
}
# A random fault has one status; these are told apart by rules of a life.
STATUSES = [{"status": 429, "headers": {"Retry-After": "0"}}, {"status": 429, "headers": {"Retry-After": "1"}}, {"status": 408},
            {"status": 500}, {"status": 504, "forward": True}, {"status": 502, "forward": True}, {"status": 401},
            {"status": 413, "least": 9000}]
S3_FAULTS = {name: options for name, options in LRS_FAULTS.items() if name != "truncate-json"}


def play(seed):
    """Draws what the two proxies do in a life."""
    rng = seed.random
    for proxy, faults, most in ((seed.campaign.lrs_proxy, LRS_FAULTS, 0.45), (seed.campaign.s3_proxy, S3_FAULTS, 0.25)):
        proxy.clear()
        proxy.listen(True)
        if rng.random() < 0.25:
            continue
        names = rng.sample(sorted(faults), rng.randint(1, 5))
        total = rng.uniform(0.05, most)
        proxy.random(rng.randint(1, 10**9), {name: total / len(names) for name in names},
                     options={name: faults[name] for name in names})
        if proxy is seed.campaign.lrs_proxy and rng.random() < 0.4:
            proxy.rule("status", **rng.choice(STATUSES), method="POST", skip=rng.randint(0, 6),
                       times=rng.randint(1, 3))
        if rng.random() < 0.15:
            proxy.rule("reset-connect", skip=rng.randint(0, 3), times=rng.randint(1, 4))
    if "outage" in seed.flavours and rng.random() < 0.2:
        rng.choice([seed.campaign.lrs_proxy, seed.campaign.s3_proxy]).listen(False)
        seed.figures["outages"] += 1
