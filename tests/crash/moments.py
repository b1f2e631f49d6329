"""When a life is ended: by the proxy at a request, by what lies on the disk, by the run's step, by time."""
import os

STEPS = ["files", "plan", "send", "tables", "readiness"]


def arm(seed, mode):
    """What kills this life's night: a function of (seconds since its start) that is true when it is time."""
    rng = seed.random
    pid = seed.server.process.pid
    if mode in ("lrs", "s3"):
        proxy = seed.campaign.lrs_proxy if mode == "lrs" else seed.campaign.s3_proxy
        at = rng.choice(["received", "forwarded", "answered"])
        fault = {"received": rng.choice(["pass", "status", "status"]), "answered": "pass",
                 "forwarded": rng.choice(["pass", "lose-answer", "slow-answer", "twice"])}[at]
        method = {"method": "POST"} if mode == "lrs" else {}
        proxy.rule(fault, kill=pid, killAt=at, times=1, skip=rng.randint(0, 3 if mode == "lrs" else 9), **method)
        return lambda passed: False
    if mode == "tables":
        files = rng.randint(1, 12)
        exports = seed.server.directory / "data/modules/u2035/exports/demo"
        before = {one.name for one in exports.iterdir()} if exports.exists() else set()

        def written(_):
            fresh = [one for one in exports.iterdir() if one.name not in before] if exports.exists() else []
            return sum(len(names) for one in fresh for _, _, names in os.walk(one)) >= files
        return written
    if mode == "step":
        step, more, seen = rng.choice(STEPS), rng.uniform(0, 0.06), []

        def reached(passed):
            if not seen and seed.server.query("SELECT COUNT(*) FROM u2035_run WHERE state = 'running' AND step = ?", step)[0][0]:
                seen.append(passed)
            return bool(seen) and passed - seen[0] >= more
        return reached
    if mode == "time":
        moment = rng.uniform(0, 0.5)
        return lambda passed: passed >= moment
    return lambda passed: False
