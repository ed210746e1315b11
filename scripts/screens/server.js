// A Postfixture whose clock is told what time it is, so that pictures of it don't change from day to day.
import { startPostfixture } from '../../dist/index.js';

let nowMs = Number(process.argv[2]);
// The server's one source of time (src/clock.ts), in this process alone.
performance.now = () => nowMs - performance.timeOrigin;

const options = JSON.parse(process.argv[3]);
// The ports that a reader of the documentation will see; others if they are taken.
const postfixture = await startPostfixture({ ...options, smtpPort: 1025, httpPort: 8025 }).catch((error) => {
  if (error.code !== 'EADDRINUSE') throw error;
  return startPostfixture(options);
});
process.on('message', (told) => {
  nowMs = told.nowMs;
  process.send({ isTold: true });
});
process.on('disconnect', () => void postfixture.close());
process.send({ smtp: postfixture.smtp, http: postfixture.http });
