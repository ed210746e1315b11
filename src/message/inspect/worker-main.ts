// The inspect worker: makes thumbnails and checks HTML, both a stranger's. Started by inspector.ts, which ends it when it
// takes too long.
import { parentPort } from 'node:worker_threads';
import { checkHtml } from './html-check.ts';
import type { InspectJob, InspectReport } from './inspect-protocol.ts';
import { makeThumbnail } from './thumbnail.ts';

const port = parentPort;
if (!port) throw new Error('this file is a worker thread: it is started by openInspector');
const report = (message: InspectReport): void => port.postMessage(message);

port.on('message', (job: InspectJob) => {
  switch (job.kind) {
    case 'thumbnail':
      report({ kind: 'thumbnail', jpeg: makeThumbnail(job.octets) });
      return;
    case 'html':
      report({ kind: 'html', check: checkHtml(job.html) });
  }
});
report({ kind: 'ready' });
