#!/usr/bin/env python3
"""Writes cases that random ones have led to: cases_mail.py OUTDIR; then pforacle.py batch -o ../vectors OUTDIR/*.json
Areas: characters of messages, mail that goes round, notices, the order of deliveries, what is logged."""
import sys
from cases_lib import *
s = "s@origin.test"
DATED = H(("From", "a@x.test"), ("To", "b@x.test"), ("Subject", "probe"), ("Date", "Fri, 1 Jan 1999 00:00:00 +0000"))
HEAD = DATED + H(("Message-Id", "<probe@origin.test>"))
def T(frm, *to, add=(), head=HEAD, **k): return S(frm, *to, headers=head + H(*add), **k)

case("content-strip", ["message_strip_characters"], "message_strip_characters = !%\\303-\n", {}, [
    T(s, "bob@remote.test", add=[("X-Six", "!a!! b%")], body="six! sex\n!!!\n%\n--\nlast\n", want_headers=True, want_body=True),
    T(s, "permfail@remote.test", body="six!\n", want_full=True),
    T(s, "bob@remote.test", head=DATED[:2] + H(("Content-Type", "multipart/mixed; boundary=!b")), body="--!b\nX-Note!: 1\n\nx\n--!b--\n", want_headers=True, want_body=True),
    T(s, "bob@remote.test", body="caf\u00e9 %s!\n" % ("long " * 600), want_body=True)])
case("content-reject", ["message_reject_characters"], "message_reject_characters = !\\251\n", {}, [
    T(s, "bob@remote.test", add=[("X-Six", "ze!bra")]),
    T(s, "bob@remote.test", "carol@remote.test", body="x\nlazy! dog\nmore !\n"),
    T(s, "bob@remote.test", body="x\n\u00e9\n"),
    T(s, "bob@remote.test", body="x\n%s !\n" % ("y" * 3000)),
    T("a!b@origin.test", "bob@remote.test"),
    T(s, "bob@remote.test", add=[("X-Six", "a\n ze!bra")]),
    T(s, "bob@remote.test", add=[("X-Note", "a" * 400 + "!")])])
case("content-reject-after-pass", ["message_reject_characters", "message_strip_characters", "header_checks(5) PASS"], "message_reject_characters = !\nmessage_strip_characters = %\nheader_checks = inline:{{Subject: probe=PASS}}\n", {}, [
    T(s, "bob@remote.test", body="no! 100%\n", want_body=True),
    T(s, "bob@remote.test", head=H(("X-First", "no! 100%")) + HEAD)])
THREADED = [(HEAD, {}), (HEAD + H(("References", "<one@a.test>\n <two@b.test>"), ("In-Reply-To", "<irt@a.test>")), {}), (DATED + H(("Message-Id", "no brackets")), {}), (DATED + H(("Message-Id", "")), {}), (HEAD + H(("Message-Id", "<second@x.test>")), {}), (DATED + H(("Message-Id", "<folded@x\n .test>")), {}), (DATED, {})]
case("bounce-threaded", ["enable_threaded_bounces"], "enable_threaded_bounces = yes\nnotify_classes = bounce, 2bounce\n", {}, [T(s, "permfail@remote.test", head=h, want_headers=True, want_full=True) for h, _ in THREADED] + [
    T(s, "bob@remote.test", rcpt_args=" NOTIFY=SUCCESS", want_headers=True, want_full=True),
    T("", "permfail@remote.test", want_headers=True, want_full=True)])
for classes in ("", "bounce", "2bounce"):
    case("bounce-of-nobody" + ("-" + classes if classes else ""), ["notify_classes", "2bounce_notice_recipient", "NOTIFY=SUCCESS with the null sender"], "notify_classes = %s\n2bounce_notice_recipient = two@x.test\nbounce_notice_recipient = one@x.test\n" % classes, {}, [
        T("", "bob@remote.test", rcpt_args=" NOTIFY=SUCCESS", want_full=True),
        T("", "permfail@remote.test", want_full=True),
        T("double-bounce@mail.example.com", "bob@remote.test", rcpt_args=" NOTIFY=SUCCESS", want_full=True)])
ROUND = {"/etc/aliases": "postmaster: root\none: bob@remote.test\ntwo: bob@remote.test, carol@virt.test\nlst: a@remote.test, b@remote.test\nowner-lst: alice\nbad: nosuch, x@remote.test\n"}
for limit, soft in ((2, False), (3, False), (2, True)):
    case("forward-hops-%d%s" % (limit, "-soft" if soft else ""), ["hopcount_limit", "local(8) forwarding", "soft_bounce"], "alias_maps = hash:/etc/aliases\nnotify_classes = %s\nhopcount_limit = %d\n" % ("" if limit == 3 else "2bounce", limit) + ("soft_bounce = yes\n" if soft else ""), ROUND, [
        T(s, "one@example.com", want_full=True), T(s, "two@example.com"), T(s, "lst@example.com", want_full=True), T(s, "bad@example.com"), T("", "one@example.com", want_full=True),
        T(s, "one@example.com", "two@example.com", rcpt_args=" NOTIFY=SUCCESS,FAILURE"), T(s, "one@example.com", rcpt_args=" NOTIFY=NEVER"),
        T(s, "one@example.com", head=H(("Received", "from a by b")) + HEAD)])
for form in ("internal", "external"):
    case("log-address-" + form, ["info_log_address_format"], "info_log_address_format = %s\nmailbox_transport = custom\nheader_checks = regexp:{{/^Subject:/ WARN look}}\n" % form, {}, [
        S('"a b"@origin.test', "@virt.test", want_headers=True), S("@origin.test", '"x y"@remote.test'), S(s, '"alice"@example.com', "alice@example.com")])
case("table-part-unavailable", ["pipemap", "unionmap", "transport_maps"], "transport_maps = pipemap:{inline:{a.test=x},inline:{{smtp:5.1.1 no more = relay:}}}\n", {}, [R("", "u@a.test", "u@b.test"), S(s, "u@a.test", "u@b.test")])
case("table-union-unavailable", ["unionmap", "virtual_alias_maps"], "virtual_alias_maps = unionmap:{inline:{a=b},hash:/etc/postfix/nosuch}\n", {}, [S(s, "a@example.com")])
case("queue-of-user", ["qmgr(8)", "local_destination_recipient_limit", "recipient_delimiter"], "recipient_delimiter = +\nmailbox_command = cat >>/var/mail/$USER.got\n", {}, [
    S(s, "alice+x@example.com", "Alice@example.com"), S(s, "Alice@example.com", "alice+x@example.com"), S(s, "bob+z@example.com", "bob@example.com", "bob+a@example.com")])

if __name__ == "__main__": write(sys.argv[1])
