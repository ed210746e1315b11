const REGULAR = {
  local_transport: 'local_transport',
  virtual_transport: 'virtual_transport',
  relay_transport: 'relay_transport',
  default_transport: 'default_transport',
  sender_dependent_default_transport_maps: 'sender_dependent_default_transport_maps',
  relayhost: 'relayhost',
  sender_dependent_relayhost_maps: 'sender_dependent_relayhost_maps',
  transport_maps: 'transport_maps',
} as const;

/** The parameters that say where mail goes, by the names of those for mail itself. */
export type ResolveParameters = Readonly<Record<keyof typeof REGULAR, string>>;

/** @param isVerification whether an address is only being verified. @see ADDRESS_VERIFICATION_README */
export function toResolveParameters(isVerification: boolean): ResolveParameters {
  return isVerification ? VERIFICATION : REGULAR;
}

const VERIFICATION: ResolveParameters = {
  local_transport: 'address_verify_local_transport',
  virtual_transport: 'address_verify_virtual_transport',
  relay_transport: 'address_verify_relay_transport',
  default_transport: 'address_verify_default_transport',
  sender_dependent_default_transport_maps: 'address_verify_sender_dependent_default_transport_maps',
  relayhost: 'address_verify_relayhost',
  sender_dependent_relayhost_maps: 'address_verify_sender_dependent_relayhost_maps',
  transport_maps: 'address_verify_transport_maps',
};
