/* eslint-disable max-lines -- a row a parameter, written by scripts/postfix-parameters.js */

/**
 * The parameters of Postfix 3.7.11, built by Debian; facts, a row each: name, default, type, unit, min, max, since which
 * version of Postfix. One text, so that who needs none of them pays nothing; `findPostfixParameter` reads it.
 */
export const POSTFIX_PARAMETER_ROWS = `
2bounce_notice_recipient	postmaster	string		1		
access_map_defer_code	450	integer		0		2.6
access_map_reject_code	554	integer		0		
address_verify_cache_cleanup_interval	12h	time	h	0		2.7
address_verify_default_transport	$default_transport	string		1		2.1
address_verify_local_transport	$local_transport	string		1		2.1
address_verify_map	btree:$data_directory/verify_cache	string		0		2.1
address_verify_negative_cache	yes	boolean				2.1
address_verify_negative_expire_time	3d	time	d	1		2.1
address_verify_negative_refresh_time	3h	time	h	1		2.1
address_verify_pending_request_limit	5000	integer		1		3.1
address_verify_poll_count	\${stress?{1}:{3}}	integer		1		2.1
address_verify_poll_delay	3s	time	s	1		2.1
address_verify_positive_expire_time	31d	time	d	1		2.1
address_verify_positive_refresh_time	7d	time	d	1		2.1
address_verify_relay_transport	$relay_transport	string		1		2.1
address_verify_relayhost	$relayhost	string		0		2.1
address_verify_sender	$double_bounce_sender	string		0		2.1
address_verify_sender_dependent_default_transport_maps	$sender_dependent_default_transport_maps	string		0		2.7
address_verify_sender_dependent_relayhost_maps	$sender_dependent_relayhost_maps	string		0		2.3
address_verify_sender_ttl	0s	time	s	0		2.9
address_verify_service_name	verify	string		1		
address_verify_transport_maps	$transport_maps	string		0		2.1
address_verify_virtual_transport	$virtual_transport	string		1		2.1
alias_database	hash:/etc/aliases	string		0		
alias_maps	hash:/etc/aliases, nis:mail.aliases	string		0		
allow_mail_to_commands	alias, forward	string		0		
allow_mail_to_files	alias, forward	string		0		
allow_min_user	no	boolean				
allow_percent_hack	yes	boolean				
allow_untrusted_routing	no	boolean				
alternate_config_directories		string		0		
always_add_missing_headers	no	boolean				
always_bcc		string		0		
anvil_rate_time_unit	60s	time	s	1		
anvil_status_update_time	600s	time	s	1		2.2
append_at_myorigin	yes	boolean				
append_dot_mydomain	\${{$compatibility_level} <level {1} ? {yes} : {no}}	boolean				
application_event_drain_time	100s	time	s	1		2.1
authorized_flush_users	static:anyone	string		0		2.2
authorized_mailq_users	static:anyone	string		0		2.2
authorized_submit_users	static:anyone	string		0		2.2
backwards_bounce_logfile_compatibility	yes	boolean				2.1
berkeley_db_create_buffer_size	16777216	integer		1		2.0
berkeley_db_read_buffer_size	131072	integer		1		2.0
best_mx_transport		string		0		
biff	yes	boolean				
body_checks		string		0		
body_checks_size_limit	51200	integer		0		2.0
bounce_notice_recipient	postmaster	string		1		
bounce_queue_lifetime	5d	time	d	0	8640000	2.1
bounce_service_name	bounce	string		1		2.0
bounce_size_limit	50000	integer		1		
bounce_template_file		string		0		2.3
broken_sasl_auth_clients	no	boolean				
canonical_classes	envelope_sender, envelope_recipient, header_sender, header_recipient	string		1		2.2
canonical_maps		string		0		
cleanup_replace_stray_cr_lf	yes	boolean				
cleanup_service_name	cleanup	string		1		2.0
command_directory	/usr/sbin	string		1		
command_execution_directory		raw string		0		2.2
command_expansion_filter	1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ	string		1		
command_time_limit	1000s	time	s	1		
compatibility_level	0	string		0		3.0
config_directory	/etc/postfix	string		1		
confirm_delay_cleared	no	boolean				3.0
connection_cache_protocol_timeout	5s	time	s	1		2.3
connection_cache_service_name	scache	string		1		2.2
connection_cache_status_update_time	600s	time	s	1		
connection_cache_ttl_limit	2s	time	s	1		
content_filter		string		0		
cyrus_sasl_config_path		string		0		2.5
daemon_directory	/usr/lib/postfix/sbin	string		1		
daemon_table_open_error_is_fatal	no	boolean				2.9
daemon_timeout	18000s	time	s	1		
data_directory	/var/lib/postfix	string		1		2.5
debug_peer_level	2	integer		1		
debug_peer_list		string		0		
debugger_command		string		1		
default_database_type	hash	string		1		
default_delivery_slot_cost	5	integer		0		
default_delivery_slot_discount	50	integer		0	100	
default_delivery_slot_loan	3	integer		0		
default_delivery_status_filter		string		0		3.0
default_destination_concurrency_failed_cohort_limit	1	integer		0		2.5
default_destination_concurrency_limit	20	integer		0		
default_destination_concurrency_negative_feedback	1	string		1		2.5
default_destination_concurrency_positive_feedback	1	string		1		2.5
default_destination_rate_delay	0s	time	s	0		2.5
default_destination_recipient_limit	50	integer		0		
default_extra_recipient_limit	1000	integer		0		
default_filter_nexthop		string		0		2.7
default_minimum_delivery_slots	3	integer		0		
default_privs	nobody	string		1		
default_process_limit	100	integer		1		
default_rbl_reply	$rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using $rbl_domain\${rbl_reason?; $rbl_reason}	raw string		1		2.0
default_recipient_limit	20000	integer		0		
default_recipient_refill_delay	5s	time	s	1		2.4
default_recipient_refill_limit	100	integer		1		2.4
default_transport	smtp	string		1		
default_transport_rate_delay	0s	time	s	0		3.1
default_verp_delimiters	+=	string		2	2	1.1
defer_code	450	integer		0		
defer_service_name	defer	string		1		2.0
defer_transports		string		0		
delay_logging_resolution_limit	2	integer		0	6	2.3
delay_notice_recipient	postmaster	string		1		
delay_warning_time	0h	time	h	0		
deliver_lock_attempts	20	integer		1		
deliver_lock_delay	1s	time	s	1		
destination_concurrency_feedback_debug	no	boolean				2.5
detect_8bit_encoding_header	yes	boolean				2.5
disable_dns_lookups	no	boolean				
disable_mime_input_processing	no	boolean				2.0
disable_mime_output_conversion	no	boolean				2.0
disable_verp_bounces	no	boolean				1.1
disable_vrfy_command	no	boolean				
dns_ncache_ttl_fix_enable	no	boolean				3.1
dnsblog_reply_delay	0s	time	s	0		2.8
dnsblog_service_name	dnsblog	string		1		2.8
dnssec_probe	ns:.	string		0		3.6
dont_remove	0	integer		0		
double_bounce_sender	double-bounce	string		1		
duplicate_filter_limit	1000	integer		0		
empty_address_default_transport_maps_lookup_key	<>	string		1		2.7
empty_address_local_login_sender_maps_lookup_key	<>	string		0		3.6
empty_address_recipient	MAILER-DAEMON	string		1		
empty_address_relayhost_maps_lookup_key	<>	string		1		2.5
enable_idna2003_compatibility	no	boolean				3.2
enable_long_queue_ids	no	boolean				2.9
enable_original_recipient	yes	boolean				2.1
enable_threaded_bounces	no	boolean				3.6
error_notice_recipient	postmaster	string		1		
error_service_name	error	string		1		2.0
execution_directory_expansion_filter	1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ	string		1		2.2
expand_owner_alias	no	boolean				
export_environment	TZ MAIL_CONFIG LANG	string		0		
fallback_transport		string		0		
fallback_transport_maps		string		0		2.3
fast_flush_domains	$relay_domains	string		0		
fast_flush_purge_time	7d	time	d	1		
fast_flush_refresh_time	12h	time	h	1		
fault_injection_code	0	integer		0		
flush_service_name	flush	string		1		2.0
fork_attempts	5	integer		1		
fork_delay	1s	time	s	1		
forward_expansion_filter	1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ	string		1		
forward_path	$home/.forward\${recipient_delimiter}\${extension}, $home/.forward	raw string		0		
frozen_delivered_to	yes	boolean				2.3
hash_queue_depth	1	integer		1		
hash_queue_names	deferred, defer	string		1		
header_address_token_limit	10240	integer		1		
header_checks		string		0		
header_from_format	standard	string		1		3.3
header_size_limit	102400	integer		1		
helpful_warnings	yes	boolean				2.0
home_mailbox		string		0		
hopcount_limit	50	integer		1		
html_directory	/usr/share/doc/postfix/html	string		1		
ignore_mx_lookup_error	no	boolean				
import_environment	MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ XAUTHORITY DISPLAY LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME	string		0		
in_flow_delay	1s	time	s	0	10	
inet_interfaces	all	string		0		
inet_protocols	all	string		0		2.2
info_log_address_format	external	string		1		3.5
initial_destination_concurrency	5	integer		1		
internal_mail_filter_classes		string		0		2.3
invalid_hostname_reject_code	501	integer		0		
ipc_idle	5s	time	s	1		
ipc_timeout	3600s	time	s	1		
ipc_ttl	1000s	time	s	1		2.1
known_tcp_ports	lmtp=24, smtp=25, smtps=submissions=465, submission=587	string		0		3.6
line_length_limit	2048	integer		512		
lmdb_map_size	16777216	long integer		1		2.11
lmtp_address_preference	any	string		1		2.8
lmtp_address_verify_target	rcpt	string		1		3.0
lmtp_assume_final	no	boolean				
lmtp_balance_inet_protocols	yes	boolean				3.3
lmtp_bind_address		string		0		2.3
lmtp_bind_address6		string		0		2.3
lmtp_bind_address_enforce	no	boolean				3.7
lmtp_body_checks		string		0		2.5
lmtp_cname_overrides_servername	no	boolean				2.3
lmtp_connect_timeout	0s	time	s	0		
lmtp_connection_cache_destinations		string		0		2.3
lmtp_connection_cache_on_demand	yes	boolean				2.3
lmtp_connection_cache_time_limit	2s	time	s	1		2.3
lmtp_connection_reuse_count_limit	0	integer		0		2.11
lmtp_connection_reuse_time_limit	300s	time	s	1		2.3
lmtp_data_done_timeout	600s	time	s	1		
lmtp_data_init_timeout	120s	time	s	1		
lmtp_data_xfer_timeout	180s	time	s	1		
lmtp_defer_if_no_mx_address_found	no	boolean				2.3
lmtp_delivery_status_filter	$default_delivery_status_filter	string		0		3.0
lmtp_discard_lhlo_keyword_address_maps		string		0		2.3
lmtp_discard_lhlo_keywords		string		0		2.3
lmtp_dns_reply_filter		string		0		3.0
lmtp_dns_resolver_options		string		0		2.8
lmtp_dns_support_level		string		0		2.11
lmtp_enforce_tls	no	boolean				2.3
lmtp_fallback_relay		string		0		3.1
lmtp_generic_maps		string		0		2.3
lmtp_header_checks		string		0		2.5
lmtp_host_lookup	dns	string		1		2.3
lmtp_lhlo_name	$myhostname	string		1		2.3
lmtp_lhlo_timeout	300s	time	s	1		
lmtp_line_length_limit	998	integer		0		2.3
lmtp_mail_timeout	300s	time	s	1		
lmtp_mime_header_checks		string		0		2.5
lmtp_min_data_rate	500	integer		1		3.7
lmtp_mx_address_limit	5	integer		0		2.3
lmtp_mx_session_limit	2	integer		0		2.3
lmtp_nested_header_checks		string		0		2.5
lmtp_per_request_deadline	\${lmtp_per_record_deadline?{$lmtp_per_record_deadline}:{no}}	boolean				3.7
lmtp_pix_workaround_delay_time	10s	time	s	1		2.3
lmtp_pix_workaround_maps		string		0		2.4
lmtp_pix_workaround_threshold_time	500s	time	s	0		2.3
lmtp_pix_workarounds	disable_esmtp,delay_dotcrlf	string		0		2.4
lmtp_quit_timeout	300s	time	s	1		
lmtp_quote_rfc821_envelope	yes	boolean				2.3
lmtp_randomize_addresses	yes	boolean				2.3
lmtp_rcpt_timeout	300s	time	s	1		
lmtp_reply_filter		string		0		2.7
lmtp_rset_timeout	20s	time	s	1		
lmtp_sasl_auth_cache_name		string		0		2.5
lmtp_sasl_auth_cache_time	90d	time	d	0		2.5
lmtp_sasl_auth_enable	no	boolean				
lmtp_sasl_auth_soft_bounce	yes	boolean				2.5
lmtp_sasl_mechanism_filter		string		0		2.3
lmtp_sasl_password_maps		string		0		
lmtp_sasl_path		string		0		2.3
lmtp_sasl_security_options	noplaintext, noanonymous	string		0		
lmtp_sasl_tls_security_options	$lmtp_sasl_security_options	string		0		2.3
lmtp_sasl_tls_verified_security_options	$lmtp_sasl_tls_security_options	string		0		2.3
lmtp_sasl_type	cyrus	string		1		2.3
lmtp_send_dummy_mail_auth	no	boolean				2.9
lmtp_send_xforward_command	no	boolean				2.1
lmtp_sender_dependent_authentication	no	boolean				2.3
lmtp_skip_5xx_greeting	yes	boolean				2.3
lmtp_skip_quit_response	no	boolean				
lmtp_starttls_timeout	300s	time	s	1		2.3
lmtp_tcp_port	24	string		0		
lmtp_tls_CAfile		string		0		2.3
lmtp_tls_CApath		string		0		2.3
lmtp_tls_block_early_mail_reply	no	boolean				2.7
lmtp_tls_cert_file		string		0		2.3
lmtp_tls_chain_files		string		0		3.4
lmtp_tls_ciphers	medium	string		1		2.6
lmtp_tls_connection_reuse	no	boolean				3.4
lmtp_tls_dcert_file		string		0		2.3
lmtp_tls_dkey_file	$lmtp_tls_dcert_file	string		0		2.3
lmtp_tls_eccert_file		string		0		2.6
lmtp_tls_eckey_file	$lmtp_tls_eccert_file	string		0		2.6
lmtp_tls_enforce_peername	yes	boolean				2.3
lmtp_tls_exclude_ciphers		string		0		2.3
lmtp_tls_fingerprint_cert_match		string		0		2.5
lmtp_tls_fingerprint_digest	\${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}	string		1		2.5
lmtp_tls_force_insecure_host_tlsa_lookup	no	boolean				2.11
lmtp_tls_key_file	$lmtp_tls_cert_file	string		0		2.3
lmtp_tls_loglevel	0	string		0		2.3
lmtp_tls_mandatory_ciphers	medium	string		1		2.3
lmtp_tls_mandatory_exclude_ciphers		string		0		2.3
lmtp_tls_mandatory_protocols	>=TLSv1	string		0		2.3
lmtp_tls_note_starttls_offer	no	boolean				2.3
lmtp_tls_per_site		string		0		2.3
lmtp_tls_policy_maps		string		0		2.3
lmtp_tls_protocols	>=TLSv1	string		0		2.6
lmtp_tls_scert_verifydepth	9	integer		0		2.3
lmtp_tls_secure_cert_match	nexthop	string		1		2.3
lmtp_tls_security_level		string		0		2.3
lmtp_tls_servername		string		0		3.4
lmtp_tls_session_cache_database		string		0		2.3
lmtp_tls_session_cache_timeout	3600s	time	s	0	8640000	2.3
lmtp_tls_trust_anchor_file		string		0		2.11
lmtp_tls_verify_cert_match	hostname	string		1		2.3
lmtp_tls_wrappermode	no	boolean				3.0
lmtp_use_tls	no	boolean				2.3
lmtp_xforward_timeout	300s	time	s	1		2.1
local_command_shell		string		0		
local_delivery_status_filter	$default_delivery_status_filter	string		0		3.0
local_destination_concurrency_limit	2	integer		0		
local_destination_recipient_limit	1	integer		0		
local_header_rewrite_clients	permit_inet_interfaces	string		0		
local_login_sender_maps	static:*	string		0		3.6
local_recipient_maps	proxy:unix:passwd.byname $alias_maps	string		0		
local_transport	local:$myhostname	string		1		
luser_relay		raw string		0		
mail_name	Postfix	string		1		
mail_owner	postfix	string		1		
mail_release_date	20240304	string		1		
mail_spool_directory	/var/mail	string		0		
mail_version	3.7.11	string		1		
mailbox_command		raw string		0		
mailbox_command_maps		string		0		
mailbox_delivery_lock	fcntl, dotlock	string		1		
mailbox_size_limit	51200000	long integer		0		
mailbox_transport		string		0		
mailbox_transport_maps		string		0		2.3
maillog_file		string		0		3.4
maillog_file_compressor	gzip	string		1		3.4
maillog_file_prefixes	/var, /dev/stdout	string		1		3.4
maillog_file_rotate_suffix	%Y%m%d-%H%M%S	string		1		3.4
mailq_path	/usr/bin/mailq	string		1		
manpage_directory	/usr/share/man	string		1		
maps_rbl_domains		string		0		
maps_rbl_reject_code	554	integer		0		
masquerade_classes	envelope_sender, header_sender, header_recipient	string		0		
masquerade_domains		string		0		
masquerade_exceptions		string		0		
master_service_disable		string		0		2.6
max_idle	100s	time	s	1		
max_use	100	integer		1		
maximal_backoff_time	4000s	time	s	1		
maximal_queue_lifetime	5d	time	d	0	8640000	
message_drop_headers	bcc, content-length, resent-bcc, return-path	string		0		3.0
message_reject_characters		string		0		2.3
message_size_limit	10240000	long integer		0		
message_strip_characters		string		0		2.3
meta_directory	/etc/postfix	string		1		3.0
milter_command_timeout	30s	time	s	1		2.3
milter_connect_macros	j {daemon_name} {daemon_addr} v _	string		0		2.3
milter_connect_timeout	30s	time	s	1		2.3
milter_content_timeout	300s	time	s	1		2.3
milter_data_macros	i	string		0		2.3
milter_default_action	tempfail	string		1		2.3
milter_end_of_data_macros	i	string		0		2.3
milter_end_of_header_macros	i	string		0		2.5
milter_header_checks		string		0		2.7
milter_helo_macros	{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}	string		0		2.3
milter_macro_daemon_name	$myhostname	string		1		2.3
milter_macro_defaults		string		0		3.1
milter_macro_v	$mail_name $mail_version	string		1		2.3
milter_mail_macros	i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} {mail_mailer}	string		0		2.3
milter_protocol	6	string		1		2.3
milter_rcpt_macros	i {rcpt_addr} {rcpt_host} {rcpt_mailer}	string		0		2.3
milter_unknown_command_macros		string		0		2.3
mime_boundary_length_limit	2048	integer		1		2.0
mime_header_checks	$header_checks	string		0		2.0
mime_nesting_limit	100	integer		1		2.0
minimal_backoff_time	300s	time	s	1		
multi_instance_directories		string		0		2.6
multi_instance_enable	no	boolean				2.6
multi_instance_group		string		0		2.6
multi_instance_name		string		0		2.6
multi_instance_wrapper		string		0		2.6
multi_recipient_bounce_reject_code	550	integer		0		2.1
mydestination	$myhostname, localhost.$mydomain, localhost	string		0		
mydomain		string		1		
myhostname		string		1		
mynetworks		string				
mynetworks_style	\${{$compatibility_level} <level {2} ? {subnet} : {host}}	string		1		
myorigin	$myhostname	string		1		
nested_header_checks	$header_checks	string		0		2.0
newaliases_path	/usr/bin/newaliases	string		1		
non_fqdn_reject_code	504	integer		0		
non_smtpd_milters		string		0		2.3
notify_classes	resource, software	string		0		2.9
openssl_path	openssl	string		1		3.1
owner_request_special	yes	boolean				
parent_domain_matches_subdomains	debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,qmqpd_authorized_clients,relay_domains,smtpd_access_maps	string		0		
permit_mx_backup_networks		string		0		
pickup_service_name	pickup	string		1		2.0
pipe_delivery_status_filter	$default_delivery_status_filter	string		0		3.0
plaintext_reject_code	450	integer		0		2.3
postlog_service_name	postlog	string		1		3.4
postlogd_watchdog_timeout	10s	time	s	10		3.4
postmulti_control_commands	reload flush	string		0		2.6
postmulti_start_commands	start	string		0		2.6
postmulti_stop_commands	stop abort drain quick-stop	string		0		2.6
postscreen_access_list	permit_mynetworks	string		0		2.8
postscreen_allowlist_interfaces	\${postscreen_whitelist_interfaces?{$postscreen_whitelist_interfaces}:{static:all}}	string		0		3.6
postscreen_bare_newline_action	ignore	string		1		2.8
postscreen_bare_newline_enable	no	boolean				2.8
postscreen_bare_newline_ttl	30d	time	d	1		2.8
postscreen_cache_cleanup_interval	12h	time	h	0		2.8
postscreen_cache_map	btree:$data_directory/postscreen_cache	string		0		2.8
postscreen_cache_retention_time	7d	time	d	1		2.8
postscreen_client_connection_count_limit	$smtpd_client_connection_count_limit	integer		0		2.8
postscreen_command_count_limit	20	integer		1		2.8
postscreen_command_filter		string		0		2.8
postscreen_command_time_limit	\${stress?{10}:{300}}s	time	s	1		2.8
postscreen_denylist_action	\${postscreen_blacklist_action?{$postscreen_blacklist_action}:{ignore}}	string		1		3.6
postscreen_disable_vrfy_command	$disable_vrfy_command	boolean				2.8
postscreen_discard_ehlo_keyword_address_maps	$smtpd_discard_ehlo_keyword_address_maps	string		0		2.8
postscreen_discard_ehlo_keywords	$smtpd_discard_ehlo_keywords	string		0		2.8
postscreen_dnsbl_action	ignore	string		1		2.8
postscreen_dnsbl_allowlist_threshold	\${postscreen_dnsbl_whitelist_threshold?{$postscreen_dnsbl_whitelist_threshold}:{0}}	integer		0		3.6
postscreen_dnsbl_max_ttl	\${postscreen_dnsbl_ttl?{$postscreen_dnsbl_ttl}:{1}}h	time	h	1		3.1
postscreen_dnsbl_min_ttl	60s	time	s	1		3.1
postscreen_dnsbl_reply_map		string		0		2.8
postscreen_dnsbl_sites		string		0		2.8
postscreen_dnsbl_threshold	1	integer		1		2.8
postscreen_dnsbl_timeout	10s	time	s	1		3.0
postscreen_enforce_tls	$smtpd_enforce_tls	boolean				2.8
postscreen_expansion_filter	$smtpd_expansion_filter	raw string		1		2.8
postscreen_forbidden_commands	$smtpd_forbidden_commands	string		0		2.8
postscreen_greet_action	ignore	string		1		2.8
postscreen_greet_banner	$smtpd_banner	string		0		2.8
postscreen_greet_ttl	1d	time	d	1		2.8
postscreen_greet_wait	\${stress?{2}:{6}}s	time	s	1		2.8
postscreen_helo_required	$smtpd_helo_required	boolean				2.8
postscreen_non_smtp_command_action	drop	string		1		2.8
postscreen_non_smtp_command_enable	no	boolean				2.8
postscreen_non_smtp_command_ttl	30d	time	d	1		2.8
postscreen_pipelining_action	enforce	string		1		2.8
postscreen_pipelining_enable	no	boolean				2.8
postscreen_pipelining_ttl	30d	time	d	1		2.8
postscreen_post_queue_limit	$default_process_limit	integer		5		2.8
postscreen_pre_queue_limit	$default_process_limit	integer		10		2.8
postscreen_reject_footer	$smtpd_reject_footer	raw string		0		2.8
postscreen_reject_footer_maps	$smtpd_reject_footer_maps	string		0		3.4
postscreen_tls_security_level	$smtpd_tls_security_level	string		0		2.8
postscreen_upstream_proxy_protocol		string		0		2.10
postscreen_upstream_proxy_timeout	5s	time	s	1		2.10
postscreen_use_tls	$smtpd_use_tls	boolean				2.8
postscreen_watchdog_timeout	10s	time	s	10		2.8
prepend_delivered_header	command, file, forward	string		0		
process_id		string				
process_id_directory	pid	string		1		
process_name		string				
propagate_unmatched_extensions	canonical, virtual	string		0		
proxy_interfaces		string		0		2.0
proxy_read_maps	$local_recipient_maps $mydestination $virtual_alias_maps $virtual_alias_domains $virtual_mailbox_maps $virtual_mailbox_domains $relay_recipient_maps $relay_domains $canonical_maps $sender_canonical_maps $recipient_canonical_maps $relocated_maps $transport_maps $mynetworks $smtpd_sender_login_maps $sender_bcc_maps $recipient_bcc_maps $smtp_generic_maps $lmtp_generic_maps $alias_maps $smtpd_client_restrictions $smtpd_helo_restrictions $smtpd_sender_restrictions $smtpd_relay_restrictions $smtpd_recipient_restrictions $address_verify_sender_dependent_default_transport_maps $address_verify_sender_dependent_relayhost_maps $address_verify_transport_maps $fallback_transport_maps $lmtp_discard_lhlo_keyword_address_maps $lmtp_pix_workaround_maps $lmtp_sasl_password_maps $lmtp_tls_policy_maps $mailbox_command_maps $mailbox_transport_maps $postscreen_discard_ehlo_keyword_address_maps $rbl_reply_maps $sender_dependent_default_transport_maps $sender_dependent_relayhost_maps $smtp_discard_ehlo_keyword_address_maps $smtp_pix_workaround_maps $smtp_sasl_password_maps $smtp_tls_policy_maps $smtpd_discard_ehlo_keyword_address_maps $smtpd_milter_maps $virtual_gid_maps $virtual_uid_maps $local_login_sender_maps $postscreen_reject_footer_maps $smtpd_reject_footer_maps $tls_server_sni_maps $tlsproxy_client_policy_maps $default_delivery_status_filter $lmtp_delivery_status_filter $lmtp_dns_reply_filter $lmtp_reply_filter $local_delivery_status_filter $pipe_delivery_status_filter $postscreen_command_filter $smtp_delivery_status_filter $smtp_dns_reply_filter $smtp_reply_filter $smtpd_command_filter $smtpd_dns_reply_filter $virtual_delivery_status_filter $body_checks $header_checks $lmtp_body_checks $lmtp_header_checks $lmtp_mime_header_checks $lmtp_nested_header_checks $milter_header_checks $mime_header_checks $nested_header_checks $smtp_body_checks $smtp_header_checks $smtp_mime_header_checks $smtp_nested_header_checks	string		0		2.0
proxy_write_maps	$smtp_sasl_auth_cache_name $lmtp_sasl_auth_cache_name $address_verify_map $postscreen_cache_map	string		0		2.5
proxymap_service_name	proxymap	string		1		2.6
proxywrite_service_name	proxywrite	string		1		2.6
qmgr_clog_warn_time	300s	time	s	0		2.0
qmgr_daemon_timeout	1000s	time	s	1		2.8
qmgr_fudge_factor	100	integer		10	100	
qmgr_ipc_timeout	60s	time	s	1		2.8
qmgr_message_active_limit	20000	integer		1		
qmgr_message_recipient_limit	20000	integer		1		
qmgr_message_recipient_minimum	10	integer		1		
qmqpd_authorized_clients		string		0		
qmqpd_client_port_logging	no	boolean				2.5
qmqpd_error_delay	1s	time	s	0		
qmqpd_timeout	300s	time	s	1		
queue_directory	/var/spool/postfix	string		1		
queue_file_attribute_count_limit	100	integer		1		2.0
queue_minfree	0	long integer		0		
queue_run_delay	300s	time	s	1		
queue_service_name	qmgr	string		1		2.0
rbl_reply_maps		string		0		2.0
readme_directory	/usr/share/doc/postfix	string		1		
receive_override_options		string		0		2.1
recipient_bcc_maps		string		0		2.1
recipient_canonical_classes	envelope_recipient, header_recipient	string		1		2.2
recipient_canonical_maps		string		0		
recipient_delimiter		string		0		
reject_code	554	integer		0		
reject_tempfail_action	defer_if_permit	string		1		2.6
relay_clientcerts		string		0		2.2
relay_domains	\${{$compatibility_level} <level {2} ? {$mydestination} : {}}	string		0		
relay_domains_reject_code	554	integer		0		
relay_recipient_maps		string		0		2.0
relay_transport	relay	string		1		2.0
relayhost		string		0		
relocated_maps		string		0		
remote_header_rewrite_domain		string		0		
require_home_directory	no	boolean				
reset_owner_alias	no	boolean				2.8
resolve_dequoted_address	yes	boolean				
resolve_null_domain	no	boolean				2.1
resolve_numeric_domain	no	boolean				2.3
respectful_logging	\${{$compatibility_level} <level {3.6} ? {no} : {yes}}	boolean				3.6
rewrite_service_name	rewrite	string		1		2.0
sample_directory	/etc/postfix	string		1		
send_cyrus_sasl_authzid	no	boolean				2.4.4
sender_bcc_maps		string		0		2.1
sender_canonical_classes	envelope_sender, header_sender	string		1		2.2
sender_canonical_maps		string		0		
sender_dependent_default_transport_maps		string		0		2.7
sender_dependent_relayhost_maps		string		0		2.3
sendmail_fix_line_endings	always	string		1		2.9
sendmail_path	/usr/sbin/sendmail	string		1		
service_name		string				
service_throttle_time	60s	time	s	1		
setgid_group	postdrop	string		1		
shlib_directory	/usr/lib/postfix	string		1		3.0
show_user_unknown_table_name	yes	boolean				2.0
showq_service_name	showq	string		1		2.0
smtp_address_preference	any	string		1		2.8
smtp_address_verify_target	rcpt	string		1		3.0
smtp_always_send_ehlo	yes	boolean				
smtp_balance_inet_protocols	yes	boolean				3.3
smtp_bind_address		string		0		
smtp_bind_address6		string		0		2.2
smtp_bind_address_enforce	no	boolean				3.7
smtp_body_checks		string		0		2.5
smtp_cname_overrides_servername	no	boolean				2.2.9
smtp_connect_timeout	30s	time	s	0		
smtp_connection_cache_destinations		string		0		2.2
smtp_connection_cache_on_demand	yes	boolean				2.2
smtp_connection_cache_time_limit	2s	time	s	1		2.2
smtp_connection_reuse_count_limit	0	integer		0		2.11
smtp_connection_reuse_time_limit	300s	time	s	1		2.3
smtp_data_done_timeout	600s	time	s	1		
smtp_data_init_timeout	120s	time	s	1		
smtp_data_xfer_timeout	180s	time	s	1		
smtp_defer_if_no_mx_address_found	no	boolean				2.1
smtp_delivery_status_filter	$default_delivery_status_filter	string		0		
smtp_discard_ehlo_keyword_address_maps		string		0		2.2
smtp_discard_ehlo_keywords		string		0		2.2
smtp_dns_reply_filter		string		0		3.0
smtp_dns_resolver_options		string		0		2.8
smtp_dns_support_level		string		0		2.11
smtp_enforce_tls	no	boolean				2.2
smtp_fallback_relay	$fallback_relay	string		0		
smtp_generic_maps		string		0		2.2
smtp_header_checks		string		0		2.5
smtp_helo_name	$myhostname	string		1		2.0
smtp_helo_timeout	300s	time	s	1		
smtp_host_lookup	dns	string		1		2.1
smtp_line_length_limit	998	integer		0		
smtp_mail_timeout	300s	time	s	1		
smtp_mime_header_checks		string		0		2.5
smtp_min_data_rate	500	integer		1		3.7
smtp_mx_address_limit	5	integer		0		2.1
smtp_mx_session_limit	2	integer		0		2.1
smtp_nested_header_checks		string		0		2.5
smtp_never_send_ehlo	no	boolean				
smtp_per_request_deadline	\${smtp_per_record_deadline?{$smtp_per_record_deadline}:{no}}	boolean				3.7
smtp_pix_workaround_delay_time	10s	time	s	1		
smtp_pix_workaround_maps		string		0		2.4
smtp_pix_workaround_threshold_time	500s	time	s	0		
smtp_pix_workarounds	disable_esmtp,delay_dotcrlf	string		0		2.4
smtp_quit_timeout	300s	time	s	1		
smtp_quote_rfc821_envelope	yes	boolean				2.1
smtp_randomize_addresses	yes	boolean				
smtp_rcpt_timeout	300s	time	s	1		
smtp_reply_filter		string		0		2.7
smtp_rset_timeout	20s	time	s	1		2.1
smtp_sasl_auth_cache_name		string		0		2.5
smtp_sasl_auth_cache_time	90d	time	d	0		2.5
smtp_sasl_auth_enable	no	boolean				
smtp_sasl_auth_soft_bounce	yes	boolean				2.5
smtp_sasl_mechanism_filter		string		0		2.2
smtp_sasl_password_maps		string		0		
smtp_sasl_path		string		0		2.3
smtp_sasl_security_options	noplaintext, noanonymous	string		0		
smtp_sasl_tls_security_options	$smtp_sasl_security_options	string		0		2.2
smtp_sasl_tls_verified_security_options	$smtp_sasl_tls_security_options	string		0		2.6
smtp_sasl_type	cyrus	string		1		2.3
smtp_send_dummy_mail_auth	no	boolean				2.9
smtp_send_xforward_command	no	boolean				2.1
smtp_sender_dependent_authentication	no	boolean				2.3
smtp_skip_5xx_greeting	yes	boolean				
smtp_skip_quit_response	yes	boolean				
smtp_starttls_timeout	300s	time	s	1		2.2
smtp_tcp_port	smtp	string		0		
smtp_tls_CAfile		string		0		2.2
smtp_tls_CApath		string		0		2.2
smtp_tls_block_early_mail_reply	no	boolean				2.7
smtp_tls_cert_file		string		0		2.2
smtp_tls_chain_files		string		0		3.4
smtp_tls_ciphers	medium	string		1		2.6
smtp_tls_connection_reuse	no	boolean				3.4
smtp_tls_dane_insecure_mx_policy	\${{$smtp_tls_security_level} == {dane} ? {dane} : {may}}	string		0		3.1
smtp_tls_dcert_file		string		0		2.2
smtp_tls_dkey_file	$smtp_tls_dcert_file	string		0		2.2
smtp_tls_eccert_file		string		0		2.6
smtp_tls_eckey_file	$smtp_tls_eccert_file	string		0		2.6
smtp_tls_enforce_peername	yes	boolean				2.2
smtp_tls_exclude_ciphers		string		0		2.3
smtp_tls_fingerprint_cert_match		string		0		2.5
smtp_tls_fingerprint_digest	\${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}	string		1		2.5
smtp_tls_force_insecure_host_tlsa_lookup	no	boolean				2.11
smtp_tls_key_file	$smtp_tls_cert_file	string		0		2.2
smtp_tls_loglevel	0	string		0		2.2
smtp_tls_mandatory_ciphers	medium	string		1		2.3
smtp_tls_mandatory_exclude_ciphers		string		0		2.3
smtp_tls_mandatory_protocols	>=TLSv1	string		0		2.3
smtp_tls_note_starttls_offer	no	boolean				2.2
smtp_tls_per_site		string		0		2.2
smtp_tls_policy_maps		string		0		2.3
smtp_tls_protocols	>=TLSv1	string		0		2.6
smtp_tls_scert_verifydepth	9	integer		0		2.2
smtp_tls_secure_cert_match	nexthop, dot-nexthop	string		1		2.3
smtp_tls_security_level		string		0		2.3
smtp_tls_servername		string		0		3.4
smtp_tls_session_cache_database		string		0		2.2
smtp_tls_session_cache_timeout	3600s	time	s	0	8640000	2.2
smtp_tls_trust_anchor_file		string		0		2.11
smtp_tls_verify_cert_match	hostname	string		1		2.3
smtp_tls_wrappermode	no	boolean				3.0
smtp_use_tls	no	boolean				2.2
smtp_xforward_timeout	300s	time	s	1		2.1
smtpd_authorized_verp_clients	$authorized_verp_clients	string		0		
smtpd_authorized_xclient_hosts		string		0		2.1
smtpd_authorized_xforward_hosts		string		0		2.1
smtpd_banner	$myhostname ESMTP $mail_name	string		1		
smtpd_client_auth_rate_limit	0	integer		0		3.1
smtpd_client_connection_count_limit	50	integer		0		2.2
smtpd_client_connection_rate_limit	0	integer		0		2.2
smtpd_client_event_limit_exceptions	\${smtpd_client_connection_limit_exceptions:$mynetworks}	string		0		2.2
smtpd_client_message_rate_limit	0	integer		0		2.2
smtpd_client_new_tls_session_rate_limit	0	integer		0		2.3
smtpd_client_port_logging	no	boolean				2.5
smtpd_client_recipient_rate_limit	0	integer		0		2.2
smtpd_client_restrictions		string		0		3.0
smtpd_command_filter		string		0		2.7
smtpd_data_restrictions		string		0		2.0
smtpd_delay_open_until_valid_rcpt	yes	boolean				2.3
smtpd_delay_reject	yes	boolean				
smtpd_discard_ehlo_keyword_address_maps		string		0		2.2
smtpd_discard_ehlo_keywords		string		0		2.2
smtpd_dns_reply_filter		string		0		3.0
smtpd_end_of_data_restrictions		string		0		2.2
smtpd_enforce_tls	no	boolean				2.2
smtpd_error_sleep_time	1s	time	s	0		
smtpd_etrn_restrictions		string		0		
smtpd_expansion_filter	\\t\\40!"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_\`abcdefghijklmnopqrstuvwxyz{|}~	raw string		1		2.0
smtpd_forbid_bare_newline	no	string		1		
smtpd_forbid_bare_newline_exclusions	$mynetworks	string		0		
smtpd_forbid_bare_newline_reject_code	550	integer		500	599	
smtpd_forbid_unauth_pipelining	no	boolean				
smtpd_forbidden_commands	CONNECT GET POST regexp:{{/^[^A-Z]/ Bogus}}	string		0		2.2
smtpd_hard_error_limit	\${stress?{1}:{20}}	integer		1		
smtpd_helo_required	no	boolean				
smtpd_helo_restrictions		string		0		3.0
smtpd_history_flush_threshold	100	integer		1		
smtpd_junk_command_limit	\${stress?{1}:{100}}	integer		1		
smtpd_log_access_permit_actions		string		0		2.10
smtpd_milter_maps		string		0		3.2
smtpd_milters		string		0		2.3
smtpd_min_data_rate	500	integer		1		3.7
smtpd_noop_commands		string		0		
smtpd_null_access_lookup_key	<>	string		0		
smtpd_peername_lookup	yes	boolean				2.3
smtpd_per_request_deadline	\${smtpd_per_record_deadline?{$smtpd_per_record_deadline}:{\${stress?{yes}:{no}}}}	boolean				3.7
smtpd_policy_service_default_action	451 4.3.5 Server configuration problem	string		1		3.0
smtpd_policy_service_max_idle	300s	time	s	1		2.1
smtpd_policy_service_max_ttl	1000s	time	s	1		2.1
smtpd_policy_service_policy_context		string		0		3.1
smtpd_policy_service_request_limit	0	integer		0		3.0
smtpd_policy_service_retry_delay	1s	time	s	1		3.0
smtpd_policy_service_timeout	100s	time	s	1		2.1
smtpd_policy_service_try_limit	2	integer		1		3.0
smtpd_proxy_ehlo	$myhostname	string		0		2.1
smtpd_proxy_filter		string		0		2.1
smtpd_proxy_options		string		0		2.7
smtpd_proxy_timeout	100s	time	s	1		2.1
smtpd_recipient_limit	1000	integer		1		
smtpd_recipient_overshoot_limit	1000	integer		1		
smtpd_recipient_restrictions		string		0		3.0
smtpd_reject_footer		raw string		0		2.8
smtpd_reject_footer_maps		string		0		3.4
smtpd_reject_unlisted_recipient	yes	boolean				2.1
smtpd_reject_unlisted_sender	no	boolean				2.1
smtpd_relay_before_recipient_restrictions	\${{$compatibility_level} <level {3.6} ? {no} : {yes}}	boolean				3.6
smtpd_relay_restrictions	\${{$compatibility_level} <level {1} ? {} : {permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination}}	string		0		
smtpd_restriction_classes		string		0		
smtpd_sasl_auth_enable	no	boolean				
smtpd_sasl_authenticated_header	no	boolean				2.3
smtpd_sasl_exceptions_networks		string		0		2.1
smtpd_sasl_local_domain		string		0		
smtpd_sasl_mechanism_filter	!external, static:rest	string		0		3.6
smtpd_sasl_path	smtpd	string		1		2.3
smtpd_sasl_response_limit	12288	integer		12288		3.4
smtpd_sasl_security_options	noanonymous	string		0		
smtpd_sasl_service	smtp	string		1		2.11
smtpd_sasl_tls_security_options	$smtpd_sasl_security_options	string		0		2.2
smtpd_sasl_type	cyrus	string		1		2.3
smtpd_sender_login_maps		string		0		
smtpd_sender_restrictions		string		0		3.0
smtpd_service_name	smtpd	string		1		2.8
smtpd_soft_error_limit	10	integer		1		
smtpd_starttls_timeout	\${stress?{10}:{300}}s	time	s	1		2.2
smtpd_timeout	\${stress?{10}:{300}}s	time	s	1		
smtpd_tls_CAfile		string		0		2.2
smtpd_tls_CApath		string		0		2.2
smtpd_tls_always_issue_session_ids	yes	boolean				2.3
smtpd_tls_ask_ccert	no	boolean				2.2
smtpd_tls_auth_only	no	boolean				2.2
smtpd_tls_ccert_verifydepth	9	integer		0		2.2
smtpd_tls_cert_file		string		0		2.2
smtpd_tls_chain_files		string		0		3.4
smtpd_tls_ciphers	medium	string		1		2.6
smtpd_tls_dcert_file		string		0		2.2
smtpd_tls_dh1024_param_file		string		0		2.2
smtpd_tls_dh512_param_file		string		0		2.2
smtpd_tls_dkey_file	$smtpd_tls_dcert_file	string		0		2.2
smtpd_tls_eccert_file		string		0		2.6
smtpd_tls_eckey_file	$smtpd_tls_eccert_file	string		0		2.6
smtpd_tls_eecdh_grade	auto	string		1		2.6
smtpd_tls_exclude_ciphers		string		0		2.3
smtpd_tls_fingerprint_digest	\${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}	string		1		2.5
smtpd_tls_key_file	$smtpd_tls_cert_file	string		0		
smtpd_tls_loglevel	0	string		0		2.2
smtpd_tls_mandatory_ciphers	medium	string		1		2.3
smtpd_tls_mandatory_exclude_ciphers		string		0		2.3
smtpd_tls_mandatory_protocols	>=TLSv1	string		0		2.3
smtpd_tls_protocols	>=TLSv1	string		0		2.6
smtpd_tls_received_header	no	boolean				2.2
smtpd_tls_req_ccert	no	boolean				2.2
smtpd_tls_security_level		string		0		2.3
smtpd_tls_session_cache_database		string		0		2.2
smtpd_tls_session_cache_timeout	3600s	time	s	0	8640000	2.2
smtpd_tls_wrappermode	no	boolean				2.2
smtpd_upstream_proxy_protocol		string		0		2.10
smtpd_upstream_proxy_timeout	5s	time	s	1		2.10
smtpd_use_tls	no	boolean				2.2
smtputf8_autodetect_classes	sendmail, verify	string		1		3.0
smtputf8_enable	\${{$compatibility_level} <level {1} ? {no} : {yes}}	boolean				3.0
soft_bounce	no	boolean				
stale_lock_time	500s	time	s	1		
stress		string		0		2.5
strict_7bit_headers	no	boolean				2.0
strict_8bitmime	no	boolean				2.0
strict_8bitmime_body	no	boolean				2.0
strict_mailbox_ownership	yes	boolean				2.5.3
strict_mime_encoding_domain	no	boolean				2.0
strict_rfc821_envelopes	no	boolean				
strict_smtputf8	no	boolean				3.0
sun_mailtool_compatibility	no	boolean				
swap_bangpath	yes	boolean				
syslog_facility	mail	string		1		
syslog_name	\${multi_instance_name?{$multi_instance_name}:{postfix}}	string		1		
tcp_windowsize	0	integer		0		2.6
tls_append_default_CA	no	boolean				2.4.15
tls_config_file	default	string		0		
tls_config_name		string		0		
tls_daemon_random_bytes	32	integer		1		2.2
tls_dane_digests	sha512 sha256	string		1		2.11
tls_disable_workarounds		string		0		2.8
tls_eecdh_auto_curves	X25519 X448 prime256v1 secp521r1 secp384r1	string		1		3.2
tls_eecdh_strong_curve	prime256v1	string		1		2.6
tls_eecdh_ultra_curve	secp384r1	string		1		2.6
tls_export_cipherlist	aNULL:-aNULL:HIGH:MEDIUM:LOW:EXPORT:+RC4:@STRENGTH	string		1		2.3
tls_fast_shutdown_enable	yes	boolean				
tls_high_cipherlist	aNULL:-aNULL:HIGH:@STRENGTH	string		1		2.3
tls_legacy_public_key_fingerprints	no	boolean				2.9.6
tls_low_cipherlist	aNULL:-aNULL:HIGH:MEDIUM:LOW:+RC4:@STRENGTH	string		1		2.3
tls_medium_cipherlist	aNULL:-aNULL:HIGH:MEDIUM:+RC4:@STRENGTH	string		1		2.3
tls_null_cipherlist	eNULL:!aNULL	string		1		2.3
tls_preempt_cipherlist	no	boolean				2.8
tls_random_bytes	32	integer		1		2.2
tls_random_exchange_name	\${data_directory}/prng_exch	string		0		2.2
tls_random_prng_update_period	3600s	time	s	1		2.2
tls_random_reseed_period	3600s	time	s	1		2.2
tls_random_source	dev:/dev/urandom	string		0		2.2
tls_server_sni_maps		string		0		3.4
tls_session_ticket_cipher	aes-256-cbc	string		0		3.0
tls_ssl_options		string		0		2.11
tls_wildcard_matches_multiple_labels	yes	boolean				2.11
tlsmgr_service_name	tlsmgr	string		1		2.11
tlsproxy_client_CAfile	$smtp_tls_CAfile	string		0		3.4
tlsproxy_client_CApath	$smtp_tls_CApath	string		0		3.4
tlsproxy_client_cert_file	$smtp_tls_cert_file	string		0		3.4
tlsproxy_client_chain_files	$smtp_tls_chain_files	string		0		3.4
tlsproxy_client_dcert_file	$smtp_tls_dcert_file	string		0		3.4
tlsproxy_client_dkey_file	$smtp_tls_dkey_file	string		0		3.4
tlsproxy_client_eccert_file	$smtp_tls_eccert_file	string		0		3.4
tlsproxy_client_eckey_file	$smtp_tls_eckey_file	string		0		3.4
tlsproxy_client_enforce_tls	$smtp_enforce_tls	boolean				3.4
tlsproxy_client_fingerprint_digest	$smtp_tls_fingerprint_digest	string		1		3.4
tlsproxy_client_key_file	$smtp_tls_key_file	string		0		3.4
tlsproxy_client_loglevel	$smtp_tls_loglevel	string		0		3.4
tlsproxy_client_loglevel_parameter	smtp_tls_loglevel	string		0		3.4
tlsproxy_client_per_site	$smtp_tls_per_site	string		0		3.4
tlsproxy_client_policy_maps	\${tlsproxy_client_policy:$smtp_tls_policy_maps}	string		0		3.7
tlsproxy_client_scert_verifydepth	$smtp_tls_scert_verifydepth	integer		0		3.4
tlsproxy_client_security_level	\${tlsproxy_client_level:$smtp_tls_security_level}	string		0		3.7
tlsproxy_client_use_tls	$smtp_use_tls	boolean				3.4
tlsproxy_enforce_tls	$smtpd_enforce_tls	boolean				2.8
tlsproxy_service_name	tlsproxy	string		1		2.8
tlsproxy_tls_CAfile	$smtpd_tls_CAfile	string		0		2.8
tlsproxy_tls_CApath	$smtpd_tls_CApath	string		0		2.8
tlsproxy_tls_always_issue_session_ids	$smtpd_tls_always_issue_session_ids	boolean				2.8
tlsproxy_tls_ask_ccert	$smtpd_tls_ask_ccert	boolean				2.8
tlsproxy_tls_ccert_verifydepth	$smtpd_tls_ccert_verifydepth	integer		0		2.8
tlsproxy_tls_cert_file	$smtpd_tls_cert_file	string		0		2.8
tlsproxy_tls_chain_files	$smtpd_tls_chain_files	string		0		3.4
tlsproxy_tls_ciphers	$smtpd_tls_ciphers	string		1		2.8
tlsproxy_tls_dcert_file	$smtpd_tls_dcert_file	string		0		2.8
tlsproxy_tls_dh1024_param_file	$smtpd_tls_dh1024_param_file	string		0		2.8
tlsproxy_tls_dh512_param_file	$smtpd_tls_dh512_param_file	string		0		2.8
tlsproxy_tls_dkey_file	$smtpd_tls_dkey_file	string		0		2.8
tlsproxy_tls_eccert_file	$smtpd_tls_eccert_file	string		0		2.8
tlsproxy_tls_eckey_file	$smtpd_tls_eckey_file	string		0		2.8
tlsproxy_tls_eecdh_grade	$smtpd_tls_eecdh_grade	string		1		2.8
tlsproxy_tls_exclude_ciphers	$smtpd_tls_exclude_ciphers	string		0		2.8
tlsproxy_tls_fingerprint_digest	$smtpd_tls_fingerprint_digest	string		1		2.8
tlsproxy_tls_key_file	$smtpd_tls_key_file	string		0		2.8
tlsproxy_tls_loglevel	$smtpd_tls_loglevel	string		0		2.8
tlsproxy_tls_mandatory_ciphers	$smtpd_tls_mandatory_ciphers	string		1		2.8
tlsproxy_tls_mandatory_exclude_ciphers	$smtpd_tls_mandatory_exclude_ciphers	string		0		2.8
tlsproxy_tls_mandatory_protocols	$smtpd_tls_mandatory_protocols	string		0		2.8
tlsproxy_tls_protocols	$smtpd_tls_protocols	string		0		2.8
tlsproxy_tls_req_ccert	$smtpd_tls_req_ccert	boolean				2.8
tlsproxy_tls_security_level	$smtpd_tls_security_level	string		0		2.8
tlsproxy_use_tls	$smtpd_use_tls	boolean				2.8
tlsproxy_watchdog_timeout	10s	time	s	10		2.8
trace_service_name	trace	string		1		2.1
transport_maps		string		0		
transport_retry_time	60s	time	s	1		
trigger_timeout	10s	time	s	1		
undisclosed_recipients_header		string		0		
unknown_address_reject_code	450	integer		0		
unknown_address_tempfail_action	$reject_tempfail_action	string		1		2.6
unknown_client_reject_code	450	integer		0		
unknown_helo_hostname_tempfail_action	$reject_tempfail_action	string		1		2.6
unknown_hostname_reject_code	450	integer		0		
unknown_local_recipient_reject_code	550	integer		0		2.0
unknown_relay_recipient_reject_code	550	integer		0		2.0
unknown_virtual_alias_reject_code	550	integer		0		2.0
unknown_virtual_mailbox_reject_code	550	integer		0		2.0
unverified_recipient_defer_code	450	integer		200	499	2.6
unverified_recipient_reject_code	450	integer		200	599	2.1
unverified_recipient_reject_reason		string		0		2.6
unverified_recipient_tempfail_action	$reject_tempfail_action	string		1		2.6
unverified_sender_defer_code	450	integer		200	499	2.6
unverified_sender_reject_code	450	integer		200	599	2.1
unverified_sender_reject_reason		string		0		2.6
unverified_sender_tempfail_action	$reject_tempfail_action	string		1		2.6
verp_delimiter_filter	-=+	string		1		1.1
virtual_alias_address_length_limit	1000	integer		1		3.0
virtual_alias_domains	$virtual_alias_maps	string		0		2.0
virtual_alias_expansion_limit	1000	integer		1		2.1
virtual_alias_maps	$virtual_maps	string		0		2.0
virtual_alias_recursion_limit	1000	integer		1		2.1
virtual_delivery_status_filter	$default_delivery_status_filter	string		0		3.0
virtual_gid_maps		string		0		
virtual_mailbox_base		string		1		
virtual_mailbox_domains	$virtual_mailbox_maps	string		0		2.0
virtual_mailbox_limit	51200000	long integer		0		
virtual_mailbox_lock	fcntl, dotlock	string		1		
virtual_mailbox_maps		string		0		
virtual_minimum_uid	100	integer		1		
virtual_transport	virtual	string		1		2.0
virtual_uid_maps		string		0
`;
