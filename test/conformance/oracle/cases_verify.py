#!/usr/bin/env python3
"""Writes the cases of address verification: cases_verify.py OUTDIR; then pforacle.py batch -o ../vectors OUTDIR/*.json
What Postfix finds out by its probes, catch_verify_map says: Postfix doesn't know that parameter."""
import sys
from cases_lib import *
s = "s@origin.test"
V = "relay_domains = r.test\nlocal_recipient_maps =\naddress_verify_poll_delay = 1s\ncatch_verify_map = texthash:/etc/postfix/verify\ntransport_maps = texthash:/etc/postfix/transport\n"
BAD = [(u + "@" + d, kind) for d in ("r.test", "origin.test") for u, kind in (("bad", "undeliverable"), ("late", "deferred"))]
MAP = {"transport": "".join("%s %s\n" % (a, "error:5.1.1 no such mailbox" if kind == "undeliverable" else "retry:4.2.1 it is full") for a, kind in BAD),
       "verify": "".join("%s %s %s\n" % (a, kind, "no such mailbox" if kind == "undeliverable" else "it is full") for a, kind in BAD) + "nosuch@example.com undeliverable unknown user: \"nosuch\"\n"}
RC = "smtpd_recipient_restrictions = %sreject_unverified_recipient\n"
SN = "smtpd_sender_restrictions = %sreject_unverified_sender\n"
def X1(*to, **k): return [X(k.get("frm", s), t) for t in to]
def vcase(name, covers, main, probes, **k): case("verify-" + name, covers, V + main, MAP, probes, **k)
TO = ("ok@r.test", "bad@r.test", "late@r.test", "nosuch@example.com", "alice@example.com", "postmaster", "BAD@r.test", "late+x@r.test")
FROM = ("ok@origin.test", "bad@origin.test", "late@origin.test", "nosuch@example.com", "", "double-bounce@example.com", "double-bounce@mail.example.com")
vcase("recipient", ["reject_unverified_recipient", "verify(8)"], RC % "", X1(*TO) + [X(s, "ok@r.test", "bad@r.test", "late@r.test")])
vcase("sender", ["reject_unverified_sender", "address_verify_sender"], SN % "", [X(f, "ok@r.test") for f in FROM])
vcase("codes", ["unverified_recipient_reject_code", "unverified_recipient_defer_code", "unverified_recipient_reject_reason"], RC % "" + SN % "" + "unverified_recipient_reject_code = 550\nunverified_recipient_defer_code = 451\nunverified_recipient_reject_reason = Address lookup failed\nunverified_sender_reject_code = 551\nunverified_sender_defer_code = 250\nunverified_sender_reject_reason = Sender not known\n", X1(*TO[:4]) + [X(f, "ok@r.test") for f in FROM[:4]])
vcase("permit", ["unverified_recipient_reject_code=250"], RC % "" + "unverified_recipient_reject_code = 250\nunverified_recipient_defer_code = 250\n", X1(*TO[:3]))
vcase("tempfail-defer", ["unverified_recipient_tempfail_action"], RC % "" + "  check_recipient_access static:{REJECT too late}\nunverified_recipient_tempfail_action = defer\n", X1(*TO[:3]))
vcase("tempfail-if-permit", ["unverified_sender_tempfail_action", "reject_tempfail_action"], SN % "" + "  check_sender_access static:{REJECT too late}\n", [X(f, "ok@r.test") for f in FROM[:3]])
vcase("warn-if-reject", ["warn_if_reject", "soft_bounce"], "soft_bounce = yes\n" + RC % "warn_if_reject " + "unverified_recipient_reject_code = 550\n", X1(*TO[:3]))
vcase("nodelay", ["smtpd_delay_reject=no"], "smtpd_delay_reject = no\nunverified_sender_reject_code = 550\n" + SN % "", [X(f, "ok@r.test") for f in FROM[:3]])
if __name__ == "__main__": write(sys.argv[1])
