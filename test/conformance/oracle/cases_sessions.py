#!/usr/bin/env python3
"""Cases about whole sessions: what the postmaster is told of them, XVERP, how much a client may do."""
import sys, base64
from cases_lib import *

# ---- session notices
def b64(t): return base64.b64encode(t.encode()).decode()
def B(data, n=1): return {"bytes": data, "replies": n}
MAIL="MAIL FROM:<s@o.test>"; RCPT="RCPT TO:<a@r.test>"
BASEN = """relay_domains = r.test, sub.r.test
message_size_limit = 2000
error_notice_recipient = en@n.test
bounce_notice_recipient = bn@n.test
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_authorized_verp_clients = 127.0.0.1
smtpd_recipient_limit = 2
smtpd_recipient_overshoot_limit = 1
disable_vrfy_command = yes
hopcount_limit = 3
smtpd_restriction_classes = broken, missing, warned, unpiped, multi
broken = check_foo
missing = check_recipient_access hash:/etc/postfix/nonexistent
warned = warn_if_reject, reject
unpiped = reject_unauth_pipelining
multi = reject_multi_recipient_bounce
smtpd_sender_restrictions = check_sender_access inline:{{broken@o.test=broken} {missing@o.test=missing} {warned@o.test=warned} {unpiped@o.test=unpiped} {reject@o.test=REJECT} {defer@o.test=DEFER} {hang@o.test=HANGUP bye} {c421@o.test=421 4.7.0 go away} {defp@o.test=DEFER_IF_PERMIT soon} {discard@o.test=DISCARD}}
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_reject_unlisted_sender = yes
header_checks = regexp:{{/^Subject: bad/ REJECT bad subject}}
"""
SESSIONS = [
 ["EHLO c","FOO"],
 ["EHLO"],
 ["HELO"],
 ["EHLO c",""],
 ["EHLO c",MAIL,MAIL],
 ["EHLO c","MAIL FOO"],
 ["EHLO c","MAIL FROM:<a b>"],
 ["EHLO c","MAIL FROM:<s@o.test> SIZE=x"],
 ["EHLO c","MAIL FROM:<s@o.test> SIZE=99999999999999999999"],
 ["EHLO c","MAIL FROM:<s@o.test> SIZE=9999"],
 ["EHLO c","MAIL FROM:<s@o.test> XYZ=1"],
 ["EHLO c","MAIL FROM:<s@o.test> BODY=FOO"],
 ["EHLO c","MAIL FROM:<s@o.test> RET=x"],
 ["EHLO c","MAIL FROM:<s@o.test> ENVID=+"],
 ["EHLO c","MAIL FROM:<s@o.test> AUTH=+"],
 ["EHLO c","MAIL FROM:<s@o.test> AUTH=<> AUTH=<>"],
 ["EHLO c","MAIL FROM:<> XVERP"],
 ["EHLO c","MAIL FROM:<s@o.test> XVERP=ab"],
 ["EHLO c","RCPT TO:<a@r.test>"],
 ["EHLO c",MAIL,"RCPT TO:<>"],
 ["EHLO c",MAIL,"RCPT FOO"],
 ["EHLO c",MAIL,"RCPT TO:<a@r.test> NOTIFY=x"],
 ["EHLO c",MAIL,"RCPT TO:<a@r.test> ORCPT=x"],
 ["EHLO c",MAIL,"RCPT TO:<a@r.test> XYZ"],
 ["EHLO c","DATA"],
 ["EHLO c",MAIL,"DATA"],
 ["EHLO c",MAIL,RCPT,"DATA x"],
 ["EHLO c",MAIL,"RCPT TO:<nosuch@example.com>"],
 ["EHLO c",MAIL,RCPT,"RCPT TO:<b@r.test>","RCPT TO:<c@r.test>"],
 ["EHLO c",MAIL,RCPT,"RCPT TO:<b@r.test>","RCPT TO:<c@r.test>","RCPT TO:<d@r.test>"],
 ["EHLO c","MAIL FROM:<broken@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<missing@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<warned@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<reject@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<defer@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<hang@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<c421@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<defp@o.test>",RCPT],
 ["EHLO c","MAIL FROM:<nosuch@example.com>",RCPT],
 [B("HELO c\r\nMAIL FROM:<unpiped@o.test>\r\nRCPT TO:<a@r.test>\r\n",3)],
 ["EHLO c","VRFY a@r.test"],
 ["EHLO c","ETRN"],
 ["EHLO c","ETRN -bad-"],
 ["EHLO c","ETRN nope.test"],
 ["EHLO c","AUTH"],
 ["EHLO c","AUTH FOO"],
 ["EHLO c","AUTH PLAIN !!!"],
 ["EHLO c","AUTH LOGIN","*"],
 ["EHLO c","AUTH LOGIN","!!!"],
 ["EHLO c","AUTH PLAIN "+b64("\0alice\0wrong")],
 ["EHLO c","AUTH PLAIN "+b64("\0alice\0secret"),"AUTH PLAIN "+b64("\0alice\0secret")],
 ["EHLO c",MAIL,"AUTH PLAIN "+b64("\0alice\0secret")],
 ["EHLO c","STARTTLS"],
 ["EHLO c","RSET x"],
 ["EHLO c","XCLIENT"],
 ["EHLO c","XCLIENT FOO=bar"],
 ["EHLO c","XFORWARD NAME=x"],
 ["EHLO c","Subject: x"],
 ["EHLO c","BDAT x"],
 ["EHLO c","BDAT 0"],
 ["EHLO c",B("BDAT 1\r\nx")],
 ["EHLO c",MAIL,B("BDAT 1\r\nx")],
 ["EHLO c",MAIL,RCPT,B("BDAT 2001\r\n"+"y"*2001)],
 ["EHLO c",MAIL,RCPT,B("BDAT 1\r\nx"),"DATA"],
 ["EHLO c",MAIL,RCPT,"DATA"]+["y"*66]*40+["."],
 ["EHLO c",MAIL,RCPT,"DATA","Subject: bad","","x","."],
 ["EHLO c",MAIL,RCPT,"DATA"]+["Received: x"]*5+["","x","."],
 ["EHLO c",B("FOO \xff\xfe\r\n")],
 ["EHLO c","MAIL FROM:<\u00e9@o.test>"],
]
for cls in "protocol policy resource software data bounce".split():
    case("session-notice-class-"+cls, ["notify_classes", "notify_classes="+cls], "notify_classes = %s\n" % cls + BASEN, {}, [SES(*(l+["QUIT"])) for l in SESSIONS])
ALL="notify_classes = bounce, 2bounce, data, delay, policy, protocol, resource, software\n"
F=dict(want_full=True)
BOX = ALL+"relay_domains = r.test\nerror_notice_recipient = en@n.test\nbounce_notice_recipient = bn@n.test\n"
case("session-notice-text", ["notify_classes", "error_notice_recipient", "bounce_notice_recipient"], BOX, {}, [
 SES("EHLO c","FOO","QUIT",**F),
 SES("EHLO c",MAIL,"RCPT TO:<nosuch@example.com>","QUIT",**F),
 SES("EHLO c","FOO  two   blanks    and\ta tab and many more words so that the line has to be wrapped at last","QUIT",**F),
 SES("EHLO c",B("FOO \x01\x7f \xc3\xa9 \xff end\r\n"),"QUIT",**F),
 SES("EHLO c","FOO   ","QUIT",**F),
 SES("EHLO c","FOO","XCLIENT NAME=other.test ADDR=192.0.2.7","EHLO d","QUIT",**F),
 SES("EHLO c","XCLIENT NAME=other.test ADDR=192.0.2.7","EHLO d","FOO","QUIT",**F),
 SES("EHLO c","FOO",MAIL,RCPT,"RSET","EHLO d","QUIT",**F),
 SES("EHLO c","FOO",MAIL,RCPT,"DATA","Subject: x","","x",".","BAR","QUIT",**F),
 SES("EHLO c",B("FOO\r\nBAR\r\nNOOP\r\nQUIT\r\n",4),**F),
])
case("session-notice-flushed", ["smtpd_history_flush_threshold"], BOX+"smtpd_history_flush_threshold = 12\n", {}, [
 SES("EHLO c","FOO","RSET","BAR","QUIT",**F),
 SES("EHLO c","RSET","FOO","RSET","QUIT",**F),
 SES("EHLO c","FOO","NOOP","NOOP","EHLO d","QUIT",**F),
 SES("EHLO c","FOO",MAIL,RCPT,"DATA","Subject: x","","x",".","QUIT",**F),
 SES("EHLO c",MAIL,RCPT,"DATA","Subject: x","","x",".","FOO","QUIT",**F),
 SES("HELO c","FOO","RSET","NOOP","NOOP","NOOP","NOOP","HELO c","BAR","QUIT",**F),
])
case("session-notice-ended", ["smtpd_hard_error_limit", "smtpd_timeout"], BOX+"smtpd_hard_error_limit = 2\nsmtpd_error_sleep_time = 0\nsmtpd_timeout = 2\n", {}, [
 SES("EHLO c","FOO","FOO",**F),
 SES("EHLO c","FOO",B("",1),**F),
 SES("EHLO c",B("",1),**F),
])
case("session-notice-delivery", ["notify_classes", "error_notice_recipient"], ALL+"relay_domains = r.test\nalways_bcc = all@r.test\nheader_checks = regexp:{{/^Subject: Postfix SMTP server/ REJECT no notices}}\ninternal_mail_filter_classes = notify\nerror_notice_recipient = postmaster, bob\n", {}, [SES("EHLO c","FOO","QUIT",**F)])
case("session-notice-refused", ["notify_classes", "internal_mail_filter_classes=bounce"], ALL+"relay_domains = r.test\nheader_checks = regexp:{{/^Subject: Postfix SMTP server/ REJECT no notices}}\ninternal_mail_filter_classes = bounce\nerror_notice_recipient = nobody-at-all\n", {}, [SES("EHLO c","FOO","QUIT",**F)])
case("session-notice-soft", ["soft_bounce","smtpd_helo_required","smtpd_reject_footer"], ALL+"soft_bounce = yes\nsmtpd_helo_required = yes\nsmtpd_reject_footer = \\c call us\nrelay_domains = r.test\nerror_notice_recipient = en@n.test\n", {}, [SES("MAIL FROM:<s@o.test>","QUIT",**F), SES("EHLO c","FOO","QUIT",**F), SES("ETRN x","QUIT",**F)])

# ---- XVERP
V="smtpd_authorized_verp_clients = 127.0.0.1\nrecipient_delimiter = +\n"
F=dict(want_full=True)
L="list@example.com"
case("verp-local", ["XVERP","local(8)"], V+"alias_maps = hash:/etc/aliases\n", {"/etc/aliases":"postmaster: root\nlist: alice, far@remote.test\nowned: bob, permfail@remote.test\nowner-owned: carol\ncmd: \"|cat > /tmp/x\"\nalice2: alice\n","/home/dave/.forward":"dave@remote.test\n"},
 [S(L,"alice@example.com",mail_args=" XVERP"), S(L,"alice+ext@example.com","bob@example.com",mail_args=" XVERP=-="), S(L,"alice2@example.com",mail_args=" XVERP"), S("Other@example.com","owned@example.com",mail_args=" XVERP"), S(L,"dave@example.com",mail_args=" XVERP"), S("sub.list@origin.test","list@example.com",mail_args=" XVERP")])
case("verp-addresses", ["XVERP"], V+"virtual_alias_maps = inline:{{v@example.com=a@remote.test,b@remote.test}}\nsender_canonical_maps = inline:{{old@example.com=new@example.com}}\n", {},
 [S(L,"v@example.com",mail_args=" XVERP",**F), S("old@example.com","a@remote.test",mail_args=" xverp",**F), S("plain","a@remote.test",mail_args=" XVERP",**F), S('"a b"@example.com','"c d"@remote.test',mail_args=" XVERP",**F), S(L,"a@remote.test",mail_args=" XVERP=+",**F), S(L,"a@remote.test",mail_args=" XVERP=",**F), S(L,"a@remote.test",mail_args=" XVERP=+=-",**F), S(L,"a@remote.test",mail_args=" XVERP XVERP=-=",**F), S(L,"a@remote.test",mail_args=" XVERPX",**F), S("","a@remote.test",mail_args=" XVERP SIZE=99999999",**F), S("","a@remote.test",mail_args=" XVERP FOO",**F), S(L,"a@remote.test",mail_args=" XVERP RET=HDRS ENVID=x",rcpt_args=" NOTIFY=SUCCESS",**F), S("list@example.com@example.com","a@remote.test",mail_args=" XVERP",**F)])
case("verp-no-original", ["XVERP","enable_original_recipient=no"], V+"enable_original_recipient = no\nvirtual_alias_maps = inline:{{v@example.com=a@remote.test,permfail@remote.test}}\n", {}, [S(L,"v@example.com",mail_args=" XVERP",**F)])
case("verp-bounces", ["XVERP","disable_verp_bounces"], V+"notify_classes = bounce\nbounce_notice_recipient = bn@n.test\n", {}, [S("s@origin.test","permfail1@remote.test","permfail2@remote.test","ok@remote.test","tempfail@remote.test",mail_args=" XVERP",**F), S("s@origin.test","permfail1@remote.test",mail_args=" XVERP",rcpt_args=" NOTIFY=NEVER",**F), S("s@origin.test","permfail1@remote.test",mail_args=" XVERP",rcpt_args=" NOTIFY=SUCCESS,FAILURE",**F), S("s@origin.test","permfail1@remote.test","permfail2@remote.test",mail_args=" XVERP RET=HDRS",**F)])
case("verp-bounces-plain", ["XVERP","disable_verp_bounces=yes"], V+"disable_verp_bounces = yes\nnotify_classes = bounce\nbounce_notice_recipient = bn@n.test\n", {}, [S("s@origin.test","permfail1@remote.test","permfail2@remote.test","ok@remote.test",mail_args=" XVERP",**F)])
case("verp-keyword", ["XVERP","smtpd_discard_ehlo_keywords=verp","default_verp_delimiters","verp_delimiter_filter"], "smtpd_authorized_verp_clients = 127.0.0.1\nsmtpd_discard_ehlo_keywords = verp\ndefault_verp_delimiters = -#\nverp_delimiter_filter = -+#\n", {}, [SES("EHLO c","QUIT"), S(L,"alice@example.com",mail_args=" XVERP",**F), S(L,"alice@example.com",mail_args=" XVERP=+=",**F)])
case("verp-keyword-x", ["XVERP","smtpd_discard_ehlo_keywords=xverp"], "smtpd_authorized_verp_clients = 127.0.0.1\nsmtpd_discard_ehlo_keywords = xverp\n", {}, [SES("EHLO c","QUIT")])
case("verp-grouping", ["XVERP","default_destination_recipient_limit"], V+"default_destination_recipient_limit = 50\n", {}, [S(L,"b@remote.test","a@remote.test","c@other.test","alice@example.com","bob@example.com",mail_args=" XVERP",**F)])

# ---- limits of clients
def C(a): return {"addr":a,"name":"c.test"}
E1="relay_domains = r.test\nanvil_rate_time_unit = 600s\nerror_notice_recipient = en@n.test\nnotify_classes = policy\n"
def P(addr,*l): return SES(*l, client=C(addr), want_full=False)
case("client-connection-rate", ["smtpd_client_connection_rate_limit"], E1+"smtpd_client_connection_rate_limit = 2\n", {}, [P("192.0.2.1","QUIT"),P("192.0.2.1","EHLO c","QUIT"),P("192.0.2.1"),P("192.0.2.2","QUIT"),P("192.0.2.1"),P("127.0.0.9","QUIT"),P("127.0.0.9","QUIT"),P("127.0.0.9","QUIT"),SES("QUIT")])
case("client-connection-count", ["smtpd_client_connection_count_limit"], E1+"smtpd_client_connection_count_limit = 0\n", {}, [P("192.0.2.1","QUIT")]*2)
case("client-message-rate", ["smtpd_client_message_rate_limit"], E1+"smtpd_client_message_rate_limit = 2\n", {}, [P("192.0.2.1","EHLO c",MAIL,MAIL,"MAIL FOO","RSET","MAIL FROM:<a b>","MAIL FROM:<s@o.test>","NOOP","RCPT TO:<a@r.test>","QUIT"),P("192.0.2.1","EHLO c",MAIL,"QUIT"),P("192.0.2.2","EHLO c",MAIL,"QUIT"),P("192.0.2.2","EHLO c","MAIL FROM:<x@o.test> FOO","QUIT"),P("192.0.2.2","EHLO c",MAIL,"QUIT")])
case("client-recipient-rate", ["smtpd_client_recipient_rate_limit"], E1+"smtpd_client_recipient_rate_limit = 3\n", {}, [P("192.0.2.1","EHLO c",RCPT,MAIL,"RCPT FOO",RCPT,"RCPT TO:<nosuch@example.com>","RCPT TO:<>",RCPT,"VRFY a@r.test","VRFY","QUIT"),P("192.0.2.1","EHLO c","VRFY a@r.test","QUIT"),P("192.0.2.3","EHLO c",MAIL,RCPT,"VRFY x@r.test","VRFY y@r.test",RCPT,"QUIT")])
case("client-auth-rate", ["smtpd_client_auth_rate_limit"], E1+"smtpd_client_auth_rate_limit = 2\nsmtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = private/auth\n", {}, [P("192.0.2.1","EHLO c","AUTH","AUTH FOO","AUTH PLAIN "+b64("\0alice\0wrong"),"AUTH PLAIN "+b64("\0alice\0secret"),"QUIT"),P("192.0.2.1","EHLO c","AUTH LOGIN","QUIT"),P("192.0.2.2","EHLO c","AUTH PLAIN "+b64("\0alice\0secret"),"AUTH PLAIN "+b64("\0alice\0secret"),"QUIT"),P("192.0.2.2","EHLO c","AUTH PLAIN "+b64("\0alice\0secret"),"AUTH PLAIN "+b64("\0alice\0secret"),"QUIT")])
case("client-limit-exceptions", ["smtpd_client_event_limit_exceptions"], E1+"smtpd_client_message_rate_limit = 1\nsmtpd_client_event_limit_exceptions = 192.0.2.0/24, .good.test\n", {}, [SES("EHLO c",MAIL,"RSET",MAIL,"QUIT",client={"addr":"192.0.2.9","name":"x.test"}),SES("EHLO c",MAIL,"RSET",MAIL,"QUIT",client={"addr":"198.51.100.9","name":"a.good.test"}),SES("EHLO c",MAIL,"RSET",MAIL,"QUIT",client={"addr":"198.51.100.9","name":"a.bad.test"}),SES("EHLO c",MAIL,"RSET",MAIL,"QUIT",client={"addr":"127.0.0.1","name":"localhost"})])
case("client-limits-by-service", ["smtpd_client_message_rate_limit"], E1+"smtpd_client_message_rate_limit = 1\n", {}, [SES("EHLO c",MAIL,"QUIT",client=C("192.0.2.1")),SES("EHLO c",MAIL,"QUIT",client=C("192.0.2.1"),port=587),SES("EHLO c",MAIL,"QUIT",client=C("192.0.2.1"),port=587)], master_cf="587 inet n - n - - smtpd -o smtpd_authorized_xclient_hosts=127.0.0.0/8\n")

if __name__ == "__main__": write(sys.argv[1])
