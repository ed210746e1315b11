import { Type, type Static } from 'typebox';
import { ConfigState } from './config.ts';

/** What runs here. */
export const AppInformation = Type.Object({
  Version: Type.String(),
  LatestVersion: Type.String({ description: 'Always `disabled`: nothing is asked outside' }),
  Database: Type.String(),
  DatabaseSize: Type.Integer({ description: 'Octets' }),
  Messages: Type.Integer(),
  Unread: Type.Integer(),
  Tags: Type.Record(Type.String(), Type.Integer()),
  RuntimeStats: Type.Object({
    Uptime: Type.Integer({ description: 'Seconds' }),
    Memory: Type.Integer({ description: 'Resident, octets' }),
    MessagesDeleted: Type.Integer(),
    SMTPAccepted: Type.Integer(),
    SMTPAcceptedSize: Type.Integer({ description: 'Octets' }),
    SMTPRejected: Type.Integer(),
    SMTPIgnored: Type.Integer(),
  }),
  Config: ConfigState,
  SMTP: Type.Array(Type.String(), { description: 'host:port of each SMTP listener. An additional member' }),
});
export type AppInformation = Static<typeof AppInformation>;

/** What a page can offer. */
export const WebUIConfiguration = Type.Object({
  Label: Type.String(),
  MessageRelay: Type.Object({
    Enabled: Type.Boolean(),
    SMTPServer: Type.String(),
    ReturnPath: Type.String(),
    AllowedRecipients: Type.String(),
    BlockedRecipients: Type.String(),
    OverrideFrom: Type.String(),
    PreserveMessageIDs: Type.Boolean(),
    RecipientAllowlist: Type.String(),
  }),
  SpamAssassin: Type.Boolean(),
  ChaosEnabled: Type.Boolean(),
  DuplicatesIgnored: Type.Boolean(),
  HideDeleteAllButton: Type.Boolean(),
});
