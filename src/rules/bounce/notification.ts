import { quoteAddress } from '../address/quote.ts';
import { formatMailDate } from '../cleanup/mail-date.ts';
import type { Octets } from '../octets.ts';
import type { QueuedMessage } from '../qmgr/queued-message.ts';
import type { View } from '../world.ts';
import { BUILT_IN_TEMPLATES } from './built-in-templates.ts';
import type { Notice, Report } from './notices.ts';
import { expandTemplate } from './template.ts';
import { wrapLine } from './wrap-line.ts';
