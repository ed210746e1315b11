#!/usr/bin/env python3
"""Writes the cases of policy services: cases_policy.py OUTDIR; then pforacle.py batch -o ../vectors OUTDIR/*.json"""
import sys
from cases_lib import *
from cases_smtpd import ACT, SASL, CASES as OTHERS
OTHERS.clear()
s = "s@origin.test"
RL = "relay_domains = r.test\n"
SOCKET = "unix:/var/spool/postfix/private/policy"
ASK = "check_policy_service unix:private/policy"
def A(action): return {"reply": "action=%s\n\n" % action}
def when(action, **attributes): return dict(A(action), when=attributes)
def P(*rules, **more): return dict({SOCKET: list(rules)}, **more)
STAGES = "".join("smtpd_%s_restrictions = %s\n" % (x, ASK) for x in "client helo sender relay recipient data end_of_data etrn".split()).replace("smtpd_relay_restrictions = ", "smtpd_relay_restrictions = reject_unauth_destination, ")
TEXT = ["From: a@origin.test", "Date: Fri, 1 Jan 1999 00:00:00 +0000", "Message-Id: <1@origin.test>", "", "x", "."]
MAIL = ["MAIL FROM:<s@origin.test>", "RCPT TO:<a@r.test>", "DATA", *TEXT]
OTHER = {"addr": "192.0.2.7", "name": "[UNAVAILABLE]"}

# what is asked
DIALOGUES = [
    X(s, "a@r.test"), X(s, "a@r.test", "b@r.test", "c@remote.test", "A@r.test"), S("", "a@r.test"), X(s, "postmaster", "a@r.test", mail_args=" SIZE=1234"),
    X(s, "a@r.test", "a@r.test", helo="HELO Client.Test.", client=OTHER), X("Joe.\u00e9@origin.test", "\u00e9@r.test", mail_args=" SMTPUTF8"), X("raw:<\"a b\"@origin.test>", "raw:<@x.test:\"c d\"@r.test>"),
    X(s, "a@r.test", client={"addr": "IPV6:2001:db8::7", "name": "six.test"}), X(s, "a@r.test", client={"addr": "192.0.2.8", "name": "[TEMPUNAVAIL]", "reverse": "reverse.test"}),
    S(s, "a@r.test", auth=["alice", "secret"]), S(s, "a@r.test", auth=["bob@example.com", "secret"], mail_args=" AUTH=x+2By@z.test"), S(s, "a@r.test", mail_args=" AUTH=<>"), S("s", "a@r.test", "b"),
    SES("EHLO c.test", *MAIL, *MAIL, "MAIL FROM:<t@origin.test>", "RCPT TO:<a@r.test>", "RSET", "MAIL FROM:<t@origin.test>", "RCPT TO:<a@r.test>", "EHLO d.test", "MAIL FROM:<u@origin.test>", "RCPT TO:<a@r.test>", "QUIT", client=STRANGER),
    SES("EHLO c.test", "VRFY a@r.test", "ETRN r.test", "MAIL FROM:<t@origin.test>", "VRFY b@r.test", "RCPT TO:<a@r.test>", "VRFY b@r.test", "ETRN r.test", "QUIT", client=STRANGER), SES("VRFY a@r.test", "MAIL FROM:<t@origin.test>", "RCPT TO:<a@r.test>", "QUIT", client=STRANGER),
    SES("EHLO c.test", "MAIL FROM:<t@origin.test> SIZE=99", "RCPT TO:<a@r.test>", {"bytes": "BDAT 4\r\nA: b"}, {"bytes": "BDAT 7 LAST\r\n\r\n\r\nxy\n"}, "QUIT", client=STRANGER), SES("EHLO c.test", "MAIL FROM:<a@b.test", "MAIL FROM:<t@origin.test>", "RCPT TO:<a b>", "RCPT TO:<nosuch@example.com>", "DATA", "RCPT TO:<a@r.test>", "DATA", *TEXT, "QUIT", client=STRANGER),
    SES("EHLO o", "XCLIENT NAME=one.test ADDR=192.0.2.1 PORT=7 HELO=helo.test PROTO=SMTP LOGIN=carol DESTADDR=198.51.100.9 DESTPORT=587", "MAIL FROM:<t@origin.test>", "RCPT TO:<a@r.test>", "RSET", "XCLIENT ADDR=192.0.2.2", "EHLO two.test", "MAIL FROM:<t@origin.test>", "RCPT TO:<a@r.test>", "QUIT"),
]
for nm, more in (("", ""), ("-nodelay", "smtpd_delay_reject = no\n"), ("-reversed", "smtpd_relay_before_recipient_restrictions = no\nsmtpd_policy_service_policy_context = of main.cf\n")):
    case("policy-stages" + nm, ["check_policy_service", "SMTPD_POLICY_README"], SASL + RL + STAGES + "disable_vrfy_command = no\n" + more, {}, DIALOGUES, policy=P())

# what it may answer
EXTRA = """empty
blank  
unknownclass nosuchclass
policy check_policy_service unix:private/policy
table check_sender_access inline:{s@origin.test=REJECT}
permits permit_mynetworks, permit
rejects reject
defers defer
ifp defer_if_permit
warnif warn_if_reject reject
hangup HANGUP
relay RELAY
dunnox DUNNO and more
loop loop
utf8 REJECT caf\u00e9
mixed dunno
four 421 4.3.2 closing
"""
ALL = ACT + EXTRA
ANSWERS = [tuple((ln + " ").split(" ", 1)) for ln in ALL.strip("\n").split("\n")]
NAMES = [n for n, _ in ANSWERS]
CLS = "smtpd_restriction_classes = strict, loop\nstrict = reject_non_fqdn_sender, reject\nloop = %s\n" % ASK
case("policy-actions-recipient", ["check_policy_service", "access(5) actions"], RL + CLS + "smtpd_recipient_restrictions = %s\n" % ASK, {}, [X(s, n + "@r.test", want_headers=True) for n in NAMES] + [X(s, "defp@remote.test"), X(s, "defr@remote.test"), X(s, "prep@r.test", "bcc@r.test", "redir@r.test", want_headers=True), X(s, "hold@r.test", "b@r.test"), X(s, "dis@r.test", "b@r.test")], policy=P(*[when(a[:-1] if a else a, recipient=n + "@r.test") for n, a in ANSWERS]))
case("policy-actions-sender", ["check_policy_service", "access(5) actions"], RL + CLS + "smtpd_sender_restrictions = %s\n" % ASK, {}, [X(n + "@o.test", "a@r.test", want_headers=True) for n in NAMES if n != "loop"], policy=P(*[when(a[:-1] if a else a, sender=n + "@o.test") for n, a in ANSWERS]))
LATE = "ok rejt rejenh deft c450e defp defr dis hold filt redir prep warn bcc dunno creject list".split()
for st, nm in (("data", "DATA"), ("end_of_data", "END-OF-MESSAGE")):
    case("policy-actions-" + st.replace("_", "-"), ["check_policy_service", "smtpd_%s_restrictions" % st], RL + "smtpd_%s_restrictions = %s\n" % (st, ASK), {}, [X(n + "@o.test", "a@r.test", want_headers=True) for n in LATE] + [X("rejt@o.test", "a@r.test", "b@r.test")], policy=P(*[when(a[:-1], sender=n + "@o.test", protocol_state=nm) for n, a in ANSWERS if n in LATE]))
EARLY = "ok rejt rejenh deft c450e defp defr dis hold filt prep warn info".split()
case("policy-actions-client-nodelay", ["check_policy_service", "smtpd_delay_reject=no"], RL + "smtpd_delay_reject = no\nsmtpd_client_restrictions = %s\nsmtpd_helo_restrictions = %s\nsmtpd_etrn_restrictions = permit_mynetworks, %s\n" % (ASK, ASK, ASK), {},
     [X(s, "a@r.test", client={"addr": "192.0.2.1", "name": n + ".test"}, want_headers=True) for n in EARLY] + [X(s, "a@r.test", helo="EHLO %s.test" % n, want_headers=True) for n in EARLY] + [SES("EHLO c.test", "ETRN rejt.test", "ETRN ok.test", "ETRN defp.test", "ETRN hold.test", "QUIT", client=STRANGER)],
     policy=P(*[when(a[:-1], client_name=n + ".test", protocol_state="XCLIENT") for n, a in ANSWERS if n in EARLY], *[when(a[:-1], helo_name=n + ".test", protocol_state="EHLO") for n, a in ANSWERS if n in EARLY], *[when(a[:-1], etrn_domain=n + ".test", protocol_state="ETRN") for n, a in ANSWERS if n in EARLY]))
case("policy-warn-if-reject", ["check_policy_service", "warn_if_reject", "soft_bounce"], RL + "soft_bounce = yes\nsmtpd_recipient_restrictions = warn_if_reject %s, check_recipient_access inline:{{later@r.test=REJECT later}}, %s\n" % (ASK, ASK), {}, [X(s, n + "@r.test") for n in "rejt defp ok later c550".split()], policy=P(*[when(a[:-1], recipient=n + "@r.test") for n, a in ANSWERS]))

# how it is found, and what if it isn't
OTHER_SOCKET = "unix:/var/spool/postfix/private/other"
case("policy-forms", ["check_policy_service { ... }", "smtpd_policy_service_policy_context"], RL + "smtpd_policy_service_policy_context = main\nsmtpd_restriction_classes = inner\ninner = check_policy_service { unix:private/other policy_context=inner, timeout=10s }\nsmtpd_recipient_restrictions = check_policy_service unix:private/other, check_policy_service { unix:private/other, policy_context=one }, check_policy_service {unix:private/policy, { policy_context = two words }}, check_policy_service unix:/var/spool/postfix/private/policy, inner\n", {}, [X(s, "a@r.test"), X(s, "rejt@r.test"), X(s, "rejenh@r.test")], policy=P(**{OTHER_SOCKET: [when("REJECT text here", recipient="rejt@r.test", policy_context="one"), when("REJECT 5.2.3 from within", recipient="rejenh@r.test", policy_context="inner")]}))
GONE = "unix:private/gone"
def down(name, spec, main="", probes=None, policy={}):
    main = main if "try_limit" in main else main + "smtpd_policy_service_try_limit = 1\n"
    case("policy-" + name, ["check_policy_service", "smtpd_policy_service_default_action", "smtpd_policy_service_try_limit"], RL + "smtpd_policy_service_retry_delay = 1\n" + main + "smtpd_recipient_restrictions = check_policy_service %s\n" % spec, {}, probes or [X(s, "a@r.test"), X(s, "a@r.test", "b@r.test")], policy=policy)
down("down-unix", GONE, "smtpd_policy_service_try_limit = 2\n")
down("down-inet", "inet:127.0.0.1:1, warn_if_reject reject", "smtpd_policy_service_try_limit = 2\n", [X(s, "a@r.test")])
down("down-port", "inet:127.0.0.1:nosuch")
DEFAULTS = [("dunno", "DUNNO"), ("ok", "OK"), ("reject", "REJECT no policy today"), ("450", "450 4.7.9 policy is asleep"), ("own", "451 4.3.5 Server configuration problem"), ("defp", "DEFER_IF_PERMIT later"), ("prepend", "PREPEND X-Policy: down"), ("table", "check_policy_service inet:127.0.0.1:1"), ("list", "reject_non_fqdn_sender, permit"), ("nonsense", "nonsense"), ("again", "again")]
down("defaults", "unix:private/unused", "smtpd_restriction_classes = again%s\n%sagain = check_policy_service unix:private/gone\n" % ("".join(", c_" + n for n, _ in DEFAULTS), "".join("c_%s = check_policy_service { unix:private/gone, { default_action = %s } }\n" % d for d in DEFAULTS)) + "smtpd_relay_restrictions = check_recipient_access inline:{%s}, reject\n" % " ".join("%s@r.test=c_%s" % (n, n) for n, _ in DEFAULTS) + "smtpd_policy_service_default_action = DUNNO\n", [X(s, n + "@r.test", want_headers=True) for n, _ in DEFAULTS])
down("default-braces", "{ unix:private/gone, default_action=DUNNO, try_limit=1 }, check_policy_service { unix:private/gone, { default_action = REJECT in braces } , try_limit=2, retry_delay=1s }")
BROKEN = [("missing", "result=x\n\n"), ("empty", "\n"), ("extra", "x=1\naction=REJECT kept\ny=2\n\n"), ("twice", "action=REJECT first\naction=REJECT second\n\n"), ("blanks", "action =  REJECT spaced \n\n"), ("case", "ACTION=REJECT capitals\n\n"), ("nonsense", "what is this\n\n"), ("noeq", "action\n\n"), ("returns", "action=REJECT with cr\r\n\n"), ("equals", "action=REJECT a=b\n\n"), ("control", "action=REJECT \x07\x1b[1m\n\n"), ("octets", "action=REJECT caf\udce9\n\n"), ("long", "action=REJECT %s\n\n" % ("x" * 1500)), ("cr", "action=REJECT with cr\r\n\r\n")]
down("replies", "unix:private/policy", "smtpd_policy_service_timeout = 1\n", [X(s, n + "@r.test") for n, _ in BROKEN], policy=P(*[{"when": {"recipient": n + "@r.test"}, "reply": r} for n, r in BROKEN]))
HANGS = [{"when": {"recipient": "gone@r.test"}, "reply": "", "then": "close"}, {"when": {"recipient": "once@r.test"}, "times": 1, "reply": "", "then": "close"}, {"when": {"recipient": "once@r.test"}, "reply": "action=REJECT at last\n\n"}, {"when": {"recipient": "part@r.test"}, "reply": "action=REJ", "then": "close"}, {"when": {"recipient": "after@r.test"}, "reply": "action=REJECT and bye\n\n", "then": "close"}, {"when": {"recipient": "never@r.test"}, "then": "wait"}]
down("hangs-up", "unix:private/policy", "smtpd_policy_service_timeout = 1\nsmtpd_policy_service_try_limit = 2\n", [X(s, *[n + "@r.test" for n in to]) for to in (["gone"], ["once"], ["part"], ["after", "after"], ["never"], ["after", "a"], ["gone", "a"])], policy=P(*HANGS))
down("hangs-up-once", "{ unix:private/policy, { default_action = PREPEND X-Policy: down } }", "smtpd_policy_service_timeout = 1\n", [X(s, *[n + "@r.test" for n in to], want_headers=True) for to in (["gone"], ["once"], ["part"], ["never"])], policy=P(*HANGS))
if __name__ == "__main__": write(sys.argv[1])
