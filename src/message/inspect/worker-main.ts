// The inspect worker: makes thumbnails, checks and filters HTML and makes text of it, all a stranger's. Started by
// inspector.ts, which ends it when it takes too long.
import { filterHtml } from '../html/filter-html.ts';
import { toReadableText } from '../html-as-text.ts';
import { serveJobs } from '../serve-jobs.ts';
import { checkHtml } from './html-check.ts';
import type { InspectAnswers } from './inspector.ts';
import { makeThumbnail } from './thumbnail.ts';

serveJobs<InspectAnswers>(
  {
    thumbnail: makeThumbnail,
    html: (octets) => checkHtml(Buffer.from(octets).toString()),
    filter: (octets) => filterHtml(Buffer.from(octets).toString()),
    text: (octets) => toReadableText(Buffer.from(octets).toString()),
  },
  (error) => (error instanceof Error ? error.message : String(error)),
);
