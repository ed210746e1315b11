#!/usr/bin/env python3
"""Writes the cases of TLS and of the PROXY protocol: cases_tls.py OUTDIR; then pforacle.py batch -o ../vectors OUTDIR/*.json
Needs openssl(1): each run makes certificates of its own, which a vector keeps in its files. They are nobody's."""
import base64, hashlib, os, struct, subprocess, sys, tempfile
from cases_lib import *
s = "s@origin.test"
SASL = "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = private/auth\n"
TLS = "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = /etc/postfix/ec.pem\nrelay_domains = r.test\n"
RECEIVED = "smtpd_tls_received_header = yes\n"

def make_certificates():
    """Key and certificate in one file each: NAME.pem; ca.pem is the authority's certificate alone."""
    d = tempfile.mkdtemp(); files = {}
    run = lambda *a: subprocess.run(["openssl"] + list(a), cwd=d, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rd = lambda n: open(os.path.join(d, n)).read()
    ec = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    run("req", "-x509", *ec, "-days", "36500", "-subj", "/O=Vectors/CN=Vector CA", "-keyout", "ca.key", "-out", "ca.crt")
    files["ca.pem"] = rd("ca.crt")
    for name, subject, key in (("ec", "/CN=mail.example.com", ec), ("rsa", "/CN=mail.example.com", ("-newkey", "rsa:2048", "-nodes")), ("client", "/O=App/CN=app.example.com", ec), ("other", "/CN=other.example.com", ec), ("odd", r"/CN=a=b\+c (d)", ec)):
        run("req", "-new", *key, "-subj", subject, "-keyout", name + ".key", "-out", name + ".csr")
        run("x509", "-req", "-in", name + ".csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "36500", "-out", name + ".crt")
        files[name + ".pem"] = rd(name + ".key") + rd(name + ".crt")
    run("req", "-x509", *ec, "-days", "36500", "-subj", '/O=Stray "Org"/CN=stray (x) y)', "-keyout", "stray.key", "-out", "stray.crt")
    files["stray.pem"] = rd("stray.key") + rd("stray.crt")
    return d, files

DIR, PEM = make_certificates()
MANAGER = "tlsmgr unix - - n 1000? 1 tlsmgr\n"
plain_case = case
def case(name, covers, main_cf, files, probes, master_cf=""):
    plain_case(name, covers, main_cf, files, probes, master_cf=master_cf + (MANAGER if files else ""))
def pem(*names): return {n + ".pem": PEM[n + ".pem"] for n in names}
def der(name, public=False):
    if public:
        key = subprocess.run(["openssl", "x509", "-in", name + ".crt", "-pubkey", "-noout"], cwd=DIR, stdout=subprocess.PIPE, check=True).stdout
        return subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, stdout=subprocess.PIPE, check=True).stdout
    return subprocess.run(["openssl", "x509", "-in", name + ".crt", "-outform", "DER"], cwd=DIR, stdout=subprocess.PIPE, check=True).stdout
def print_of(name, public=False, digest="sha256"):
    h = hashlib.new(digest, der(name, public)).hexdigest().upper()
    return ":".join(h[i:i + 2] for i in range(0, len(h), 2))
def T(**k): return {"tls": k}
GO = ["EHLO client.test", "STARTTLS"]

# ------------------------------------------------------------ the handshake, and what is said of it
case("tls-received", ["smtpd_tls_received_header", "Received with TLS"], TLS + RECEIVED + SASL, pem("ec"), [
    S(s, "a@r.test", want_full=True, tls={}), S(s, "a@r.test", "b@r.test", want_full=True, tls={}), S(s, "a@r.test", want_full=True, tls={"version": "TLSv1_2"}),
    S(s, "a@r.test", want_full=True, tls={"version": "TLSv1_2", "ciphers": "ECDHE-ECDSA-CHACHA20-POLY1305"}), S(s, "a@r.test", want_full=True, tls={"version": "TLSv1_2", "ciphers": "ECDHE-ECDSA-AES128-SHA"}),
    S(s, "a@r.test", want_full=True, tls={}, auth=["alice", "secret"]), S(s, "a@r.test", want_full=True, tls={}, helo="HELO client.test"), S(s, "a@r.test", want_full=True, tls={}, mail_args=" SMTPUTF8"), S(s, "a@r.test", want_full=True)])
case("tls-received-rsa", ["smtpd_tls_received_header", "smtpd_tls_cert_file"], "smtpd_use_tls = yes\nsmtpd_tls_cert_file = /etc/postfix/rsa.pem\nrelay_domains = r.test\nsmtpd_sasl_authenticated_header = yes\n" + RECEIVED + SASL, pem("rsa"), [
    S(s, "a@r.test", want_full=True, tls={}), S(s, "a@r.test", want_full=True, tls={"version": "TLSv1_2"}), S(s, "a@r.test", want_full=True, tls={}, auth=["bob@example.com", "secret"])])
case("tls-received-no", ["smtpd_tls_received_header=no"], TLS + SASL, pem("ec"), [S(s, "a@r.test", want_full=True, tls={}), S(s, "a@r.test", want_full=True, tls={}, auth=["alice", "secret"])])
case("tls-received-certificate", ["smtpd_tls_ask_ccert", "smtpd_tls_CAfile", "Received with TLS"], TLS + RECEIVED + "smtpd_tls_ask_ccert = yes\nsmtpd_tls_CAfile = /etc/postfix/ca.pem\n", pem("ec", "ca", "client", "stray"), [
    S(s, "a@r.test", want_full=True, tls=t) for t in ({}, {"cert": "client.pem"}, {"cert": "stray.pem"}, {"cert": "client.pem", "version": "TLSv1_2"}, {"version": "TLSv1_2"})])
case("tls-wrapper", ["smtpd_tls_wrappermode"], TLS + RECEIVED, pem("ec"), [
    S(s, "a@r.test", want_full=True, port=465, tls={"wrapper": True}), SES("EHLO client.test", "STARTTLS", "QUIT", port=465, tls={"wrapper": True})],
    master_cf="465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n")
case("tls-dialogue", ["STARTTLS", "smtpd_tls_security_level=may"], TLS + SASL, pem("ec"), [
    SES("EHLO before.test", "STARTTLS x", "STARTTLS", T(), "MAIL FROM:<s@origin.test>", "RCPT TO:<a@r.test>", "STARTTLS", "EHLO client.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "QUIT"),
    SES("EHLO before.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "STARTTLS", T(), "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "QUIT"),
    SES("EHLO before.test", "MAIL FROM:<s@origin.test>", "STARTTLS", T(), "QUIT"), SES("HELO x", "STARTTLS", T(), "RCPT TO:<a@r.test>", "VRFY a@r.test", "QUIT")])
case("tls-auth-only", ["smtpd_tls_auth_only", "AUTH"], TLS + SASL + "smtpd_tls_auth_only = yes\nbroken_sasl_auth_clients = yes\n", pem("ec"), [
    SES("EHLO client.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "STARTTLS", T(), "EHLO client.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "QUIT")])
case("tls-required", ["smtpd_tls_security_level=encrypt", "smtpd_tls_mandatory_protocols"], TLS.replace("= may", "= encrypt") + "smtpd_tls_mandatory_protocols = >=TLSv1.3\n" + SASL, pem("ec"), [
    SES("EHLO client.test", "MAIL FROM:<s@origin.test>", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "XCLIENT NAME=x.test", "RSET", "NOOP", "VRFY x", "HELP", "STARTTLS", T(), "EHLO client.test", "MAIL FROM:<s@origin.test>", "QUIT"), SES(*GO, T(version="TLSv1_2"))])
for i, v in enumerate(("!TLSv1.3", "TLSv1.2", "<=TLSv1.2", "<=0303", "!TLSv1.2", ">=TLSv1.2, !TLSv1.3", "!SSLv2, !SSLv3, !TLSv1, !TLSv1.1")):
    case("tls-protocols-%d" % i, ["smtpd_tls_protocols"], TLS + "smtpd_tls_protocols = %s\n" % v, pem("ec"), [SES(*GO, T(version=t), "EHLO client.test") for t in ("TLSv1_2", "TLSv1_3")])
for i, v in enumerate(("smtpd_tls_exclude_ciphers = AES256", "smtpd_tls_ciphers = high\nsmtpd_tls_exclude_ciphers = ECDHE-ECDSA-AES128-GCM-SHA256, SHA384", "tls_medium_cipherlist = ECDHE-ECDSA-AES128-GCM-SHA256", "smtpd_tls_mandatory_exclude_ciphers = AES128")):
    case("tls-ciphers-%d" % i, ["smtpd_tls_ciphers", "smtpd_tls_exclude_ciphers"], TLS + v + "\n", pem("ec"), [SES(*GO, T(version="TLSv1_2", ciphers=c), "EHLO client.test") for c in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384")])
case("tls-sasl-options", ["smtpd_sasl_security_options", "smtpd_sasl_tls_security_options"], TLS + SASL + "smtpd_tls_auth_only = yes\nsmtpd_sasl_security_options = noanonymous, noplaintext\nsmtpd_sasl_tls_security_options = noanonymous\n", pem("ec"), [
    SES("EHLO client.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "STARTTLS", T(), "EHLO client.test", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "QUIT")])

# ------------------------------------------------------------ certificates of clients
CC = TLS + "smtpd_tls_CAfile = /etc/postfix/ca.pem\nsmtpd_client_restrictions =\nmynetworks =\n"
FOUR = [None, "client.pem", "other.pem", "stray.pem"]
def certs(*to, **k): return [S(s, *to, tls=({"cert": c} if c else {}), **k) for c in FOUR]
ALL = pem("ec", "ca", "client", "other", "stray")
case("tls-permit-clientcerts", ["permit_tls_clientcerts", "relay_clientcerts"], CC + "smtpd_tls_ask_ccert = yes\nrelay_clientcerts = hash:/etc/postfix/certs\nsmtpd_relay_restrictions = permit_tls_clientcerts, reject_unauth_destination\n",
    dict(ALL, certs="%s the app\n%s by its key\n" % (print_of("client"), print_of("stray", True))), certs("a@remote.test") + [S(s, "a@remote.test")])
case("tls-permit-clientcerts-digest", ["smtpd_tls_fingerprint_digest"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_tls_fingerprint_digest = sha1\nrelay_clientcerts = inline:{{%s=x},{%s=y}}\nsmtpd_relay_restrictions = permit_tls_clientcerts, reject_unauth_destination\n" % (print_of("client", digest="sha1"), print_of("other")), ALL, certs("a@remote.test"))
case("tls-permit-clientcerts-fails", ["permit_tls_clientcerts"], CC + "smtpd_tls_ask_ccert = yes\nrelay_clientcerts = fail:x\nsmtpd_relay_restrictions = permit_tls_clientcerts, reject_unauth_destination\n", ALL, certs("a@remote.test"))
plain_case("policy-tls", ["check_policy_service", "ccert_subject"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_recipient_restrictions = check_policy_service unix:private/policy\n", dict(ALL, **pem("odd")),
    certs("a@r.test") + [S(s, "a@r.test", tls={"cert": "odd.pem"}), S(s, "a@r.test", tls={"version": "TLSv1_2"}), S(s, "a@r.test")], master_cf=MANAGER, policy={"unix:/var/spool/postfix/private/policy": []})
case("tls-permit-all-clientcerts", ["permit_tls_all_clientcerts"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination\nsmtpd_log_access_permit_actions = permit_tls_all_clientcerts\n", ALL, certs("a@remote.test"))
case("tls-permit-all-unasked", ["permit_tls_all_clientcerts"], CC + "smtpd_relay_restrictions = permit_tls_all_clientcerts, permit_tls_clientcerts, reject_unauth_destination\nrelay_clientcerts = static:x\n", ALL, certs("a@remote.test"))
CK = dict(ALL, cc="%s REJECT no app\n%s 450 4.7.9 later\n%s REJECT bad key\n" % (print_of("client"), print_of("stray"), print_of("other", True)))
case("tls-check-ccert-access", ["check_ccert_access"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_recipient_restrictions = check_ccert_access hash:/etc/postfix/cc\n", CK, certs("a@r.test"))
case("tls-check-ccert-order", ["check_ccert_access", "search_order"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_recipient_restrictions = check_ccert_access { hash:/etc/postfix/cc, { search_order = pubkey_fingerprint } }\n", CK, certs("a@r.test"))
case("tls-check-ccert-order-both", ["check_ccert_access", "search_order"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_recipient_restrictions = check_ccert_access { hash:/etc/postfix/cc { search_order = { pubkey_fingerprint, cert_fingerprint } } }\n", CK, certs("a@r.test"))
case("tls-check-ccert-unasked", ["check_ccert_access"], CC + "smtpd_recipient_restrictions = check_ccert_access hash:/etc/postfix/cc\n", CK, certs("a@r.test") + [S(s, "a@r.test")])
case("tls-check-ccert-delay", ["check_ccert_access", "smtpd_delay_reject=no"], CC + "smtpd_tls_ask_ccert = yes\nsmtpd_delay_reject = no\nsmtpd_helo_restrictions = check_ccert_access hash:/etc/postfix/cc\n", CK, certs("a@r.test"))
case("tls-require-ccert", ["smtpd_tls_req_ccert"], CC.replace("= may", "= encrypt") + "smtpd_tls_req_ccert = yes\nsmtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination\n", ALL,
    [SES(*GO, T(**({"cert": c} if c else {})), "EHLO client.test", "NOOP") for c in FOUR] + certs("a@remote.test", want_full=True))
case("tls-require-ccert-may", ["smtpd_tls_req_ccert"], CC + RECEIVED + "smtpd_tls_req_ccert = yes\n", ALL, certs("a@r.test", want_full=True))

# ------------------------------------------------------------ the PROXY protocol
def v2(command, family, src=b"", dst=b"", sp=0, dp=0, tlv=b""):
    body = (src + dst + struct.pack(">HH", sp, dp) if src else b"") + tlv
    return (b"\r\n\r\n\x00\r\nQUIT\n" + bytes([0x20 | command, family]) + struct.pack(">H", len(body)) + body).decode("latin1")
ip = lambda a: bytes(int(x) for x in a.split("."))
P = "10024 inet n - n - - smtpd -o smtpd_upstream_proxy_protocol=haproxy -o smtpd_client_port_logging=yes\n"
def proxied(header, **k): return S(s, "a@r.test", port=10024, proxy=header, want_full=True, want_banner=True, **k)
LINES = ["PROXY TCP4 192.0.2.7 10.1.2.3 5555 25\r\n", "PROXY TCP4 127.0.0.1 10.1.2.3 5555 25\r\n", "PROXY TCP6 2001:db8::1 2001:db8::2 5555 25\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 5555\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 5555 25 more\r\n", "PROXY TCP4 192.0.2.700 10.1.2.3 5555 25\r\n",
    "PROXY UNKNOWN\r\n", "PROXY UNKNOWN 192.0.2.7 10.1.2.3 5555 25\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 05555 25\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 99999 25\r\n", "PROXY tcp4 192.0.2.7 10.1.2.3 5555 25\r\n", "proxy TCP4 192.0.2.7 10.1.2.3 5555 25\r\n", "PROXY  TCP4  192.0.2.7 10.1.2.3 5555 25\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 5555 25\n", "EHLO client.test\r\n",
    "PROXY TCP6 ::ffff:192.0.2.9 ::ffff:10.1.2.3 5555 25\r\n", "PROXY TCP4 ::ffff:192.0.2.9 10.1.2.3 5555 25\r\n", "PROXY TCP4 192.0.2.7 10.1.2.3 0 25\r\n", "PROXY " + "x" * 200 + "\r\n"]
BINARY = [v2(1, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25), v2(0, 0x00), v2(0, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25), v2(1, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25, b"\x04\x00\x03abc"), v2(1, 0x12, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25),
    v2(1, 0x21, bytes.fromhex("20010db8") + bytes(11) + b"\x01", bytes.fromhex("20010db8") + bytes(11) + b"\x02", 5555, 25), v2(1, 0x31, bytes(108), bytes(108)), v2(2, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25), v2(1, 0x00), v2(1, 0x11), v2(1, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 0, 25),
    v2(1, 0x21, bytes(10) + b"\xff\xff" + ip("192.0.2.9"), bytes(10) + b"\xff\xff" + ip("10.1.2.3"), 5555, 25), v2(1, 0x11, ip("192.0.2.7"), ip("10.1.2.3"), 5555, 25).replace("\x21", "\x11")]
case("proxy-v1", ["smtpd_upstream_proxy_protocol"], "relay_domains = r.test\ninet_protocols = all\n", {}, [proxied(h) for h in LINES], master_cf=P)
case("proxy-v1-ipv4", ["smtpd_upstream_proxy_protocol", "inet_protocols"], "relay_domains = r.test\n", {}, [proxied(h) for h in LINES[:3] + LINES[15:16]], master_cf=P)
case("proxy-v2", ["smtpd_upstream_proxy_protocol"], "relay_domains = r.test\ninet_protocols = all\n", {}, [proxied(h) for h in BINARY], master_cf=P)
case("proxy-v2-ipv4", ["smtpd_upstream_proxy_protocol", "inet_protocols"], "relay_domains = r.test\n", {}, [proxied(h) for h in BINARY[:2] + BINARY[5:6] + BINARY[11:12]], master_cf=P)
case("proxy-access", ["smtpd_upstream_proxy_protocol", "check_client_access"], "relay_domains = r.test\nmynetworks = 192.0.2.7\nsmtpd_client_restrictions = check_client_access inline:{192.0.2.8=REJECT}\nsmtpd_authorized_xclient_hosts = 192.0.2.7\n", {}, [
    S(s, "a@remote.test", port=10024, proxy="PROXY TCP4 %s 10.1.2.3 5555 25\r\n" % a) for a in ("192.0.2.7", "192.0.2.8", "192.0.2.9")] + [SES("EHLO x", port=10024, proxy=LINES[0], show_xclient=True)], master_cf=P)
case("proxy-tls", ["smtpd_upstream_proxy_protocol", "smtpd_tls_wrappermode"], TLS, pem("ec"), [S(s, "a@r.test", port=10025, proxy=LINES[0], tls={"wrapper": True}, want_full=True), S(s, "a@r.test", port=10024, proxy=LINES[0], tls={}, want_full=True)],
    master_cf=P + "10025 inet n - n - - smtpd -o smtpd_upstream_proxy_protocol=haproxy -o smtpd_tls_wrappermode=yes\n")

if __name__ == "__main__":
    write(sys.argv[1])
